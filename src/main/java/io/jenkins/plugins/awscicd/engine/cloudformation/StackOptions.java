package io.jenkins.plugins.awscicd.engine.cloudformation;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.names;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.required;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;
import static io.jenkins.plugins.awscicd.engine.option.Option.words;
import static io.jenkins.plugins.awscicd.engine.option.Options.parts;

import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.Json;
import io.jenkins.plugins.awscicd.engine.option.Mistake;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeploymentMode;
import software.amazon.awssdk.services.cloudformation.model.ResourceToImport;
import software.amazon.awssdk.services.cloudformation.model.RollbackConfiguration;
import software.amazon.awssdk.services.cloudformation.model.RollbackTrigger;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * The arguments of {@code cloudFormationDeploy} and what they become in
 * <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html">CreateChangeSet</a>. Only what was
 * given is sent: all else stays as the stack has it.
 */
final class StackOptions {

    /** Longer than any operation on a stack may take. */
    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    /** Takes away what the stack has. */
    static final String NONE = "none";

    /** Whether AWS waits until resources are ready. */
    static final String MODE = "mode";

    private static final int MOST_TAGS = 50;
    private static final int MOST_IMPORTED = 200;

    static final Rule STACK = Rule.length(1, 128)
            .unlike(
                    Mistake.arn("cloudformation", "stack/([^/]+).*", "use the stack's name alone: '$1'"),
                    Mistake.page(
                            ".*stackId=arn%3Aaws[^%]*%3A.*stack%2F([^%]+)%2F.*", "use the stack's name alone: '$1'"))
            .named("stack")
            .matching("[a-zA-Z][-a-zA-Z0-9]*", "letters, digits and hyphens, a letter first: the name of a stack");

    private static final Rule TOPIC =
            Rule.length(1, 2048).matching("arn:aws[a-z-]*:sns:\\S+", "characters: the ARN of an SNS topic");

    private static final Options<ResourceToImport.Builder> IMPORTED = new Options<>(
            required(text("type", ResourceToImport.Builder::resourceType)),
            required(text("id", ResourceToImport.Builder::logicalResourceId)),
            required(new Option<>("identifier", StackOptions::texts, ResourceToImport.Builder::resourceIdentifier)));

    static final Options<CreateChangeSetRequest.Builder> ALL = new Options<>(
            text("stack", STACK, CreateChangeSetRequest.Builder::stackName),
            new Option<>("template", Template::of, null),
            new Option<>("parameters", ParameterValues::of, null),
            names("parameterFiles", null),
            new Option<>("tags", StackOptions::tags, CreateChangeSetRequest.Builder::tags),
            words(
                    "capabilities",
                    Capability.knownValues().stream()
                            .map(Object::toString)
                            .sorted()
                            .toList(),
                    CreateChangeSetRequest.Builder::capabilitiesWithStrings),
            text("roleArn", AwsNames.ROLE, CreateChangeSetRequest.Builder::roleARN),
            new Option<>("notificationArns", StackOptions::topics, CreateChangeSetRequest.Builder::notificationARNs),
            new Option<>(
                    "rollbackAlarms",
                    StackOptions::alarms,
                    (request, triggers) -> request.rollbackConfiguration(it -> it.rollbackTriggers(triggers))),
            number("monitoringMinutes", 0, 180, null),
            new Option<>("description", StackOptions::description, CreateChangeSetRequest.Builder::description),
            flag("includeNestedStacks", CreateChangeSetRequest.Builder::includeNestedStacks),
            flag("importExistingResources", CreateChangeSetRequest.Builder::importExistingResources),
            parts(
                    "resourcesToImport",
                    MOST_IMPORTED,
                    IMPORTED,
                    ResourceToImport::builder,
                    (request, imported) -> request.resourcesToImport(imported.stream()
                            .map(ResourceToImport.Builder::build)
                            .toList())),
            flag(
                    "revertDrift",
                    (request, revert) -> request.deploymentMode(revert ? DeploymentMode.REVERT_DRIFT : null)),
            word("onFailure", List.of("rollBack", "keep", "delete"), null),
            flag("terminationProtection", null),
            new Option<>("stackPolicy", StackOptions::document, null),
            new Option<>(MODE, StackOptions::mode, null),
            flag("execute", null),
            flag("approve", null),
            text("changeSet", null),
            flag("delete", null),
            names("retain", null),
            new Option<>("continueRollback", StackOptions::skipped, null),
            flag("validate", null),
            flag("driftOnly", null),
            flag("recreateFailed", null),
            word("whenBusy", List.of("wait", "fail"), null),
            text("bucket", AwsNames.BUCKET, null),
            text("keyPrefix", AwsNames.KEY, null),
            text("kmsKey", AwsNames.KMS_KEY, null),
            number("timeoutMinutes", 1, LONGEST_MINUTES, null));

