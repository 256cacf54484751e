package io.jenkins.plugins.awscicd.localaws;

import io.jenkins.plugins.awscicd.localaws.beanstalk.BeanstalkTiming;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.CloudFormationTiming;
import io.jenkins.plugins.awscicd.localaws.codebuild.Timing;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentTiming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** How local AWS is to be. */
public final class LocalAwsBuilder {
    int port;
    SimulatedTime time;
    String account = "123456789012";
    String region = "eu-west-1";
    int accountConcurrency = 60;
    Timing timing = Timing.DEFAULT;
    DeploymentTiming deploymentTiming = DeploymentTiming.DEFAULT;
    BeanstalkTiming beanstalkTiming = BeanstalkTiming.DEFAULT;
    CloudFormationTiming cloudFormationTiming = CloudFormationTiming.DEFAULT;
    Path data;
    Chance chance = Chance.any();
    boolean unreachable;

    LocalAwsBuilder() {}

    /** 0, the default, for any free port. */
    public LocalAwsBuilder port(int value) {
        port = value;
        return this;
    }

    /** Real time by default. It is closed with local AWS. */
    public LocalAwsBuilder time(SimulatedTime value) {
        time = value;
        return this;
    }

    /** The account of all access keys that AssumeRole has not given out. */
    public LocalAwsBuilder account(String value) {
        account = value;
        return this;
    }

    public LocalAwsBuilder region(String value) {
        region = value;
        return this;
    }

    /** Builds that run at once in an account and region; AWS's own default differs by account and compute type. */
    public LocalAwsBuilder accountConcurrency(int value) {
        accountConcurrency = value;
        return this;
    }

    /** How long builds are queued and provisioned, and how long stopping takes. */
    public LocalAwsBuilder timing(Timing value) {
        timing = value;
        return this;
    }

    /** How long deployments are queued, and how long stopping takes. */
    public LocalAwsBuilder deploymentTiming(DeploymentTiming value) {
        deploymentTiming = value;
        return this;
    }

    /** How long the parts of Elastic Beanstalk's operations take that have nothing to do with instances. */
    public LocalAwsBuilder beanstalkTiming(BeanstalkTiming value) {
        beanstalkTiming = value;
        return this;
    }

    /** How long what CloudFormation does takes. */
    public LocalAwsBuilder cloudFormationTiming(CloudFormationTiming value) {
        cloudFormationTiming = value;
        return this;
    }

    /** Where files go: the objects of S3, the scratch folders of builds, and instances that are folders. A temporary directory by default. */
    public LocalAwsBuilder data(Path value) {
        data = value;
        return this;
    }

    /** Does not listen: only {@link LocalAws#httpClient} calls it. */
    public LocalAwsBuilder unreachable() {
        unreachable = true;
        return this;
    }

    /** What identifiers are made of, and which calls faults hit; different each time by default. */
    public LocalAwsBuilder chance(Chance value) {
        chance = value;
        return this;
    }

    public LocalAws start() {
        if (time == null) {
            time = SimulatedTime.real();
        }
        try {
            return new LocalAws(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
