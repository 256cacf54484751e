package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueListener;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobWorker;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkResult;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * Has AWS told that a job is taken when it is about to leave the queue, and not before: until then another controller may have a free
 * executor for it. Nothing here waits.
 */
@Extension
public final class Turns extends QueueTaskDispatcher {

    /** By claim, the worker that is asked: another one takes over if the configuration changes. */
    private final Map<String, JobWorker> asked = new ConcurrentHashMap<>();

    private final Set<String> ours = ConcurrentHashMap.newKeySet();
    /** By the name of a task that runs one at a time, whose turn it is. */
    private final Map<String, String> first = new ConcurrentHashMap<>();

    static Turns get() {
        return ExtensionList.lookupSingleton(Turns.class);
    }

    /** Pipelines leave the queue as soon as they may. */
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        return item.task instanceof Queue.FlyweightTask ? turn(item) : null;
    }

    /** All else leaves it when there is an executor. */
    @Override
    public CauseOfBlockage canTake(Node node, Queue.BuildableItem item) {
        return item.task instanceof Queue.FlyweightTask ? null : turn(item);
    }

    @CheckForNull
    private CauseOfBlockage turn(Queue.Item item) {
        CodePipelineJobAction action = item.getAction(CodePipelineJobAction.class);
        if (action == null || ours.contains(action.getClaim())) {
            return null;
        }
        if (Jenkins.get().isQuietingDown()) {
            return blocked(Messages.Turns_stopping(action.of())); // until then another controller may take it
        }
        JobWorkers workers = JobWorkers.get();
        JobWorker worker = workers.find(action);
        String claim = action.getClaim();
        if (worker == null) {
            if (!workers.isStarted()) {
                return blocked(Messages.Turns_starting(action.of()));
            }
            answered(item.getId(), claim, false); // its action type is gone: it is left to others
            return blocked(Messages.Turns_notConfigured(action.of()));
        }
        if (!item.task.isConcurrentBuild()) {
            String other = first.putIfAbsent(item.task.getFullDisplayName(), claim);
            if (other != null && !other.equals(claim)) {
                return blocked(Messages.Turns_oneAtATime(action.of()));
            }
        }
        if (asked.put(claim, worker) != worker) {
            worker.acknowledge(claim).whenComplete((is, failure) -> {
                if (failure == null) {
                    answered(item.getId(), claim, is);
                } else {
                    asked.remove(claim); // and is asked again when the queue is looked through next
                }
            });
        }
        return blocked(Messages.Turns_asked(action.of()));
    }

    private static CauseOfBlockage blocked(String why) {
        return new CauseOfBlockage() {
            @Override
            public String getShortDescription() {
                return why;
            }
        };
    }

    private void answered(long item, String claim, boolean is) {
        if (is) {
            ours.add(claim);
            Queue.getInstance().scheduleMaintenance();
        } else {
            // another worker has it, or its action has ended: what is to be told has been told
            Timer.get().execute(() -> {
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    Queue.Item queued = Queue.getInstance().getItem(item);
                    if (queued != null) {
                        Queue.getInstance().cancel(queued);
                    }
                }
            });
        }
    }

    private void left(Queue.LeftItem item, String claim) {
        asked.remove(claim);
        ours.remove(claim);
        first.values().remove(claim); // whatever the job is called by now
    }

    /** What leaves the queue without a run is told AWS, unless AWS has told us. */
    @Extension
    public static final class Leavers extends QueueListener {

        @Override
        public void onLeft(@NonNull Queue.LeftItem item) {
            CodePipelineJobAction action = item.getAction(CodePipelineJobAction.class);
            if (action == null) {
                return;
            }
            Turns.get().left(item, action.getClaim());
            JobWorker worker = JobWorkers.get().find(action);
            if (item.isCancelled() && worker != null && !Jenkins.get().isTerminating()) {
                worker.cancelled(
                        action.getClaim(), WorkResult.failed(Messages.Turns_cancelled(item.task.getFullDisplayName())));
            }
        }
    }
}
