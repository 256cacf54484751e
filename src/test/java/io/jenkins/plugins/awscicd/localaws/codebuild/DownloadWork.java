package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.Git;
import io.jenkins.plugins.awscicd.localaws.ProcessTree;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The build with which a batch begins: it downloads the source, and reads which builds there are to be. Nothing is carried out. */
final class DownloadWork implements Work {

    private static final Logger LOGGER = Logger.getLogger(DownloadWork.class.getName());

    private final Build build;
    private final ShellWork.Machine machine;
    private final Consumer<String> buildspec;
    private final ProcessTree processes = new ProcessTree();
    private volatile Status brokenOff;

    /** @param buildspec gets its text */
    DownloadWork(Build build, ShellWork.Machine machine, Consumer<String> buildspec) {
        this.build = build;
        this.machine = machine;
        this.buildspec = buildspec;
    }

    @Override
    public void begin(Over over) {
        if (build.settings().simulated()) {
            build.enter(PhaseType.DOWNLOAD_SOURCE, machine.time().now());
            BuildLog log = new BuildLog(machine.logs(), machine.time(), build.log());
            log.container("Entering phase DOWNLOAD_SOURCE");
            log.phaseComplete(PhaseType.DOWNLOAD_SOURCE, Status.SUCCEEDED, Phase.Context.NONE);
            buildspec.accept(build.settings().source().path("buildspec").asText());
            build.leave(Status.SUCCEEDED, Phase.Context.NONE, machine.time().now());
            over.over(Status.SUCCEEDED);
            return;
        }
        Thread thread = new Thread(() -> over.over(download()), "local-aws-build-" + build.id());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void breakOff(Status why) {
        brokenOff = why;
        processes.kill();
    }

    private Status download() {
        build.enter(PhaseType.DOWNLOAD_SOURCE, machine.time().now());
        Phase.Context context = Phase.Context.NONE;
        Status status = Status.SUCCEEDED;
        try (Workspace workspace = Workspace.create(machine.scratch(), build)) {
            BuildLog log = new BuildLog(machine.logs(), machine.time(), build.log());
            log.container("Entering phase DOWNLOAD_SOURCE");
            try {
                buildspec.accept(read(workspace));
            } catch (PhaseFailure e) {
                context = e.context();
                status = Status.FAILED;
            }
            log.phaseComplete(PhaseType.DOWNLOAD_SOURCE, status, context);
            log.archive(machine.s3(), build.log().s3());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The source of " + build.id() + " could not be read", e);
            status = Status.FAULT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = Status.FAULT;
        }
        Status ending = brokenOff == null ? status : brokenOff;
        build.leave(ending, context, machine.time().now());
        return ending;
    }

    private String read(Workspace workspace) throws IOException, InterruptedException, PhaseFailure {
        Sources sources = new Sources(machine.s3(), machine.stores(), new Git(workspace.home(), processes));
        BuildSettings settings = build.settings();
        build.resolved(sources.fetch(settings.source(), settings.sourceVersion(), workspace.source()));
        return sources.buildspec(settings.source().path("buildspec").textValue(), workspace.source());
    }
}
