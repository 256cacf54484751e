package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.BegunUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/**
 * One update of an environment, asked for exactly once. The call has no token: that it is about to be made is kept before it, and when
 * it may have been carried out unheard, the environment's events tell.
 *
 * @param step with the journal of this very update
 * @param begun told the ids of the environment and of the call, once they are known
 */
record UpdateOnce(@NonNull Step step, @NonNull BiConsumer<String, String> begun) {

    /** Within this time of a call AWS tells that it has begun, unless something holds up the call. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);
    /** The same for as long as a call may take at the most. */
    private static final Duration SLOWEST = Duration.ofSeconds(65);

    /** Whether AWS may have begun it a moment ago, and not show that yet. */
    boolean mayBeUnseen() {
        return step.mayBeUnseen(step.journal().asked());
    }

    /**
     * Whether AWS has begun it, as is kept, or as the events say.
     *
     * @param label the version that it deploys
     * @param other the call of another update of this step, which is not this one; null if there is none
     * @param before the version that was there before it; empty if that is not known, or remains
     * @param asked when AWS may have been asked for it first, by AWS's clock; null if it was not
     * @param since the updates begun since an instant, the newest first
     */
    boolean isBegun(
            @NonNull EnvironmentSnapshot now,
            @NonNull String label,
            @CheckForNull String other,
            @NonNull String before,
            @CheckForNull Instant asked,
            @NonNull Function<Instant, List<BegunUpdate>> since) {
        if (step.journal().request() != null) {
            return true;
        }
        if (asked == null) {
            return false;
        }
        List<BegunUpdate> all = since.apply(asked);
        boolean isTheirs = all.size() == 1
                && now.ready()
                && !before.isEmpty()
                && !List.of(label, before).contains(now.versionLabel());
        if (isTheirs) {
            return false; // it has brought what is neither ours nor was there
        }
        List<BegunUpdate> possible =
                all.stream().filter(update -> mayBeOurs(update, label, other)).toList();
        Optional<BegunUpdate> ours = possible.stream()
                .filter(update -> isAfterAsked(update, possible.size() == 1 ? SLOWEST : AT_ONCE))
                .reduce((newer, older) -> older)
                .or(() -> label.equals(now.versionLabel()) ? newest(possible) : Optional.empty());
        ours.ifPresent(update -> keep(now.id(), update.request()));
        return ours.isPresent();
    }

    /** The version is there: what has failed has not brought it, if anything else may have. */
    private static Optional<BegunUpdate> newest(List<BegunUpdate> possible) {
        return possible.stream()
                .filter(update -> !update.failed())
                .findFirst()
                .or(() -> possible.stream().findFirst());
    }

    private boolean mayBeOurs(BegunUpdate update, String label, @CheckForNull String other) {
        Turn whose = step.own().of(update.request());
        return update.mayBeOf(label)
                && !update.request().equals(other)
                && (whose == null || whose.equals(step.turn().turn()));
    }

    /** Others may have begun some since, in whose events AWS names no version. */
    private boolean isAfterAsked(BegunUpdate update, Duration within) {
        Instant asked = step.journal().asked();
        Instant at = update.at();
        return asked != null && at != null && !at.isBefore(asked) && at.isBefore(asked.plus(within));
    }

    /**
     * Asks AWS for it, and the gate immediately before.
     *
     * @param label what the environment runs from then on
     * @param passes whether it is to pass the gate
     * @throws EnvironmentBusy if something is being done to the environment: by somebody who was faster, or by this update
     */
    void ask(
            @NonNull EnvironmentSnapshot now,
            @NonNull String label,
            boolean passes,
            @NonNull UpdateEnvironmentRequest.Builder update) {
        boolean first = step.journal().asked() == null;
        try {
            if (passes) {
                step.gate().pass(now.where(), VersionContent.of(step, label));
            }
            step.journal().asked(step.now(), step.turn().turn());
            keep(
                    now.id(),
                    step.client()
                            .updateEnvironment(update.environmentId(now.id()).build())
                            .responseMetadata()
                            .requestId());
        } catch (SdkException e) {
            if (first && AwsFault.of(e) != AwsFault.TRANSIENT) { // only then AWS may have begun it all the same
                step.journal().refused();
            }
            throw String.valueOf(e.getMessage()).contains("Must be Ready") ? new EnvironmentBusy(now) : e;
        }
    }

    void keep(String environmentId, String request) {
        step.journal().request(request);
        begun.accept(environmentId, request);
    }
}
