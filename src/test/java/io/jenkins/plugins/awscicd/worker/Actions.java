package io.jenkins.plugins.awscicd.worker;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.ActionCategory;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionDetail;

/** A pipeline of local AWS with Jenkins as an action, and a Jenkins that works for it. */
final class Actions {

    private final LocalAws aws;

    Actions(LocalAws aws) {
        this.aws = aws;
    }

    /** Registers the action type, and makes a pipeline whose actions name the Jenkins job {@code web}. */
    Actions set() {
        aws.s3().createBucket("artifacts", true);
        try (CodePipelineClient client = Clients.of(aws).codePipeline()) {
            client.createCustomActionType(it -> it.category(ActionCategory.BUILD)
                    .provider("Jenkins")
                    .version("1")
                    .settings(settings -> settings.executionUrlTemplate(
                            "http://localhost/aws-codepipeline/run?of={ExternalExecutionId}"))
                    .configurationProperties(
                            property -> property.name("ProjectName")
                                    .required(true)
                                    .key(true)
                                    .secret(false),
                            property -> property.name("Password")
                                    .required(false)
                                    .key(false)
                                    .secret(true))
                    .inputArtifactDetails(artifacts -> artifacts.minimumCount(0).maximumCount(5))
                    .outputArtifactDetails(
                            artifacts -> artifacts.minimumCount(0).maximumCount(5)));
        }
        aws.codePipeline()
                .commit("acme/web", "main", "c0ffee", "Serve tea", Map.of("index.html", "tea", "bin/run", "echo"))
                .pipeline(PipelineSpec.named("web")
                        .mode("PARALLEL")
                        .source("acme/web")
                        .stage("Build")
                        .custom("Compile", "Build", "Jenkins")
                        .set("ProjectName", "web")
                        .set("Password", "hunter22hunter22")
                        .in("Source")
                        .out("Built")
                        .namespace("built")
                        .stage("Ship")
                        .action("Ship", "Invoke", "Lambda")
                        .set("FunctionName", "ship-#{built.version}"))
                .pipeline(PipelineSpec.named("plain")
                        .mode("PARALLEL")
                        .source("acme/web")
                        .stage("Build")
                        .custom("Compile", "Build", "Jenkins")
                        .set("ProjectName", "web"));
        return this;
    }

    /** Has Jenkins work for the type, beside others. */
    static CodePipelineActionType type() {
        return new CodePipelineActionType("Build", "Jenkins", "1");
    }

    static void work() {
        CodePipelineActions.get().setActionTypes(List.of(type()));
    }

    static void trigger(Job<?, ?> job) throws Exception {
        CodePipelineJobTrigger trigger = new CodePipelineJobTrigger();
        if (job instanceof WorkflowJob pipeline) {
            pipeline.addTrigger(trigger);
        } else {
            ((FreeStyleProject) job).addTrigger(trigger);
        }
    }

    String execute(String pipeline) {
        try (CodePipelineClient client = Clients.of(aws).codePipeline()) {
            return client.startPipelineExecution(it -> it.name(pipeline)).pipelineExecutionId();
        }
    }

    String status(String pipeline, String id) {
        return aws.codePipeline().executions(pipeline).stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow()
                .status();
    }

    /** Polls until AWS has heard of the end. */
    String end(String pipeline, String id) throws InterruptedException {
        LocalAwsExtension.await(() -> {
            JobWorkers.get().nudge();
            return !status(pipeline, id).equals("InProgress");
        });
        return status(pipeline, id);
    }

    /** The action of a stage that there has been last. */
    ActionExecutionDetail action(String pipeline, String id, String name) {
        try (CodePipelineClient client = Clients.of(aws).codePipeline()) {
            return client
                    .listActionExecutions(it -> it.pipelineName(pipeline)
                            .filter(filter -> filter.latestInPipelineExecution(
                                    latest -> latest.pipelineExecutionId(id).startTimeRange("Latest"))))
                    .actionExecutionDetails()
                    .stream()
                    .filter(it -> it.actionName().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    String failure(String pipeline, String id) {
        return action(pipeline, id, "Compile")
                .output()
                .executionResult()
                .errorDetails()
                .message();
    }

    static Run<?, ?> run(Job<?, ?> job, int number) throws InterruptedException {
        LocalAwsExtension.await(() -> {
            JobWorkers.get().nudge();
            return job.getBuildByNumber(number) != null;
        });
        return job.getBuildByNumber(number);
    }
}