    private StackOptions() {}

    /** All but the template, the parameters and what says which change set it is. */
    static CreateChangeSetRequest.Builder createChangeSet(Given given) {
        CreateChangeSetRequest.Builder create = ALL.write(given.all(), CreateChangeSetRequest.builder());
        Long minutes = given.number("monitoringMinutes");
        if (minutes != null) {
            CreateChangeSetRequest built = create.build();
            create.rollbackConfiguration(
                    built.rollbackConfiguration() == null
                            ? RollbackConfiguration.builder()
                                    .monitoringTimeInMinutes(minutes.intValue())
                                    .build()
                            : built.rollbackConfiguration().toBuilder()
                                    .monitoringTimeInMinutes(minutes.intValue())
                                    .build());
        }
        return create;
    }

    /** CreateChangeSet takes it as DeploymentConfig, for which the SDK of Jenkins' library plugins has no name. */
    static String mode(Object given) {
        if (!given.toString().strip().equals("standard")) {
            throw new IllegalArgumentException(
                    "'" + given + "' is not available: "
                            + "the AWS SDK of Jenkins' library plugins has no express mode yet; leave it out, or use 'standard'");
        }
        return "standard";
    }

    private static List<Tag> tags(Object given) {
        Map<String, String> tags = given.equals(NONE) ? Map.of() : texts(given);
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException(
                    "has " + tags.size() + " entries; AWS accepts " + MOST_TAGS + " at most");
        }
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** A map of texts. */
    private static Map<String, String> texts(Object given) {
        if (!(given instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("must be a map, such as [name: 'value']");
        }
        Map<String, String> texts = new TreeMap<>();
        map.forEach((name, value) -> {
            if (value == null || value instanceof Map || value instanceof Collection) {
                throw new IllegalArgumentException("'" + name + "' must have text as its value");
            }
            texts.put(String.valueOf(name), value.toString());
        });
        return texts;
    }

    private static List<String> topics(Object given) {
        List<String> topics = given.equals(NONE) ? List.of() : list(given);
        topics.forEach(TOPIC::check);
        return topics;
    }

    private static List<RollbackTrigger> alarms(Object given) {
        return (given.equals(NONE) ? List.<String>of() : list(given))
                .stream()
                        .map(arn -> {
                            if (!arn.matches("arn:aws[a-z-]*:cloudwatch:[^:]+:\\d{12}:alarm:.+")) {
                                throw new IllegalArgumentException(
                                        "'" + arn + "' is not the ARN of a CloudWatch alarm");
                            }
                            return RollbackTrigger.builder()
                                    .arn(arn)
                                    .type("AWS::CloudWatch::Alarm")
                                    .build();
                        })
                        .toList();
    }

    private static List<String> list(Object given) {
        List<?> items = given instanceof Collection<?> several
                ? List.copyOf(several)
                : List.of(given.toString().split(","));
        return items.stream()
                .map(item -> item.toString().strip())
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** The resources that a rollback is to skip; empty if it is to be continued as it is. */
    static List<String> skipped(Object given) {
        return switch (given.toString()) {
            case "true", "false" -> List.of();
            default -> list(given);
        };
    }

    private static String description(Object given) {
        if (given.toString().length() > 1024) {
            throw new IllegalArgumentException("has more than 1024 characters");
        }
        return given.toString();
    }

    /** A document as JSON: text as it is, or a map. */
    static String document(Object given) {
        return given instanceof Map<?, ?> map ? Json.of(map) : given.toString();
    }
}
