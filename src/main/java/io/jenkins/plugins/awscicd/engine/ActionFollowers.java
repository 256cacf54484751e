package io.jenkins.plugins.awscicd.engine;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.engine.cloudformation.deployment.CloudFormation;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.batch.BuildBatches;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.CodeDeploy;
import io.jenkins.plugins.awscicd.engine.codepipeline.ActionSnapshot;
import io.jenkins.plugins.awscicd.engine.job.follow.JobFollower;
import java.util.Map;

/** Who reports what actions of CodePipeline have started. */
final class ActionFollowers {

    private ActionFollowers() {}

    /** By provider, as CodePipeline calls it. */
    @NonNull
    static Map<String, JobFollower> of(
            @NonNull CodeBuild codeBuild,
            @NonNull BuildBatches buildBatches,
            @NonNull CodeDeploy codeDeploy,
            @NonNull CloudFormation cloudFormation,
            @NonNull Beanstalk beanstalk) {
        return Map.of(
                "CodeBuild",
                (at, job) -> codeBuild.follow(at.session(), at.console(), at.journal(), job.id(), at.over()),
                ActionSnapshot.BATCHES,
                (at, job) -> buildBatches.follow(at, job.id()),
                "CodeDeploy",
                (at, job) -> codeDeploy.follow(at.session(), at.console(), at.journal(), job.id(), at.over()),
                "CloudFormation",
                (at, job) -> cloudFormation.follow(at, job.id(), job.deletes()),
                "ElasticBeanstalk",
                (at, job) -> beanstalk.follow(at, job.id()));
    }
}
