package io.jenkins.plugins.awscicd.localaws;

import io.jenkins.plugins.awscicd.localaws.beanstalk.Beanstalk;
import io.jenkins.plugins.awscicd.localaws.cloudformation.CloudFormation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.StackNotices;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.RealTypes;
import io.jenkins.plugins.awscicd.localaws.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.localaws.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.localaws.codedeploy.CodeDeploy;
import io.jenkins.plugins.awscicd.localaws.codepipeline.CodePipeline;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.CodePipelineTiming;
import io.jenkins.plugins.awscicd.localaws.events.EventBridge;
import io.jenkins.plugins.awscicd.localaws.events.EventSources;
import io.jenkins.plugins.awscicd.localaws.events.ServiceEvents;
import io.jenkins.plugins.awscicd.localaws.logs.Logs;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.sns.Sns;
import io.jenkins.plugins.awscicd.localaws.sqs.Sqs;
import io.jenkins.plugins.awscicd.localaws.sts.Sessions;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpClient;

/** The services that each account has in each region. */
final class Services {

    private final LocalAwsBuilder settings;
    private final S3 s3;
    private final Path data;
    private final Supplier<URI> endpoint;
    private final PerPlace<Logs> logs;
    private final PerPlace<CodeBuild> codeBuilds;
    private final PerPlace<CodeDeploy> codeDeploys;
    private final PerPlace<Beanstalk> beanstalks;
    private final PerPlace<Sns> topics;
    private final PerPlace<Sqs> queues;
    private final PerPlace<EventBridge> buses;
    private final PerPlace<CloudFormation> cloudFormations;
    private final PerPlace<CodeCommit> codeCommits;
    private final PerPlace<CodePipeline> codePipelines;

    /** @param itself calls this local AWS, on the caller's thread */
    Services(
            LocalAwsBuilder settings,
            S3 s3,
            Path data,
            Supplier<URI> endpoint,
            Supplier<SdkHttpClient> itself,
            Sessions sessions) {
        this.settings = settings;
        this.s3 = s3;
        this.data = data;
        this.endpoint = endpoint;
        logs = new PerPlace<>(place -> new Logs(place, settings.time));
        topics = new PerPlace<>(place -> new Sns(place, settings.time, endpoint));
        queues = new PerPlace<>(place -> new Sqs(place, settings.time, settings.chance, endpoint));
        buses = new PerPlace<>(place -> new EventBridge(place, settings.time, settings.chance));
        codeBuilds = new PerPlace<>(place -> EventSources.of(newCodeBuild(place), events(place)));
        codeDeploys = new PerPlace<>(place -> EventSources.of(
                new CodeDeploy(
                        place,
                        settings.time,
                        settings.deploymentTiming,
                        s3,
                        data.resolve("instances"),
                        settings.chance),
                events(place),
                place));
        beanstalks = new PerPlace<>(place -> EventSources.of(
                new Beanstalk(place, settings.time, settings.beanstalkTiming, s3, data.resolve("beanstalk"), endpoint),
                events(place),
                place));
        cloudFormations = new PerPlace<>(this::newCloudFormation);
        codePipelines = new PerPlace<>(place -> EventSources.of(
                new CodePipeline(
                        place, settings.time, CodePipelineTiming.DEFAULT, s3, settings.chance, itself, sessions),
                events(place),
                place));
        codeCommits = new PerPlace<>(
                place -> new CodeCommit(place, settings.time, settings.chance, data.resolve("repositories"), endpoint)
                        .events(events(place)));
    }

    PerPlace<Logs> logs() {
        return logs;
    }

    PerPlace<CodeBuild> codeBuilds() {
        return codeBuilds;
    }

    PerPlace<CodeDeploy> codeDeploys() {
        return codeDeploys;
    }

    PerPlace<Beanstalk> beanstalks() {
        return beanstalks;
    }

    PerPlace<Sns> topics() {
        return topics;
    }

    PerPlace<EventBridge> buses() {
        return buses;
    }

    private ServiceEvents events(Place place) {
        return new ServiceEvents(buses.at(place));
    }

    PerPlace<Sqs> queues() {
        return queues;
    }

    PerPlace<CloudFormation> cloudFormations() {
        return cloudFormations;
    }

    PerPlace<CodeCommit> codeCommits() {
        return codeCommits;
    }

    PerPlace<CodePipeline> codePipelines() {
        return codePipelines;
    }

    private CodeBuild newCodeBuild(Place place) {
        return new CodeBuild(
                place,
                settings.time,
                logs.at(place),
                s3,
                settings.timing,
                settings.accountConcurrency,
                data.resolve("builds"),
                endpoint,
                settings.chance);
    }

    private CloudFormation newCloudFormation(Place place) {
        return new CloudFormation(
                place,
                settings.time,
                settings.cloudFormationTiming,
                settings.chance,
                s3,
                RealTypes.of(s3, topics.at(place), codeBuilds.at(place), codeDeploys.at(place), beanstalks.at(place)),
                codeBuilds.at(place)::parameter,
                new StackNotices(topics.at(place), events(place)),
                cloudFormations()::at);
    }

    void close() {
        codePipelines.forEach(CodePipeline::close);
        codeBuilds.forEach(CodeBuild::close);
        codeDeploys.forEach(CodeDeploy::close);
        beanstalks.forEach(Beanstalk::close);
        topics.forEach(Sns::close);
        queues.forEach(Sqs::close);
    }
}
