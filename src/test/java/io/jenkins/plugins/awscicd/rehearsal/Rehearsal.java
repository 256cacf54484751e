package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.rehearsal.declarative.PipelineStep;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import io.jenkins.plugins.awscicd.rehearsal.delivery.CurrentBuild;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.DeliveryScripts;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.ScriptLine;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import io.jenkins.plugins.awscicd.rehearsal.report.HtmlReport;
import io.jenkins.plugins.awscicd.rehearsal.report.JUnitFile;
import io.jenkins.plugins.awscicd.rehearsal.report.Timeline;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import io.jenkins.plugins.awscicd.rehearsal.stage.Configuration;
import io.jenkins.plugins.awscicd.rehearsal.stage.Memory;
import io.jenkins.plugins.awscicd.rehearsal.step.Answers;
import io.jenkins.plugins.awscicd.rehearsal.step.AwsApprovalStep;
import io.jenkins.plugins.awscicd.rehearsal.step.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.rehearsal.step.CloudFormationDeployStep;
import io.jenkins.plugins.awscicd.rehearsal.step.CloudFormationOutputsStep;
import io.jenkins.plugins.awscicd.rehearsal.step.CloudFormationStackSetStep;
import io.jenkins.plugins.awscicd.rehearsal.step.CodeBuildStep;
import io.jenkins.plugins.awscicd.rehearsal.step.CodeCommitStatusStep;
import io.jenkins.plugins.awscicd.rehearsal.step.CodeDeployStep;
import io.jenkins.plugins.awscicd.rehearsal.step.CodePipelineStep;
import io.jenkins.plugins.awscicd.rehearsal.step.WithAwsStep;
import io.jenkins.plugins.awscicd.rehearsal.step.standard.StandardSteps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilationFailedException;

/** Runs one delivery from its first line to its last. */
final class Rehearsal {

    private final RehearsalOptions options;
    private final RehearsalAws aws;
    private final Console console;
    private final Answers answers;
    private final Configuration configuration;
    private volatile Delivery running;

    /** @param configuration the stages that there are */
    Rehearsal(
            RehearsalOptions options, Configuration configuration, RehearsalAws aws, Console console, Answers answers) {
        this.options = options;
        this.aws = aws;
        this.console = console;
        this.answers = answers;
        this.configuration = configuration;
    }

    /** @param terminal the terminal's environment variables */
    Result run(Map<String, String> terminal) throws IOException, InterruptedException {
        try (Delivery delivery = new Delivery(
                console,
                options.job(),
                options.people().starter(),
                options.workspace(),
                aws.environment(terminal),
                aws.engine().scheduler())) {
            running = delivery;
            console.line("Rehearsing " + options.jenkinsfile());
            Steps steps = new Steps(delivery.interruption());
            Memory memory = new Memory();
            Admission admission = new Admission(
                    configuration,
                    options.people(),
                    memory,
                    aws.access(),
                    aws.engine().scheduler()::now,
                    options.job(),
                    () -> delivery.env().get("BRANCH_NAME"));
            new StandardSteps(delivery, options.people(), options.approve(), answers, options.skipped()).addTo(steps);
            new CodeBuildStep(delivery, aws, admission, archive()).addTo(steps);
            AwsApprovalStep approval = new AwsApprovalStep(delivery, admission, options.approve(), answers);
            approval.addTo(steps);
            new CloudFormationDeployStep(delivery, aws, admission, approval).addTo(steps);
            new CloudFormationOutputsStep(delivery, aws, admission).addTo(steps);
            new CloudFormationStackSetStep(delivery, aws, admission, approval).addTo(steps);
            new CodeCommitStatusStep(delivery, aws, admission).addTo(steps);
            new CodeDeployStep(delivery, aws, admission).addTo(steps);
            new CodePipelineStep(delivery, aws, admission, approval).addTo(steps);
            new BeanstalkDeployStep(delivery, aws, admission).addTo(steps);
            new WithAwsStep(delivery, aws).addTo(steps);
            new PipelineStep(delivery, steps).add();
            runScript(delivery, steps);
            tellEnd(delivery);
            report(delivery, memory);
            return delivery.build().result();
        } finally {
            running = null;
        }
    }

    /** Where what builds have made is kept: beside the report; null if there is none. */
    private Path archive() {
        return options.report() == null
                ? null
                : options.report().toAbsolutePath().normalize().resolveSibling("artifacts");
    }

    private void runScript(Delivery delivery, Steps steps) {
        Path jenkinsfile = options.jenkinsfile();
        try {
            new DeliveryScripts(jenkinsfile.getParent(), options.libraries(), delivery, steps)
                    .run(jenkinsfile.getFileName().toString());
        } catch (CompilationFailedException e) {
            delivery.build().worsen(Result.FAILURE, told(e));
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            String line =
                    new ScriptLine(jenkinsfile).of(e).map(it -> " (" + it + ")").orElse("");
            delivery.build().conclude(StepFailure.resultOf(e), delivery.stages().tell(e) + line);
        }
    }

    private static String told(CompilationFailedException failure) {
        return failure.getMessage()
                .replaceFirst("^startup failed:\\s*", "")
                .replaceAll(
                        "Library description '([^'@]+)(@[^']*)?' not found",
                        "There is no library '$1' in a rehearsal; name its directory with --library $1=DIR")
                .replaceAll(
                        "unable to resolve class ((?:jenkins|hudson|org\\.jenkinsci|org\\.jvnet|com\\.cloudbees|io\\.jenkins)[\\w.]*)",
                        "there is no class $1 in a rehearsal, which has none of Jenkins'")
                .strip();
    }

    private void report(Delivery delivery, Memory memory) throws IOException {
        Timeline timeline = delivery.timeline();
        CurrentBuild build = delivery.build();
        timeline.fact("Description", build.getDescription());
        timeline.fact("Started by", options.people().starter());
        timeline.end(build.result().name(), build.cause() == null ? null : console.masked(build.cause()));
        if (options.report() != null) {
            new HtmlReport(timeline, configuration, memory).write(options.report());
            console.line(
                    "Report: " + options.report().toAbsolutePath().normalize().toUri());
        }
        if (options.junit() != null) {
            new JUnitFile(timeline).write(options.junit());
        }
    }

    private void tellEnd(Delivery delivery) {
        Result result = delivery.build().result();
        String took = Durations.inWords(delivery.build().elapsed());
        console.line("");
        if (result == Result.SUCCESS) {
            console.line("Delivery SUCCESS in " + took);
        } else {
            List<String> cause = delivery.build().cause().lines().toList();
            if (cause.size() > 1) {
                cause.forEach(console::line);
                console.line("");
            }
            console.line("Delivery " + result + " after " + took + ": " + cause.get(0));
        }
    }

    /** Ends the delivery as a person's abort does in Jenkins: its builds are stopped first. Called on any thread. */
    void abort() {
        Delivery delivery = running;
        if (delivery != null) {
            delivery.interruption().interrupt("Aborted by the person at the terminal");
        }
    }
}
