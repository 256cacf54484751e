package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepFailure;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;

/**
 * Swaps the CNAMEs of two environments, exactly once
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_SwapEnvironmentCNAMEs.html">SwapEnvironmentCNAMEs</a>): a
 * second swap would undo the first. The call has no token; when one may have been carried out unheard, the CNAMEs tell, and while they
 * do not yet, the events.
 */
record CnameSwap(@NonNull Step step) {

    static final String ACTION = "elasticbeanstalk:SwapEnvironmentCNAMEs";

    private static final String ASKED = "swapAsked";
    /** When the call was made last. */
    private static final String CALLED = "swapCalled";
    /** The swap that was the last one before ours. */
    private static final String BEFORE = "swapBefore";
    /** AWS has taken the call. */
    private static final String TAKEN = "swapTaken";

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final String FAILED = "swapFailed";
    private static final String REFUSED = "swapRefused";
    private static final String SWAPPED = "swapped";

    /** Whether AWS may have been asked for it. */
    boolean isAsked() {
        return !step.journal().get(ASKED).isEmpty();
    }

    /** Whether AWS is known to have been asked for it. */
    boolean isTaken() {
        return step.journal().has(TAKEN);
    }

    /** Whether it is this step that has asked for it. */
    boolean isOurs() {
        return step.journal().has(BEFORE);
    }

    /** When AWS was asked for it, by its clock. */
    @NonNull
    Instant asked() {
        String asked = step.journal().get(ASKED);
        return asked.isEmpty() ? step.now() : Instant.parse(asked);
    }

    /** Until when it is to be through, by AWS's clock. */
    @NonNull
    Instant deadline() {
        return asked().plus(LONGEST);
    }

    /**
     * Asks AWS for it, if that was not done yet.
     *
     * @param wanted false once it is not to be asked for any more
     * @param left whether nobody waits for it any more, and what is begun goes on as it is
     * @return whether AWS has taken the call; false if it is to be tried again. Fails with what says why it is not made
     */
    @NonNull
    CompletableFuture<Boolean> ask(
            @NonNull String greenId,
            @NonNull Sides sides,
            @NonNull BooleanSupplier wanted,
            @NonNull BooleanSupplier left) {
        return step.call(
                () -> !left.getAsBoolean(),
                ACTION,
                AwsSession.PATIENCE,
                sides.blue() + " and its green",
                () -> attempt(greenId, sides, wanted, left));
    }

    /** Run by the lane, and again after a call without an answer: so it looks first each time. */
    private boolean attempt(String greenId, Sides sides, BooleanSupplier wanted, BooleanSupplier left) {
        Map<String, EnvironmentSnapshot> both =
                new EnvironmentService().observe(step.session(), List.of(greenId, sides.blueId()));
        EnvironmentSnapshot green = both.get(greenId);
        EnvironmentSnapshot blue = both.get(sides.blueId());
        if (green == null || blue == null) {
            throw new StepFailure((green == null ? "the green environment" : sides.blue()) + " no longer exists");
        }
        if (green.cname().equals(sides.cname()) || isAsked() && isNewer(lastSwap(blue))) {
            step.journal().write(Map.of(ASKED, asked().toString(), TAKEN, ""));
            return true;
        }
        if (isAsked() && (!green.ready() || EventReader.isUnseen(step.session(), blue.id()))) {
            return false; // that may be our swap, of which the events do not tell yet, or not to us
        }
        String problem = problem(green, blue, sides, wanted);
        if (problem != null) {
            step.journal().put(ASKED, ""); // what was asked for before was not taken
            throw new StepFailure(problem);
        }
        if (!blue.ready()) {
            return false;
        }
        return call(
                green, sides, isAsked() ? null : lastSwap(blue), () -> wanted.getAsBoolean() && !left.getAsBoolean());
    }

    @CheckForNull
    private String problem(EnvironmentSnapshot green, EnvironmentSnapshot blue, Sides sides, BooleanSupplier wanted) {
        String problem = unfit(
                green,
                step.journal().hasLabel() ? step.journal().label() : null,
                step.request().health().colours());
        if (problem != null) {
            return problem;
        }
        String update = step.journal().deployedBy();
        EventReader.Since since = update != null
                ? EventReader.since(step.session(), green.id(), update)
                : EventReader.isUnseen(step.session(), green.id())
                        ? EventReader.Since.UNKNOWN
                        : EventReader.Since.NOTHING;
        if (since != EventReader.Since.NOTHING) {
            return since == EventReader.Since.UNKNOWN
                    ? EventReader.unseen(green.name()) + " since it was prepared"
                    : green.name() + " has been updated by something else since it was prepared";
        }
        if (!blue.cname().equals(sides.cname())) {
            return sides.blue() + " no longer has " + sides.cname() + ", but "
                    + (blue.cname().isEmpty() ? "no CNAME" : blue.cname());
        }
        if (!blue.versionLabel().equals(sides.blueLabel())) {
            return sides.blue() + " got version '" + blue.versionLabel() + "' in the meantime, instead of '"
                    + sides.blueLabel() + "'";
        }
        return wanted.getAsBoolean() ? null : "it was aborted";
    }

