package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobWorker;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkerStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The workers of this controller: one for each action type, account and region. */
@Extension
public class JobWorkers {

    private record Working(JobWorker worker, JenkinsWorkHost host) {}

    /** By the key of the action type. */
    private final Map<String, Working> workers = new LinkedHashMap<>();

    private boolean started;

    @NonNull
    public static JobWorkers get() {
        return ExtensionList.lookupSingleton(JobWorkers.class);
    }

    /** Once the jobs are there whose runs may have to be told the end of. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        JobWorkers all = get();
        synchronized (all) {
            all.started = true;
        }
        all.reconcile();
    }

    /** Has the workers be those of the configuration. */
    synchronized void reconcile() {
        if (!started) {
            return;
        }
        Map<String, CodePipelineActionType> wanted = new LinkedHashMap<>();
        CodePipelineActions configuration = CodePipelineActions.get();
        configuration.getActionTypes().forEach(type -> wanted.put(type.key(), type));
        new HashMap<>(workers).forEach((key, working) -> {
            CodePipelineActionType type = wanted.get(key);
            if (type == null
                    || !type.source(configuration.controller())
                            .equals(working.host().source())) {
                working.worker().close();
                workers.remove(key);
            } else {
                working.host().configured(type);
            }
        });
        wanted.forEach((key, type) -> workers.computeIfAbsent(key, any -> start(key, type)));
    }

    private static Working start(String key, CodePipelineActionType type) {
        AwsConnections connections = AwsConnections.get();
        JenkinsWorkHost host =
                new JenkinsWorkHost(key, type, CodePipelineActions.get().controller());
        AwsAccess access = type.whole();
        JobWorker worker = new JobWorker(
                host.source(),
                () -> connections.open(access, null, "jenkins-codepipeline-worker"),
                connections.engine().scheduler(),
                host);
        host.works(worker);
        worker.start();
        return new Working(worker, host);
    }

    /** The worker of a run or a place in the queue; null if its action type is not configured any more. */
    @CheckForNull
    synchronized JobWorker find(@NonNull CodePipelineJobAction action) {
        Working working = workers.get(action.getSource());
        return working == null ? null : working.worker();
    }

    synchronized boolean isStarted() {
        return started;
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

    /** Polls now: there may be something. */
    public synchronized void nudge() {
        workers.values().forEach(working -> working.worker().nudge());
    }
}
