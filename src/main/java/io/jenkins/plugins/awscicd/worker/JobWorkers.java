package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.awscicd.config.GeneralAccessListener;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionType;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobWorker;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkerStatus;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The workers of this controller: one for each action type, account and region. What a worker holds whose type is not configured any more,
 * or is with another access, is ended with the access that it was taken with; if the new one reaches the same account, its worker takes
 * over.
 */
@Extension
public class JobWorkers {

    /** By the key of the action type and its access. */
    private final Map<String, Working> workers = new LinkedHashMap<>();

    private boolean started;

    @NonNull
    public static JobWorkers get() {
        return ExtensionList.lookupSingleton(JobWorkers.class);
    }

    /** Once the jobs are there whose runs may have to be told the end of. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        get().begin();
    }

    private synchronized void begin() {
        started = true;
        reconcile();
    }

    /** Has the workers be those of the configuration, and others only for as long as they hold something. */
    synchronized void reconcile() {
        if (!started) {
            return;
        }
        Map<String, CodePipelineActionType> wanted = new LinkedHashMap<>();
        CodePipelineActions configuration = CodePipelineActions.get();
        configuration.getActionTypes().forEach(type -> wanted.put(type.key(), type));
        for (Map.Entry<String, Working> one : workers.entrySet()) {
            CodePipelineActionType type = wanted.get(one.getKey());
            if (type == null) {
                one.getValue().worker().finish();
            } else if (one.getValue().isOf(type, configuration.controller())) {
                one.getValue().host().configured(type);
            } else {
                one.setValue(Working.start(type, one.getValue().worker().end()));
            }
        }
        CompletableFuture<Void> now = CompletableFuture.completedFuture(null);
        wanted.forEach((key, type) -> workers.computeIfAbsent(key, any -> Working.start(type, now)));
        Set<String> left = new HashSet<>(ClaimFiles.places());
        left.removeAll(workers.keySet());
        for (String place : left) {
            Working finishing = Working.finish(place);
            if (finishing != null) {
                workers.put(place, finishing);
            }
        }
        workers.values().stream().filter(Working::isFinishing).toList().forEach(this::handOver);
    }

    /** To the worker of the same type in the same account and region, if there is one. */
    private void handOver(Working from) {
        workers.values().stream()
                .filter(to -> !to.isFinishing() && to.isOfTypeOf(from))
                .toList()
                .forEach(to -> from.account().thenAcceptBoth(to.account(), (before, now) -> {
                    if (before.equals(now)) {
                        handOver(from, to);
                    }
                }));
    }

    private synchronized void handOver(Working from, Working to) {
        if (from.isFinishing() && workers.get(from.key()) == from && workers.get(to.key()) == to && from.leave()) {
            from.worker()
                    .end()
                    .thenCompose(ended -> {
                        ClaimFiles.move(from.key(), to.key());
                        return to.worker().start();
                    })
                    .thenRun(() -> remove(from));
        }
    }

    private synchronized void remove(Working one) {
        workers.remove(one.key(), one);
        one.worker().close();
    }

    /** A worker has nothing left. */
    synchronized void finished(@NonNull JenkinsWorkHost host) {
        workers.values().stream()
                .filter(one -> one.host() == host && one.isFinishing())
                .toList()
                .forEach(this::remove);
    }

    /** The worker of a run or a place in the queue; null if its action type is not configured any more, and nothing of it is held. */
    @CheckForNull
    synchronized JobWorker find(@NonNull CodePipelineJobAction action) {
        JobWorker holder = holder(action.getClaim());
        Working working = workers.get(action.getSource());
        return holder != null || working == null ? holder : working.worker();
    }

    /** The worker that holds a claim; null if none does. */
    @CheckForNull
    synchronized JobWorker holder(@NonNull String claim) {
        return workers.values().stream()
                .map(Working::worker)
                .filter(worker -> worker.holds(claim))
                .findFirst()
                .orElse(null);
    }

    /** Whether all of them know what they hold. */
    synchronized boolean isStarted() {
        return started && workers.values().stream().allMatch(Working::isReady);
    }

    /** How they are. */
    @NonNull
    public synchronized List<WorkerStatus> statuses() {
        return workers.values().stream()
                .map(Working::worker)
                .map(JobWorker::status)
                .toList();
    }

    /** What is wrong, for administrators; each with its action type. */
    @NonNull
    List<String> problems() {
        return statuses().stream()
                .filter(status -> status.error() != null)
                .map(status -> Objects.toString(status.error()))
                .toList();
    }

    /** An action is said to have begun there; tells whether somebody works for such. */
    synchronized boolean announced(@NonNull ActionType type, @NonNull String account, @NonNull String region) {
        List<JobWorker> those = workers.values().stream()
                .filter(working -> working.isAt(type, account, region))
                .map(Working::worker)
                .toList();
        those.forEach(JobWorker::announced);
        return !those.isEmpty();
    }

    /** Not all events are received for now. */
    synchronized void disconnected() {
        workers.values().forEach(working -> working.worker().disconnected());
    }

    /** Polls now: there may be something. */
    public synchronized void nudge() {
        workers.values().forEach(working -> working.worker().nudge());
    }

    /** Action types have the access of the section AWS CI/CD where they have none of their own. */
    @Extension
    public static final class AccessListener extends GeneralAccessListener {

        @Override
        protected void changed() {
            JobWorkers.get().reconcile();
        }
    }
}
