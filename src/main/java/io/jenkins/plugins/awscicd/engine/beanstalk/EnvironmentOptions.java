package io.jenkins.plugins.awscicd.engine.beanstalk;

import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.verbatim;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;
import static io.jenkins.plugins.awscicd.engine.option.Options.parts;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Mistake;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import io.jenkins.plugins.awscicd.engine.option.Written;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationOptionSetting;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.OptionSpecification;
import software.amazon.awssdk.services.elasticbeanstalk.model.Tag;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/**
 * The arguments of {@code beanstalkDeploy} that say what an environment is to be like, and what they become in
 * <a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_UpdateEnvironment.html">UpdateEnvironment</a> and
 * <a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_CreateEnvironment.html">CreateEnvironment</a>.
 */
final class EnvironmentOptions {

    static final String SETTINGS = "optionSettings";
    static final String REMOVALS = "optionsToRemove";
    static final String STACK = "solutionStackName";
    static final String PLATFORM = "platformArn";
    static final String TEMPLATE = "templateName";
    static final String TIER = "tier";
    static final String CNAME = "cnamePrefix";
    static final String ROLE = "operationsRole";
    static final String TAGS = "environmentTags";
    static final String WORKER = "Worker";

    private static final String HOST_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final String IN_WORDS = "letters, digits and hyphens, without a hyphen at either end";

    private static final Mistake ENVIRONMENT_ARN =
            Mistake.arn("elasticbeanstalk", "environment/([^/]+)/(.+)", "use application: '$1', environment: '$2'");

    static final Rule APPLICATION = Rule.length(1, 100)
            .unlike(
                    ENVIRONMENT_ARN,
                    Mistake.arn("elasticbeanstalk", "application/(.+)", "use the application's name alone: '$1'"),
                    Mistake.page("/.*[?&]applicationName=([^&]+).*", "use the application's name alone: '$1'"))
            .named("application");
    /** Of an environment. */
    static final Rule ENVIRONMENT_NAME = Rule.length(4, 40)
            .matching(HOST_LABEL, IN_WORDS)
            .unlike(
                    ENVIRONMENT_ARN,
                    Mistake.of(
                            "(?:https?://)?[^/]+\\.elasticbeanstalk\\.com.*",
                            "is the host that the environment answers to; use its name"),
                    Mistake.of(
                            "([^/:]+)/([^/]+)",
                            "includes the application; use environment: '$2' with application: '$1'"))
            .named("environment");

    private static final Rule CNAME_PREFIX =
            Rule.length(4, 63).matching(HOST_LABEL, IN_WORDS + ": the first part of the host");
    private static final Rule TEMPLATE_NAME = Rule.length(1, 100)
            .unlike(Mistake.arn(
                    "elasticbeanstalk", "configurationtemplate/[^/]+/(.+)", "use the template's name alone: '$1'"))
            .named("template");
    private static final Rule RESOURCE_NAME = Rule.length(1, 256);
    private static final int LONGEST_ROLE = 256;
    /** Their values are names of roles, or of the instance profile of one; see "General options for all environments". */
    private static final Set<String> NAMING_ROLES =
            Set.of("iaminstanceprofile", "servicerole", "serviceroleformanagedupdates");

    private static final Rule TAG_KEY = Rule.length(1, 128);
    private static final Rule TAG_VALUE = Rule.length(1, 256);

    private static final Options<ConfigurationOptionSetting.Builder> SETTING = new Options<>(
            text("namespace", ConfigurationOptionSetting.Builder::namespace),
            text("optionName", ConfigurationOptionSetting.Builder::optionName),
            verbatim("value", ConfigurationOptionSetting.Builder::value),
            text("resourceName", RESOURCE_NAME, ConfigurationOptionSetting.Builder::resourceName));

    private static final Options<OptionSpecification.Builder> REMOVAL = new Options<>(
            text("namespace", OptionSpecification.Builder::namespace),
            text("optionName", OptionSpecification.Builder::optionName),
            text("resourceName", RESOURCE_NAME, OptionSpecification.Builder::resourceName));

    /** Those that may change an environment that is there. */
    static final Options<UpdateEnvironmentRequest.Builder> UPDATE = new Options<>(
            settings((update, settings) -> update.optionSettings(settings)),
            removals((update, removals) -> update.optionsToRemove(removals)),
            text(STACK, UpdateEnvironmentRequest.Builder::solutionStackName),
            new Option<>(PLATFORM, EnvironmentOptions::platform, UpdateEnvironmentRequest.Builder::platformArn),
            text(TEMPLATE, TEMPLATE_NAME, UpdateEnvironmentRequest.Builder::templateName));

