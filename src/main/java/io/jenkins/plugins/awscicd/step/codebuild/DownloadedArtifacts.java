package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Fingerprint;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import hudson.tasks.Fingerprinter.FingerprintAction;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.artifact.ArtifactException;
import io.jenkins.plugins.awscicd.engine.artifact.Fetch;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.ArtifactReceiver;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.DownloadRequest;
import io.jenkins.plugins.awscicd.engine.job.execution.JobHost;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import jenkins.MasterToSlaveFileCallable;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The artifacts of a build on their way to a step's workspace, on whichever agent that is, and from there to the run's own artifacts. */
final class DownloadedArtifacts implements ArtifactReceiver {

    private final StepContext context;
    private final DownloadRequest wanted;

    DownloadedArtifacts(@NonNull StepContext context, @NonNull DownloadRequest wanted) {
        this.context = context;
        this.wanted = wanted;
    }

    @Override
    public DownloadRequest wanted() {
        return wanted;
    }

    @Override
    public Scheduler.Task work(JobHost.Blocking work, Consumer<Throwable> failed) {
        AwsConnections connections = AwsConnections.get();
        Future<?> running = connections.uploads().submit(() -> {
            Throwable failure = null;
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = e;
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
            }
            if (failure != null && !connections.isClosing()) {
                failed.accept(failure);
            }
        });
        return () -> {
            if (running.cancel(true)) {
                failed.accept(new InterruptedException("Not wanted any more"));
            }
        };
    }

    @Override
    public Fetched fetch(FetchPlan plan) throws IOException, InterruptedException {
        Answer answer = directory().act(new FetchThere(plan));
        if (answer.fetched == null) {
            throw new ArtifactException(String.valueOf(answer.problem));
        }
        return answer.fetched;
    }

    /** The workspace; for what is only archived, a directory that it has for what is temporary. */
    private FilePath directory() throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null) {
            throw new ArtifactException(Messages.DownloadedArtifacts_noWorkspace());
        }
        if (wanted.directory() != null) {
            return workspace;
        }
        FilePath temporary = Objects.requireNonNull(WorkspaceList.tempDir(workspace), "a workspace has one");
        Run<?, ?> run = Objects.requireNonNull(context.get(Run.class));
        FlowNode step =
                context.get(FlowNode.class); // others of the run may do the same beside it; null in a freestyle job
        String of = run.getExternalizableId() + (step == null ? "" : "/" + step.getId());
        return temporary.child("codebuild-" + Util.getDigestOf(of));
    }

    @Override
    public void archive(String build, List<String> paths) throws IOException, InterruptedException {
        FilePath directory = directory();
        Run<?, ?> run = Objects.requireNonNull(context.get(Run.class));
        TaskListener listener = Objects.requireNonNull(context.get(TaskListener.class));
        Map<String, String> files = new LinkedHashMap<>();
        paths.forEach(path -> files.put(path, path));
        run.pickArtifactManager()
                .archive(directory, directory.createLauncher(listener), BuildListenerAdapter.wrap(listener), files);
        fingerprint(run, directory.act(new Digests(paths)));
        if (wanted.directory() == null) {
            directory.deleteRecursive();
        }
    }

    private static void fingerprint(Run<?, ?> run, Map<String, String> digests) throws IOException {
        Map<String, String> record = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : digests.entrySet()) {
            String path = file.getKey();
            Fingerprint fingerprint = Jenkins.get()
                    .getFingerprintMap()
                    .getOrCreate(run, path.substring(path.lastIndexOf('/') + 1), file.getValue());
            fingerprint.addFor(run);
            record.put(path, fingerprint.getHashString());
        }
        FingerprintAction action = run.getAction(FingerprintAction.class);
        if (action == null) {
            run.addAction(new FingerprintAction(run, record));
        } else {
            action.add(record);
        }
        run.save();
    }

    /** What came of it: whoever acts on an agent wraps what it throws. */
    private static final class Answer implements Serializable {

        private static final long serialVersionUID = 1L;

        private final Fetched fetched;
        private final String problem;

        Answer(@CheckForNull Fetched fetched, @CheckForNull String problem) {
            this.fetched = fetched;
            this.problem = problem;
        }
    }

    private static final class FetchThere extends MasterToSlaveFileCallable<Answer> {

        private static final long serialVersionUID = 1L;

        private final FetchPlan plan;

        FetchThere(FetchPlan plan) {
            this.plan = plan;
        }

        @Override
        public Answer invoke(File root, VirtualChannel channel) throws IOException, InterruptedException {
            try {
                return new Answer(new Fetch().run(root.toPath(), plan), null);
            } catch (ArtifactException e) {
                return new Answer(null, e.getMessage());
            }
        }
    }

    /** By path, as Jenkins takes fingerprints. */
    private static final class Digests extends MasterToSlaveFileCallable<LinkedHashMap<String, String>> {

        private static final long serialVersionUID = 1L;

        private final ArrayList<String> paths;

        Digests(List<String> paths) {
            this.paths = new ArrayList<>(paths);
        }

        @Override
        public LinkedHashMap<String, String> invoke(File root, VirtualChannel channel) throws IOException {
            LinkedHashMap<String, String> digests = new LinkedHashMap<>();
            for (String path : paths) {
                digests.put(path, Util.getDigestOf(new File(root, path)));
            }
            return digests;
        }
    }
}
