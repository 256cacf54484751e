package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Git;
import io.jenkins.plugins.awscicd.localaws.ProcessTree;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.BuildspecException;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.BuildspecParser;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.Reports;
import io.jenkins.plugins.awscicd.localaws.logs.Logs;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A build that really runs: its source fetched, its buildspec carried out in a shell, its artifacts uploaded. */
final class ShellWork implements Work {

    /** What builds run on. */
    record Machine(
            SimulatedTime time,
            Logs logs,
            S3 s3,
            Stores stores,
            Reports reports,
            Path scratch,
            Supplier<URI> endpoint) {}

    /** One phase's doing. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException, PhaseFailure;
    }

    private static final Logger LOGGER = Logger.getLogger(ShellWork.class.getName());
    private static final Phase.Context TIMED_OUT = new Phase.Context("BUILD_TIMED_OUT", "Build has timed out. ");

    private final Build build;
    private final Machine machine;
    private final ProcessTree processes = new ProcessTree();
    private final Breakpoint breakpoint;
    private volatile Status brokenOff;

    ShellWork(Build build, Machine machine) {
        this.build = build;
        this.breakpoint = new Breakpoint(build);
        this.machine = machine;
    }

    @Override
    public void begin(Over over) {
        Thread thread = new Thread(() -> over.over(work()), "local-aws-build-" + build.id());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void breakOff(Status why) {
        brokenOff = why;
        processes.kill();
    }

    @Override
    public void resume() {
        breakpoint.resume();
    }

    private Status work() {
        try (Workspace workspace = Workspace.create(machine.scratch(), build)) {
            BuildLog log = new BuildLog(machine.logs(), machine.time(), build.log());
            try {
                return new Run(workspace, log).run();
            } finally {
                processes.kill();
                log.archive(machine.s3(), build.log().s3());
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The build " + build.id() + " failed for a reason of local AWS's own", e);
            return brokenOff != null ? brokenOff : Status.FAULT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Status.FAULT;
        }
    }

    /** The work from its first phase to its last. */
    private final class Run {
        private final Workspace workspace;
        private final BuildLog log;
        private final BuildVariables variables = new BuildVariables(build, machine.stores());
        private Buildspec buildspec;
        private Shell shell;
        private boolean succeeding = true;

        Run(Workspace workspace, BuildLog log) {
            this.workspace = workspace;
            this.log = log;
        }

        Status run() throws IOException, InterruptedException {
            log.container("Waiting for agent ping");
            log.container("Waiting for DOWNLOAD_SOURCE");
            boolean goOn = phase(PhaseType.DOWNLOAD_SOURCE, this::download);
            if (goOn) {
                goOn = commands(PhaseType.INSTALL, "install", false)
                        && commands(PhaseType.PRE_BUILD, "pre_build", false)
                        && commands(PhaseType.BUILD, "build", true)
                        && commands(PhaseType.POST_BUILD, "post_build", true);
            }
            if (goOn) {
                phase(PhaseType.UPLOAD_ARTIFACTS, this::upload);
            }
            if (brokenOff != null) {
                return brokenOff;
            }
            return succeeding ? Status.SUCCEEDED : Status.FAILED;
        }

        private void download() throws IOException, InterruptedException, PhaseFailure {
            Sources sources = new Sources(machine.s3(), machine.stores(), new Git(workspace.home(), processes));
            BuildSettings settings = build.settings();
            build.resolved(sources.fetch(settings.source(), settings.sourceVersion(), workspace.source()));
            variables.ownOf(
                    workspace.source().toString(),
                    workspace.home().toString(),
                    machine.endpoint().get());
            for (JsonNode secondary : settings.build().path("secondarySources")) {
                String identifier = secondary.path("sourceIdentifier").asText();
                sources.fetch(secondary, secondaryVersion(identifier), workspace.secondarySource(identifier));
                variables.secondarySource(
                        identifier, workspace.secondarySource(identifier).toString());
            }
            try {
                buildspec = BuildspecParser.parse(
                        sources.buildspec(settings.source().path("buildspec").textValue(), workspace.source()));
            } catch (BuildspecException e) {
                throw new PhaseFailure("YAML_FILE_ERROR", e.getMessage());
            }
            variables.of(buildspec);
            variables.ofEnvironment();
            shell = new Shell(
                    buildspec.shell(),
                    buildspec.oneShell(),
                    workspace.state(),
                    workspace.home(),
                    workspace.source(),
                    processes,
                    line -> log.line(variables.masked(line)));
            shell.export(variables.values());
            log.container("CODEBUILD_SRC_DIR=" + workspace.source());
            log.container("Phases found in YAML: " + buildspec.phases().size());
            buildspec
                    .phases()
                    .forEach((name, phase) -> log.container(" " + name.toUpperCase(Locale.ROOT) + ": "
                            + phase.commands().size() + " commands"));
        }

        private String secondaryVersion(String identifier) {
            for (JsonNode version : build.settings().build().path("secondarySourceVersions")) {
                if (version.path("sourceIdentifier").asText().equals(identifier)) {
                    return version.path("sourceVersion").textValue();
                }
            }
            return null;
        }

        /** @param goesOnByDefault whether the next phase follows a failure of this one when the buildspec does not say */
        private boolean commands(PhaseType type, String name, boolean goesOnByDefault)
                throws IOException, InterruptedException {
            Buildspec.PhaseSpec spec = buildspec.phases().get(name);
            boolean succeeded = phase(type, () -> {
                if (spec != null) {
                    new PhaseCommands(shell, log, variables, breakpoint).run(spec, () -> brokenOff != null);
                }
            });
            if (succeeded || brokenOff != null) {
                return brokenOff == null;
            }
            return switch (spec.onFailure()) {
                case CONTINUE -> true;
                case ABORT -> false;
                case DEFAULT -> goesOnByDefault;
            };
        }

        private void upload() throws IOException, InterruptedException, PhaseFailure {
            build.export(new ExportedVariables(shell).read(buildspec.exported()));
            new ReportUpload(build, log, workspace.source(), machine.reports()).upload(buildspec.reports());
            new ArtifactUpload(build, machine.s3(), log, shell, workspace.source(), workspace.root()).upload(buildspec);
        }

        private boolean phase(PhaseType type, Step step) throws IOException, InterruptedException {
            build.enter(type, machine.time().now());
            log.container("Entering phase " + type);
            Phase.Context context = Phase.Context.NONE;
            Status status = Status.SUCCEEDED;
            try {
                step.run();
            } catch (PhaseFailure e) {
                context = e.context();
                status = Status.FAILED;
            }
            if (brokenOff != null) {
                build.leave(
                        brokenOff,
                        brokenOff == Status.TIMED_OUT ? TIMED_OUT : Phase.Context.NONE,
                        machine.time().now());
                return false;
            }
            if (status == Status.FAILED) {
                succeeding = false;
                if (shell != null) {
                    shell.export(Map.of("CODEBUILD_BUILD_SUCCEEDING", "0"));
                }
            }
            log.phaseComplete(type, status, context);
            build.leave(status, context, machine.time().now());
            return status == Status.SUCCEEDED;
        }
    }
}