    /** Those with which one is made. */
    static final Options<CreateEnvironmentRequest.Builder> CREATION = new Options<>(
            text("application", APPLICATION, CreateEnvironmentRequest.Builder::applicationName),
            text("environment", ENVIRONMENT_NAME, CreateEnvironmentRequest.Builder::environmentName),
            settings((create, settings) -> create.optionSettings(settings)),
            removals((create, removals) -> create.optionsToRemove(removals)),
            text(STACK, CreateEnvironmentRequest.Builder::solutionStackName),
            new Option<>(PLATFORM, EnvironmentOptions::platform, CreateEnvironmentRequest.Builder::platformArn),
            text(TEMPLATE, TEMPLATE_NAME, CreateEnvironmentRequest.Builder::templateName),
            word(
                    TIER,
                    List.of("WebServer", WORKER),
                    (create, tier) ->
                            create.tier(it -> it.name(tier).type(WORKER.equals(tier) ? "SQS/HTTP" : "Standard"))),
            text(CNAME, CNAME_PREFIX, CreateEnvironmentRequest.Builder::cnamePrefix),
            new Option<>(
                    ROLE,
                    given -> Rule.length(1, LONGEST_ROLE).check(AwsNames.ROLE.check(Option.string(given))),
                    CreateEnvironmentRequest.Builder::operationsRole),
            new Option<>(TAGS, EnvironmentOptions::tags, CreateEnvironmentRequest.Builder::tags));

    private EnvironmentOptions() {}

    /** Whether AWS takes an option's value for a role, or an instance profile, by its name too. */
    static boolean namesRole(String option) {
        return NAMING_ROLES.contains(option.strip().toLowerCase(Locale.ROOT));
    }

    /** A value may be a secret: what is wrong with a setting is said without it. */
    private static <R> Option<List<ConfigurationOptionSetting>, R> settings(
            BiConsumer<R, List<ConfigurationOptionSetting>> writer) {
        return built(
                parts(SETTINGS, SETTING, ConfigurationOptionSetting::builder, null),
                part -> {
                    ConfigurationOptionSetting setting = part.build();
                    named(setting.namespace(), setting.optionName());
                    if (setting.value() == null) {
                        throw new IllegalArgumentException("'" + setting.namespace() + "' '" + setting.optionName()
                                + "' has no value; give it one, or remove the option with " + REMOVALS);
                    }
                    return setting;
                },
                writer);
    }

    private static <R> Option<List<OptionSpecification>, R> removals(BiConsumer<R, List<OptionSpecification>> writer) {
        return built(
                parts(REMOVALS, REMOVAL, OptionSpecification::builder, null),
                part -> {
                    OptionSpecification removal = part.build();
                    named(removal.namespace(), removal.optionName());
                    return removal;
                },
                writer);
    }

    /** @param build fails if a part is wrong */
    private static <B, T, R> Option<List<T>, R> built(
            Option<List<B>, R> parts, Function<B, T> build, BiConsumer<R, List<T>> writer) {
        return new Option<>(
                parts.name(),
                given -> parts.reader().apply(given).stream().map(build).toList(),
                writer);
    }

    private static void named(String namespace, String optionName) {
        if (namespace == null || namespace.isEmpty() || optionName == null || optionName.isEmpty()) {
            throw new IllegalArgumentException(
                    "each must have a namespace and an optionName, such as [namespace: 'aws:autoscaling:asg', optionName: 'MinSize', …]");
        }
    }

    private static String platform(Object given) {
        String text = Option.string(given);
        if (!text.startsWith("arn:") || !text.contains(":platform/")) {
            throw new IllegalArgumentException("'" + text + "' must be an ARN, such as 'arn:aws:…:platform/…'");
        }
        return text;
    }

    /** Tags of a version or an environment. */
    static List<Tag> tags(Object given) {
        if (!(given instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("must be a map, such as [team: 'shop']");
        }
        return map.entrySet().stream()
                .map(tag -> tag(String.valueOf(tag.getKey()), tag.getValue()))
                .toList();
    }

    private static Tag tag(String key, @CheckForNull Object value) {
        String text = Written.text(value);
        if (text == null) {
            throw new IllegalArgumentException(
                    value == null
                            ? key + " has no value; give it one, or leave it out"
                            : key + " is a " + Written.kind(value) + "; turn it into text");
        }
        return Tag.builder()
                .key(TAG_KEY.check(key))
                .value(TAG_VALUE.check(text))
                .build();
    }
}
