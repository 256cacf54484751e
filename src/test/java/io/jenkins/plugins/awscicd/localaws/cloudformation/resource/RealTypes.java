package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import io.jenkins.plugins.awscicd.localaws.beanstalk.Beanstalk;
import io.jenkins.plugins.awscicd.localaws.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.localaws.codedeploy.CodeDeploy;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.sns.Sns;

/** The types whose resources are made in the other services of the same place. */
public final class RealTypes {

    private RealTypes() {}

    public static ResourceTypes of(S3 s3, Sns sns, CodeBuild codeBuild, CodeDeploy codeDeploy, Beanstalk beanstalk) {
        Fleets fleets = new Fleets();
        return new ResourceTypes()
                .put("AWS::S3::Bucket", new BucketType(s3))
                .put("AWS::SNS::Topic", new TopicType(sns))
                .put("AWS::IAM::Role", new RoleType())
                .put("AWS::CodeBuild::Project", new ProjectType(codeBuild))
                .put("AWS::CodeDeploy::Application", new DeploymentApplicationType(codeDeploy))
                .put("AWS::CodeDeploy::DeploymentGroup", new DeploymentGroupType(codeDeploy, fleets))
                .put("AWS::EC2::Instance", new InstanceType(fleets))
                .put("AWS::AutoScaling::AutoScalingGroup", new AutoScalingGroupType(fleets))
                .put("AWS::ElasticBeanstalk::Application", new BeanstalkApplicationType(beanstalk))
                .put("AWS::ElasticBeanstalk::Environment", new BeanstalkEnvironmentType(beanstalk));
    }
}
