package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.event.EventReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Waits until AWS shows what it was asked for: a stack that still has its status of before would be taken for one that has come to its
 * end.
 */
final class Visible {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** AWS has said yes: what is not seen by then was seen to begin and end by nobody. */
    private static final int MOST_LOOKS = 60;

    /** Looks after which what is not seen must have come to its end already, if events are not shown. */
    private static final int LONGEST_UNSEEN = 10;

    /** By how much this machine's clock may have been set since a step began. */
    private static final Duration SET_SINCE = Duration.ofMinutes(15);

    private final StepCalls calls;

    Visible(StepCalls calls) {
        this.calls = calls;
    }

    /**
     * @param token that the events of what was begun have
     * @return the stack's ARN
     */
    @NonNull
    CompletableFuture<String> wait(@NonNull String stackId, @NonNull String token) {
        return look(stackId, token, 1);
    }

    private CompletableFuture<String> look(String stackId, String token, int looks) {
        return isSeen(stackId, token, looks).thenCompose(seen -> {
            if (seen) {
                return CompletableFuture.completedFuture(stackId);
            }
            if (looks >= MOST_LOOKS) {
                throw new IllegalStateException("AWS accepted the change of the stack, but did not show it "
                        + PAUSE.multipliedBy(MOST_LOOKS).toSeconds() + " seconds later");
            }
            return calls.pause(PAUSE).thenCompose(later -> look(stackId, token, looks + 1));
        });
    }

    /** Two calls, each in its own lane: in one turn, the second might be refused for ever where AWS takes few at a time. */
    private CompletableFuture<Boolean> isSeen(String stackId, String token, int looks) {
        return calls.callAnyway(
                        CloudFormationService.DESCRIBE, () -> CloudFormationService.find(calls.session(), stackId))
                .thenCompose(stack -> {
                    if (stack.isEmpty() || StackSnapshot.isBusy(stack.get().stackStatusAsString())) {
                        return CompletableFuture.completedFuture(stack.isPresent());
                    }
                    return calls.callAnyway(EventReader.ACTION, () -> isInEvents(stackId, token, looks));
                });
    }

    private boolean isInEvents(String stackId, String token, int looks) {
        List<StackEvent> events = newest(calls, stackId);
        return events == null
                ? looks > LONGEST_UNSEEN
                : events.stream().anyMatch(event -> token.equals(event.clientRequestToken()));
    }

    /** The newest events of a stack, the newest first; null if AWS does not show them to these credentials. */
    @CheckForNull
    static List<StackEvent> newest(StepCalls calls, String stackId) {
        try {
            return CloudFormationService.client(calls.session())
                    .describeStackEvents(it -> it.stackName(stackId))
                    .stackEvents();
        } catch (CloudFormationException e) {
            AwsFault fault = AwsFault.of(e);
            if (fault == AwsFault.DENIED) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Whether AWS shows that the call was carried out which was about to be made before a restart.
     *
     * @param ifDenied what it is taken for where AWS does not show events to these credentials
     */
    static boolean isShown(StepCalls calls, String stackId, StackJournal journal, BooleanSupplier ifDenied) {
        return isShown(calls, stackId, journal, event -> event.eventId().equals(journal.before()), ifDenied);
    }

    /** The same of a call of which the journal does not know, as a crash may lose what was written last. */
    static boolean isForgotten(StepCalls calls, String stackId, StackJournal journal) {
        Instant there = calls.session().time().at(journal.chosen());
        Instant since = (there == null ? journal.chosen() : there).minus(SET_SINCE);
        return isShown(
                calls,
                stackId,
                journal,
                event -> event.timestamp() != null && event.timestamp().isBefore(since),
                () -> false);
    }

    /** @param old whether an event is from before the step */
    private static boolean isShown(
            StepCalls calls,
            String stackId,
            StackJournal journal,
            Predicate<StackEvent> old,
            BooleanSupplier ifDenied) {
        try {
            for (StackEvent event : CloudFormationService.client(calls.session())
                    .describeStackEventsPaginator(it -> it.stackName(stackId))
                    .stackEvents()) {
                if (old.test(event)) {
                    return false;
                }
                if (journal.token().equals(event.clientRequestToken()) && !isReview(event)) {
                    return true;
                }
            }
        } catch (CloudFormationException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                return ifDenied.getAsBoolean();
            }
            if (!CloudFormationService.isMissing(e)) { // of which there are no events, as nothing was executed
                throw e;
            }
        }
        return false;
    }

    /** A change set makes a stack that is not there, which is nothing that was executed. */
    private static boolean isReview(StackEvent event) {
        return "REVIEW_IN_PROGRESS".equals(event.resourceStatusAsString());
    }

    /**
     * What the stack is in before a call; gives what keeps that, which is to be run immediately before the call. Looked at by calls of
     * their own, each at its pace: where AWS takes few at a time, one call after two others in a lane's turn might never be taken.
     */
    static CompletableFuture<Runnable> before(StepCalls calls, String stackId, StackJournal journal) {
        return calls.callAnyway(EventReader.ACTION, () -> lastEvent(calls, stackId))
                .thenCompose(last -> calls.callAnyway(CloudFormationService.DESCRIBE, () -> state(calls, stackId))
                        .thenApply(state -> () -> journal.begin(stackId, last.orElse(null), state)));
    }

    private static Optional<String> lastEvent(StepCalls calls, String stackId) {
        List<StackEvent> events = newest(calls, stackId);
        return events == null ? Optional.empty() : events.stream().findFirst().map(StackEvent::eventId);
    }

    private static String state(StepCalls calls, String stackId) {
        return CloudFormationService.find(calls.session(), stackId)
                .map(it -> StackSnapshot.of(it).state())
                .orElse("");
    }
}
