package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.LiveOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/** What an environment is to be like, as far as that was given: its settings and its platform, and whether to make one. */
public record EnvironmentArguments(@NonNull Given given) {

    static final String CREATE = "createEnvironment";
    static final List<String> OF_PLATFORM =
            List.of(EnvironmentOptions.STACK, EnvironmentOptions.PLATFORM, EnvironmentOptions.TEMPLATE);
    static final List<String> OF_CONFIGURATION =
            also(OF_PLATFORM, EnvironmentOptions.SETTINGS, EnvironmentOptions.REMOVALS);
    private static final List<String> OF_CREATION = List.of(
            EnvironmentOptions.TIER, EnvironmentOptions.CNAME, EnvironmentOptions.ROLE, EnvironmentOptions.TAGS);
    /** They change what goes live besides the version; option settings do, too. */
    private static final List<String> LIVE = also(
            OF_PLATFORM,
            EnvironmentOptions.REMOVALS,
            EnvironmentOptions.TIER,
            EnvironmentOptions.CNAME,
            EnvironmentOptions.ROLE);

    private static List<String> also(List<String> more, String... names) {
        return Stream.concat(Stream.of(names), more.stream()).toList();
    }

    /** Whether a missing environment is to be made. */
    public boolean creates() {
        return given.flag(CREATE);
    }

    /** Whether an environment that is there is to be changed besides getting a version. */
    public boolean configures() {
        return OF_CONFIGURATION.stream().anyMatch(given::has);
    }

    public UpdateEnvironmentRequest.Builder toUpdate() {
        return EnvironmentOptions.UPDATE.write(given.all(), UpdateEnvironmentRequest.builder());
    }

    public CreateEnvironmentRequest.Builder toCreate() {
        return EnvironmentOptions.CREATION.write(given.all(), CreateEnvironmentRequest.builder());
    }

    /** What a clone is made with besides the live environment's settings. */
    public CreateEnvironmentRequest.Builder toClone() {
        Map<String, Object> changes = new HashMap<>(given.all());
        changes.keySet().retainAll(Set.of(EnvironmentOptions.SETTINGS, EnvironmentOptions.REMOVALS));
        return EnvironmentOptions.CREATION.write(changes, CreateEnvironmentRequest.builder());
    }

    /** A refusal as it may be told: AWS repeats the value that it does not like, which may be a secret. */
    @NonNull
    public RuntimeException withoutValues(@NonNull ElasticBeanstalkException refusal) {
        if (AwsFault.of(refusal) != AwsFault.REJECTED) {
            return refusal;
        }
        String said = AwsCallException.said(refusal);
        for (Map<String, Object> setting : settings()) {
            String value = String.valueOf(setting.get("value"));
            said = value.isEmpty() ? said : said.replace("'" + value + "'", "'…'");
            said = value.length() < 4 ? said : said.replace(value, "…");
        }
        return new IllegalArgumentException("environment: AWS rejects the configuration of '"
                + (given.has("environment") ? given.text("environment") : "a clone")
                + "'; check the settings, the platform and the names: " + said);
    }

    /** Which of them do not go together, or not without another. */
    @NonNull
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> platforms = OF_PLATFORM.stream().filter(given::has).toList();
        if (platforms.size() > 1) {
            problems.add(platforms.get(1) + ": cannot be combined with " + platforms.get(0)
                    + ", as each of them names the platform; leave one of them out");
        }
        if (creates()) {
            creationProblems(problems, platforms.isEmpty());
        } else {
            for (String name : OF_CREATION) {
                problems.addAll(given.useless(
                        List.of(name),
                        "only used when the environment is created; add createEnvironment: true, or leave " + name
                                + " out"));
            }
        }
        twice(problems);
        return problems;
    }

    private void creationProblems(List<String> problems, boolean withoutPlatform) {
        if (withoutPlatform) {
            problems.add(
                    CREATE + ": say which platform a new environment runs on, with solutionStackName, platformArn or"
                            + " templateName");
        }
        String name = given.text("environment");
        if (name != null && EnvironmentOptions.ENVIRONMENT_NAME.problem(name) != null) {
            problems.add(
                    "environment: '" + name + "' cannot be created; use 4 to 40 letters, digits and hyphens, without"
                            + " a hyphen at either end");
        }
        if (given.has(EnvironmentOptions.CNAME)
                && EnvironmentOptions.WORKER.equals(given.text(EnvironmentOptions.TIER))) {
            problems.add(EnvironmentOptions.CNAME + ": a worker has no address of its own; leave it out");
        }
    }

    /** AWS would take one of them, and not say which. */
    private void twice(List<String> problems) {
        Set<List<String>> seen = new HashSet<>();
        for (String name : List.of(EnvironmentOptions.SETTINGS, EnvironmentOptions.REMOVALS)) {
            for (Map<String, Object> option : maps(name)) {
                if (!seen.add(identity(option))) {
                    problems.add(name + ": '" + option.get("namespace") + "' '" + option.get("optionName")
                            + "' is given twice; leave one of them out");
                }
            }
        }
    }

    private static List<String> identity(Map<String, Object> option) {
        return Stream.of("namespace", "optionName", "resourceName")
                .map(part -> String.valueOf(option.get(part)))
                .toList();
    }

    /** See {@link BeanstalkRequest#settings}. */
    @NonNull
    List<Map<String, Object>> settings() {
        return maps(EnvironmentOptions.SETTINGS);
    }

    /** What of an argument are maps; empty if it was not given. */
    @SuppressWarnings("unchecked") // made by Given
    private List<Map<String, Object>> maps(String name) {
        return !(given.get(name) instanceof List<?> all)
                ? List.of()
                : all.stream()
                        .filter(Map.class::isInstance)
                        .map(one -> (Map<String, Object>) one)
                        .toList();
    }

    /**
     * What besides the version changes what goes live, as text by name.
     *
     * @param digest makes of a setting's value what may be shown, as the value may be a secret
     */
    @NonNull
    public SortedMap<String, String> live(@NonNull UnaryOperator<String> digest) {
        SortedMap<String, String> live = LiveOptions.of(given, LIVE);
        for (Map<String, Object> setting : settings()) {
            Object resource = setting.get("resourceName");
            String name = setting.get("namespace") + " " + setting.get("optionName")
                    + (resource == null ? "" : " of " + resource);
            live.put(EnvironmentOptions.SETTINGS + " " + name, digest.apply(String.valueOf(setting.get("value"))));
        }
        return live;
    }

    /** The roles that the environment or its instances are to be to AWS, by their ARN or their name, or by an instance profile's. */
    @NonNull
    public List<String> roles() {
        List<String> roles = new ArrayList<>();
        String operations = given.text(EnvironmentOptions.ROLE);
        if (operations != null) {
            roles.add(operations);
        }
        settings().stream()
                .filter(setting -> EnvironmentOptions.namesRole(String.valueOf(setting.get("optionName"))))
                .forEach(setting -> roles.add(String.valueOf(setting.get("value"))));
        return roles;
    }
}
