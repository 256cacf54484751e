package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.Map;

/** Has jobs looked at of which AWS says that something has happened to them. */
public final class JobEvents implements EventListener {

    /** By kind of event: the service as in IAM actions, and where the event names the job. */
    private record Job(String service, String member) {}

    private static final Map<String, Job> JOBS = Map.of(
            "CodeBuild Build State Change", new Job("codebuild", "build-id"),
            "CodeDeploy Deployment State-change Notification", new Job("codedeploy", "deploymentId"),
            "Elastic Beanstalk resource status change", new Job("elasticbeanstalk", "EnvironmentName"),
            "CloudFormation Stack Status Change", new Job("cloudformation", "stack-id"),
            "CloudFormation StackSet Operation Status Change", new Job("cloudformation", "stack-set-operation-id"),
            "CodePipeline Pipeline Execution State Change", new Job("codepipeline", "execution-id"),
            "CodePipeline Stage Execution State Change", new Job("codepipeline", "execution-id"),
            "CodePipeline Action Execution State Change", new Job("codepipeline", "execution-id"));

    private static final String BEGUN = "IN_PROGRESS";

    private final Watcher watcher;

    public JobEvents(@NonNull Watcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public boolean received(AwsEvent event) {
        Job job = JOBS.get(event.detailType());
        if (job == null || !event.source().equals("aws." + job.service())) {
            return false;
        }
        String name = event.detail(job.member());
        if (name == null) {
            return false;
        }
        if (BEGUN.equals(event.detail("build-status"))) {
            return true; // who watches a build has just started it
        }
        // CodeBuild names a build by its ARN
        int build = name.indexOf(":build/");
        watcher.nudge(job.service(), event.region(), build < 0 ? name : name.substring(build + ":build/".length()));
        return true;
    }

    @Override
    public void disconnected() {
        watcher.disconnected();
    }
}