    /**
     * Why an environment may not take over from the live one at this moment, in a sentence; null if it may.
     *
     * @param label the version that it is to run; null if any will do
     * @param colours the health that it is to have; empty if any will do
     */
    @CheckForNull
    static String unfit(@NonNull EnvironmentSnapshot green, @CheckForNull String label, @NonNull List<String> colours) {
        if (!green.ready()) {
            return green.name() + " is " + green.status() + " and not Ready";
        }
        if (label != null && !label.equals(green.versionLabel())) {
            return green.name() + " runs '" + green.versionLabel() + "' now, not '" + label + "', which was prepared";
        }
        if (!colours.isEmpty() && !colours.contains(green.health())) {
            return green.name() + " is " + green.healthInWords() + " now, instead of " + String.join(" or ", colours);
        }
        return null;
    }

    /** @param before by which call it was swapped last; null if ours may have been made already */
    private boolean call(EnvironmentSnapshot green, Sides sides, @CheckForNull String before, BooleanSupplier wanted) {
        try {
            step.gate()
                    .exchange(
                            new Gate.Where(step.application(), sides.blue(), sides.cname()),
                            green.where(),
                            VersionContent.of(step, green.versionLabel()),
                            VersionContent.of(step, sides.blueLabel()));
        } catch (Refused e) {
            String called = step.journal().get(CALLED);
            if (!called.isEmpty() && step.mayBeUnseen(Instant.parse(called))) {
                return false; // what may have been begun before is seen then
            }
            throw e;
        }
        if (!wanted.getAsBoolean()) {
            return false; // those who were asked have taken their time
        }
        try {
            String at = step.now().toString();
            step.journal().write(before == null ? Map.of(CALLED, at) : Map.of(CALLED, at, BEFORE, before, ASKED, at));
            step.client()
                    .swapEnvironmentCNAMEs(
                            swap -> swap.sourceEnvironmentId(sides.blueId()).destinationEnvironmentId(green.id()));
        } catch (ElasticBeanstalkException e) {
            if (String.valueOf(e.getMessage()).contains("Must be Ready")) {
                return false; // somebody else was faster, or it was us
            }
            if (before != null && AwsFault.of(e) != AwsFault.TRANSIENT) {
                step.journal().put(ASKED, ""); // AWS has not taken it
            }
            throw e;
        }
        step.journal().put(TAKEN, "");
        return true;
    }

    private boolean isNewer(String swap) {
        return !swap.isEmpty() && !swap.equals(step.journal().read().get(BEFORE));
    }

    /** By which call the CNAME of an environment was swapped last; empty if it never was. */
    private String lastSwap(EnvironmentSnapshot blue) {
        return EventReader.newest(step.session(), blue.id(), Event::swap)
                .map(Event::requestId)
                .orElse("");
    }

    /** Whether CNAMEs are where they are to be, and nothing is being done to either environment. */
    static boolean isDone(
            @NonNull EnvironmentSnapshot green, @CheckForNull EnvironmentSnapshot blue, @NonNull Sides sides) {
        return green.ready()
                && green.cname().equals(sides.cname())
                && blue != null
                && (blue.ready() || blue.ended())
                && !blue.cname().equals(sides.cname());
    }

    /** Whether customers come to what was deployed. */
    boolean isSwapped() {
        return step.journal().has(SWAPPED);
    }

    void swapped() {
        step.journal().put(SWAPPED, step.now().toString());
    }

    /** Whether a guard has refused it. */
    boolean isRefused() {
        return step.journal().has(REFUSED);
    }

    void refused() {
        step.journal().put(REFUSED, "");
    }

    /** Why it has failed; null if it has not. */
    @CheckForNull
    String failure() {
        return step.journal().read().get(FAILED);
    }

    void failed(@NonNull String why) {
        step.journal().put(FAILED, why);
    }
}
