package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.AwsEngine;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import java.util.function.Supplier;

/** The AWS that a rehearsal's steps use. */
public interface AwsSessions {

    AwsEngine engine();

    /** What this rehearsal has uploaded. */
    Uploads uploads();

    /** Runs a block whose steps have this access where they do not say otherwise. */
    <T> T within(AwsAccess access, Supplier<T> body);

    /**
     * Opens a session for a build, which may be prepared for where that is up to the rehearsal.
     *
     * @param access what the step says of itself; the rest is the rehearsal's
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    AwsSession open(AwsAccess access, BuildRequest request);

    /** The same for a deployment. */
    AwsSession open(AwsAccess access, DeploymentRequest request);

    /** The same for a version that goes to an environment. */
    AwsSession open(AwsAccess access, BeanstalkRequest request);

    /** The same for an execution of a pipeline. */
    AwsSession open(AwsAccess access, PipelineRequest request);

    /** The same where nothing has to be there before. */
    AwsSession open(AwsAccess access);
}
