package io.jenkins.plugins.awscicd.engine.beanstalk;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;

import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import java.util.List;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateApplicationVersionRequest;

/**
 * The arguments of {@code beanstalkDeploy}, and what they become in
 * <a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_CreateApplicationVersion.html">CreateApplicationVersion</a>.
 */
final class BeanstalkOptions {

    /** AWS takes bundles of 500 MB, and a little more. */
    static final int LARGEST_MB = 500;

    /** AWS names it when it refuses a label. */
    static final Rule LABEL = Rule.length(1, 100).matching("[^/]+", "characters without a slash");

    private static final Rule DESCRIPTION = Rule.length(0, 200);
    private static final int LONGEST_MINUTES = 24 * 60;

    static final Options<CreateApplicationVersionRequest.Builder> ALL = new Options<>(
            text(
                    "application",
                    EnvironmentOptions.APPLICATION,
                    CreateApplicationVersionRequest.Builder::applicationName),
            text("environment", EnvironmentOptions.ENVIRONMENT_NAME, null),
            new Option<>("bundle", BundleArgument::read, null),
            text("includes", null),
            text("excludes", null),
            text("bucket", AwsNames.BUCKET, null),
            text("keyPrefix", AwsNames.KEY, null),
            text("kmsKey", AwsNames.KMS_KEY, null),
            number("maxUploadMb", 1, LARGEST_MB, null),
            text("version", LABEL, null),
            text("versionLabel", LABEL, null),
            text("description", DESCRIPTION, CreateApplicationVersionRequest.Builder::description),
            new Option<>("tags", EnvironmentOptions::tags, CreateApplicationVersionRequest.Builder::tags),
            flag("reuseVersion", null),
            flag("process", CreateApplicationVersionRequest.Builder::process),
            flag("createApplication", CreateApplicationVersionRequest.Builder::autoCreateApplication),
            checked(EnvironmentOptions.SETTINGS),
            checked(EnvironmentOptions.REMOVALS),
            checked(EnvironmentOptions.STACK),
            checked(EnvironmentOptions.PLATFORM),
            checked(EnvironmentOptions.TEMPLATE),
            flag("createEnvironment", null),
            checked(EnvironmentOptions.TIER),
            checked(EnvironmentOptions.CNAME),
            checked(EnvironmentOptions.ROLE),
            checked(EnvironmentOptions.TAGS),
            word("whenBusy", List.of("wait", "fail", "abortOwn", "newestWins"), null),
            word("health", List.of("Green", "Yellow", "any"), null),
            number("healthMinutes", 0, LONGEST_MINUTES, null),
            number("healthTimeoutMinutes", 1, LONGEST_MINUTES, null),
            word("strategy", List.of("inPlace", "blueGreen"), null),
            text("twin", EnvironmentOptions.ENVIRONMENT_NAME, null),
            text("cname", null),
            number("bakeMinutes", 0, LONGEST_MINUTES, null),
            flag("swap", null),
            word("oldEnvironment", List.of("keep", "terminate"), null),
            number("terminateAfterMinutes", 1, LONGEST_MINUTES, null),
            new Option<>(BlueGreenArguments.CONTINUE, Prepared::read, null),
            new Option<>(BlueGreenArguments.DISCARD, Prepared::read, null),
            word("onFailure", List.of("leave", "rollBack"), null),
            flag("logTail", null),
            number("timeoutMinutes", 1, LONGEST_MINUTES, null));

    private BeanstalkOptions() {}

    /** One that goes to the environment, not to the version. */
    private static <R> Option<Object, R> checked(String name) {
        return new Option<>(
                name, given -> EnvironmentOptions.CREATION.option(name).reader().apply(given), null);
    }
}
