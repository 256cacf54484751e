package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;

/**
 * Starts the jobs whose trigger an event matches, each once. The event is forgotten only when they are in the queue of Jenkins, and that is
 * on the disk; what comes again is known by its id, which is with the run, its place in the queue, or kept for a while. A job that is
 * disabled is not started.
 */
@Extension
public final class EventTriggers implements AwsEventReceiver {

    /** Of a job, how many runs are looked through for an event that came before a crash. */
    private static final int RUNS = 50;

    private static final Duration RECENTLY = Duration.ofMinutes(15);

    private final StartedEvents started = new StartedEvents();

    @Override
    public synchronized boolean received(AwsEvent event, EventQueue queue) {
        List<Job<?, ?>> jobs = new ArrayList<>();
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class, it -> mayStart(it, queue))) {
            AwsEventTrigger trigger = AwsEventTrigger.of(job);
            if (trigger != null && trigger.matches(event, queue.address())) {
                jobs.add(job);
            }
        }
        List<String> begun = new ArrayList<>();
        List<String> before = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Job<?, ?> job : jobs) {
            String start = event.id() + " " + job.getFullName();
            if (started.contains(start) || isThere(job, event.id())) {
                before.add(start);
            } else if (!job.isBuildable()) {
                continue;
            } else if (schedule(job, event)) {
                begun.add(start);
            } else {
                refused.add(job.getFullName());
            }
        }
        started.add(begun);
        if (!refused.isEmpty()) {
            started.add(before); // it comes again, for longer than they are kept
            persist();
            throw new IllegalStateException("Jenkins takes no run of " + String.join(", ", refused)
                    + " into its queue for now, and does not say why");
        }
        return !jobs.isEmpty();
    }

    @Override
    public synchronized void persist() {
        if (started.isUnsaved()) {
            Queue.getInstance().save();
            started.save();
        }
    }

    private static boolean mayStart(Job<?, ?> job, EventQueue queue) {
        return job instanceof ParameterizedJobMixIn.ParameterizedJob
                && queue.allows(job.getFullName())
                && !(SCMHead.HeadByItem.findHead(job)
                        instanceof ChangeRequestSCMHead); // strangers write those, with any trigger
    }

    private static boolean isThere(Job<?, ?> job, String id) {
        for (Queue.Item item : Queue.getInstance().getItems()) {
            if (item.task == job && isOf(item.getAction(AwsEventAction.class), id)) {
                return true;
            }
        }
        Instant longAgo = Instant.now().minus(RECENTLY);
        int looked = 0;
        for (Run<?, ?> run = job.getLastBuild();
                run != null && looked++ < RUNS && run.getTimestamp().toInstant().isAfter(longAgo);
                run = run.getPreviousBuild()) {
            if (isOf(run.getAction(AwsEventAction.class), id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(AwsEventAction action, String id) {
        return action != null && action.getEventId().equals(id);
    }

    private static boolean schedule(@NonNull Job<?, ?> job, AwsEvent event) {
        return ParameterizedJobMixIn.scheduleBuild2(
                        job, 0, new Action[] {new CauseAction(new AwsEventCause(event)), new AwsEventAction(event)})
                != null;
    }
}
