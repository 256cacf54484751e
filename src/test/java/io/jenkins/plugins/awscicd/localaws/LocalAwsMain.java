package io.jenkins.plugins.awscicd.localaws;

import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.CloudFormationTiming;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import io.jenkins.plugins.awscicd.localaws.sns.Notification;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Local AWS as a program: {@code [--port N] [--speed X] [--data DIR] [--project-example DIR]}. It has what the example's delivery needs
 * from the start but for the stack that the delivery makes itself, prints what is published to its topic and which instances there are
 * when they have come, and runs until it is ended.
 */
public final class LocalAwsMain {

    private static final String BUCKET = "artifacts";
    private static final String SOURCE = "web/source.zip";
    private static final String ENVIRONMENT = "web-test";
    private static final String TOPIC = "approvals";
    private static final String PIPELINE = "web";
    /** So that nobody waits for half a minute for a fleet. */
    private static final CloudFormationTiming FLEETS = CloudFormationTiming.all(Duration.ofSeconds(1));

    /** What the command line says. */
    private record Options(int port, double speed, Path data, Path example) {

        static Options parse(String... arguments) {
            Options options = new Options(4566, 1, null, null);
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(arguments[i] + " wants a value");
                }
                options = options.with(arguments[i], arguments[i + 1]);
            }
            return options;
        }

        private Options with(String name, String value) {
            return switch (name) {
                case "--port" -> new Options(Integer.parseInt(value), speed, data, example);
                case "--speed" -> new Options(port, Double.parseDouble(value), data, example);
                case "--data" -> new Options(port, speed, Path.of(value), example);
                case "--project-example" -> new Options(port, speed, data, Path.of(value));
                default -> throw new IllegalArgumentException("Unknown option " + name);
            };
        }
    }

    private LocalAwsMain() {}

    public static void main(String... arguments) throws InterruptedException, IOException {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("usage: local-aws [--port N] [--speed X] [--data DIR] [--project-example DIR]");
            System.exit(2);
            return;
        }
        CountDownLatch ended = new CountDownLatch(1);
        LocalAws aws = LocalAws.builder()
                .port(options.port())
                .time(options.speed() == 1 ? SimulatedTime.real() : SimulatedTime.faster(options.speed()))
                .data(options.data())
                .cloudFormationTiming(FLEETS)
                .start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            aws.close();
                            ended.countDown();
                        },
                        "local-aws-end"));
        prepare(aws, options.example());
        introduce(aws, System.out);
        ended.await();
    }

    private static void prepare(LocalAws aws, Path example) throws IOException {
        aws.s3().createBucket(BUCKET, true);
        if (example != null) {
            aws.s3().putDirectory(BUCKET, SOURCE, example);
        }
        ProjectSpec web =
                ProjectSpec.named("web").source("S3", BUCKET + "/" + SOURCE).artifacts(BUCKET, "web.zip");
        web.node().withObject("/artifacts").put("path", "web/builds").put("namespaceType", "BUILD_ID");
        aws.codeBuild().project(web);
        aws.codeDeploy()
                .onFolders((group, instances) -> tell(aws, group, instances, System.out))
                .groupOnceItsApplicationIsThere(
                        fleet("pre-prod").blueGreen().stopUnlessContinued(60).terminateAfter(0))
                .groupOnceItsApplicationIsThere(fleet("prod"));
        aws.beanstalk().environment(EnvironmentSpec.folders("web", ENVIRONMENT));
        aws.codePipeline()
                .pipeline(PipelineSpec.toEnvironment(PIPELINE, BUCKET, SOURCE, "web", "web", ENVIRONMENT, true));
        aws.sns().create(TOPIC).onPublish(notification -> tell(notification, System.out));
    }

    /** Two instances, which are folders. */
    private static GroupSpec fleet(String group) {
        return GroupSpec.folders("web", group)
                .instances(group + "-1", group + "-2")
                .autoRollback("DEPLOYMENT_FAILURE");
    }

    private static void tell(LocalAws aws, String group, List<String> instances, PrintStream out) {
        out.println("Deployment group \"" + group + "\" of \"web\":");
        for (String instance : instances) {
            out.println("  \"" + instance + "\": the folder " + aws.codeDeploy().folder(group, instance)
                    + "; the app answers at http://localhost:"
                    + aws.codeDeploy().port(group, instance));
        }
        out.flush();
    }

    private static void tell(Notification notification, PrintStream out) {
        String subject = notification.subject();
        out.println("SNS, topic " + TOPIC + ": " + (subject == null ? "a notification" : subject));
        out.println("  " + notification.beginning());
        out.flush();
    }

    private static void introduce(LocalAws aws, PrintStream out) {
        out.println("Local AWS: S3, STS, SNS, CloudWatch Logs, CodeCommit, CodeBuild, CodeDeploy, Elastic Beanstalk,"
                + " CloudFormation and CodePipeline at "
                + aws.endpoint());
        out.println("It has the bucket \"" + BUCKET + "\" and the CodeBuild project \"web\" (source: s3://" + BUCKET
                + "/" + SOURCE + ").");
        out.println(
                "The stack of docs/examples/web/infra/fleet.yaml makes the CodeDeploy application \"web\" with the group"
                        + " \"dev\"; then it has");
        out.println(
                "  \"pre-prod\" and \"prod\" as well, and their instances are printed here. Deployments to pre-prod are"
                        + " blue/green: each gets two new instances, and waits to be continued.");
        out.println("It has the Elastic Beanstalk application \"web\" with the environment \"" + ENVIRONMENT + "\":");
        out.println("  one instance, the folder " + aws.beanstalk().folder(ENVIRONMENT)
                + ", where the app answers at "
                + aws.beanstalk().environment(ENVIRONMENT).url());
        out.println(
                "It has the pipeline \"" + PIPELINE
                        + "\" of CodePipeline: from that source by that project to that environment, once somebody has approved it.");
        out.println("It prints what is published to the SNS topic "
                + aws.sns().topic(TOPIC).arn() + ".");
        out.println("To use it:");
        out.println("  export AWS_ENDPOINT_URL=" + aws.endpoint());
        out.println("  export AWS_REGION=" + aws.home().region() + " AWS_DEFAULT_REGION="
                + aws.home().region());
        out.println("  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local");
        out.flush();
    }
}
