package io.jenkins.plugins.awscicd.engine.codedeploy;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.names;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;
import static io.jenkins.plugins.awscicd.engine.option.Option.words;
import static io.jenkins.plugins.awscicd.engine.option.Options.part;
import static io.jenkins.plugins.awscicd.engine.option.Options.parts;

import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Mistake;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.AlarmConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.EC2TagFilter;
import software.amazon.awssdk.services.codedeploy.model.EC2TagFilterType;
import software.amazon.awssdk.services.codedeploy.model.FileExistsBehavior;
import software.amazon.awssdk.services.codedeploy.model.TargetInstances;

/**
 * The arguments of {@code codeDeploy} and what they become in
 * <a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html">CreateDeployment</a>. Only
 * what was given is sent: all else stays as the deployment group has it.
 */
final class DeploymentOptions {

    static final String RESTART = "RESTART";
    /** A week: longer than any deployment may take. */
    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    /** Of applications, groups and configurations alike. */
    private static final Rule NAME = Rule.length(1, 100)
            .unlike(
                    Mistake.arn(
                            "codedeploy",
                            "deploymentgroup:([^/]+)/(.+)",
                            "use application: '$1', deploymentGroup: '$2'"),
                    Mistake.page(
                            "/.*/applications/([^/?]+)/deployment-groups/([^/?]+).*",
                            "use application: '$1', deploymentGroup: '$2'"));

    private static final Rule APPLICATION = NAME.unlike(
                    Mistake.arn("codedeploy", "application:(.+)", "use the application's name alone: '$1'"),
                    Mistake.page("/.*/applications/([^/?]+).*", "use the application's name alone: '$1'"))
            .named("application");

    private static final Rule GROUP = NAME.named("deployment group")
            .unlike(Mistake.of(
                    "([^/]+)/([^/]+)", "includes the application; use deploymentGroup: '$2' with application: '$1'"));

    private static final Rule CONFIGURATION = NAME.unlike(
                    Mistake.arn("codedeploy", "deploymentconfig:(.+)", "use the configuration's name alone: '$1'"))
            .named("deployment configuration");

    private static final Pattern DEPLOYMENT_ID = Pattern.compile("d-[A-Z0-9]+");

    private static final Options<EC2TagFilter.Builder> TAG_FILTER = new Options<>(
            text("key", EC2TagFilter.Builder::key),
            text("value", EC2TagFilter.Builder::value),
            word("type", inOrder(EC2TagFilterType.knownValues()), EC2TagFilter.Builder::type));

    private static final Options<List<EC2TagFilter>> TAG_GROUP = new Options<>(parts(
            "filters",
            TAG_FILTER,
            EC2TagFilter::builder,
            (group, filters) -> filters.forEach(it -> group.add(it.build()))));

    private static final Options<TargetInstances.Builder> TARGET_INSTANCES = new Options<>(
            parts(
                    "tagFilters",
                    TAG_FILTER,
                    EC2TagFilter::builder,
                    (targets, filters) -> targets.tagFilters(
                            filters.stream().map(EC2TagFilter.Builder::build).toList())),
            names("autoScalingGroups", TargetInstances.Builder::autoScalingGroups),
            parts(
                    "ec2TagSet",
                    TAG_GROUP,
                    ArrayList::new,
                    (targets, groups) -> targets.ec2TagSet(set -> set.ec2TagSetList(groups))));

    private static final Options<AutoRollbackConfiguration.Builder> AUTO_ROLLBACK = new Options<>(
            flag("enabled", AutoRollbackConfiguration.Builder::enabled),
            words(
                    "events",
                    inOrder(AutoRollbackEvent.knownValues()),
                    AutoRollbackConfiguration.Builder::eventsWithStrings));

    private static final Options<AlarmConfiguration.Builder> ALARMS = new Options<>(
            flag("enabled", AlarmConfiguration.Builder::enabled),
            flag("ignorePollAlarmFailure", AlarmConfiguration.Builder::ignorePollAlarmFailure),
            names(
                    "names",
                    (alarms, names) -> alarms.alarms(names.stream()
                            .map(name -> Alarm.builder().name(name).build())
                            .toList())));

    static final Options<CreateDeploymentRequest.Builder> ALL = new Options<>(
            text("application", APPLICATION, CreateDeploymentRequest.Builder::applicationName),
            text("deploymentGroup", GROUP, CreateDeploymentRequest.Builder::deploymentGroupName),
            new Option<>("revision", RevisionArgument::read, CreateDeploymentRequest.Builder::revision),
            text("directory", null),
            text("includes", null),
            text("excludes", null),
            text("appspec", null),
            text("bucket", AwsNames.BUCKET, null),
            text("keyPrefix", AwsNames.KEY, null),
            text("kmsKey", AwsNames.KMS_KEY, null),
            number("maxUploadMb", 1, 5 << 20, null),
            word("deploymentMode", List.of("STANDARD", RESTART), null),
            text("deploymentConfig", CONFIGURATION, CreateDeploymentRequest.Builder::deploymentConfigName),
            new Option<>("description", DeploymentOptions::description, null),
            word(
                    "fileExistsBehavior",
                    inOrder(FileExistsBehavior.knownValues()),
                    CreateDeploymentRequest.Builder::fileExistsBehavior),
            flag("ignoreApplicationStopFailures", CreateDeploymentRequest.Builder::ignoreApplicationStopFailures),
            flag("updateOutdatedInstancesOnly", CreateDeploymentRequest.Builder::updateOutdatedInstancesOnly),
            part(
                    "targetInstances",
                    TARGET_INSTANCES,
                    TargetInstances::builder,
                    (deployment, it) -> deployment.targetInstances(it.build())),
            part(
                    "autoRollback",
                    AUTO_ROLLBACK,
                    () -> AutoRollbackConfiguration.builder().enabled(true),
                    (deployment, it) -> deployment.autoRollbackConfiguration(it.build())),
            part(
                    "alarms",
                    ALARMS,
                    () -> AlarmConfiguration.builder().enabled(true),
                    (deployment, it) -> deployment.overrideAlarmConfiguration(it.build())),
            flag("registerOnly", null),
            word("wait", List.of("true", "false", "ready", "shifted"), null),
            new Option<>("continueAfterReady", DeploymentOptions::deploymentId, null),
            word("waitType", inOrder(List.of(WaitType.values())), null),
            new Option<>("stop", DeploymentOptions::deploymentId, null),
            flag("rollBack", null),
            new Option<>("watch", DeploymentOptions::deploymentId, null),
            word("whenBusy", List.of("wait", "fail", "newestWins"), null),
            number("timeoutMinutes", 1, LONGEST_MINUTES, null));

    private DeploymentOptions() {}

    /** What to say where no deployment group is named: it may stand in the application's name. */
    static String withoutGroup(String application) {
        String[] parts = application.split("/");
        return parts.length == 2
                ? "application: '" + application + "' includes the deployment group; use application: '" + parts[0]
                        + "', deploymentGroup: '" + parts[1] + "'"
                : "deploymentGroup: name the deployment group to deploy to, such as deploymentGroup: 'prod'";
    }

    private static String description(Object given) {
        String text = Option.string(given);
        if (text.length() > Marker.LONGEST_DESCRIPTION) {
            throw new IllegalArgumentException("has " + text.length() + " characters; use at most "
                    + Marker.LONGEST_DESCRIPTION + ", because the rest of AWS's 256 identifies the run");
        }
        return text;
    }

    private static String deploymentId(Object given) {
        String id = given.toString();
        if (!DEPLOYMENT_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "'" + id + "' is not a deployment; use the result of codeDeploy, or an ID such as 'd-ABCDEF123'");
        }
        return id;
    }

    private static List<String> inOrder(java.util.Collection<? extends Enum<?>> values) {
        return values.stream().map(Object::toString).sorted().toList();
    }
}
