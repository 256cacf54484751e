package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.AutoDeployment;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationPreferences;

/**
 * The arguments of {@code cloudFormationStackSet} that {@code cloudFormationDeploy} does not have, and what they become in
 * <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html">
 * StackSetOperationPreferences</a>.
 */
final class StackSetOptions {

    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    private static final Pattern COUNT = Pattern.compile("\\d{1,5}|(\\d{1,2}|100)%");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern UNIT = Pattern.compile("ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32}");
    private static final Pattern REGION = Pattern.compile("[a-zA-Z0-9-]{1,128}");

    private static final Rule NAME = Rule.length(1, 128)
            .matching("[a-zA-Z][-a-zA-Z0-9]*", "letters, digits and hyphens, a letter first: the name of a stack set");

    private static final Rule ROLE_NAME = Rule.length(1, 64)
            .matching("[a-zA-Z_0-9+=,.@-]+", "characters: the name of a role, which all target accounts have");

    static final Options<StackSetOperationPreferences.Builder> ALL = new Options<>(
            text("stackSet", NAME, null),
            text("administrationRoleArn", AwsNames.ROLE, null),
            text("executionRoleName", ROLE_NAME, null),
            word("permissionModel", List.of("SELF_MANAGED", "SERVICE_MANAGED"), null),
            new Option<>("autoDeployment", StackSetOptions::autoDeployment, null),
            word("callAs", List.of("SELF", "DELEGATED_ADMIN"), null),
            names("accounts", ACCOUNT, "the id of an account, which has 12 digits"),
            names(
                    "organizationalUnits",
                    UNIT,
                    "the id of an organizational unit, such as ou-ab12-11111111, or of the root"),
            word("accountFilter", List.of("NONE", "INTERSECTION", "DIFFERENCE", "UNION"), null),
            names("regions", REGION, "a region, such as eu-west-1"),
            new Option<>("maxConcurrent", StackSetOptions::count, (preferences, most) -> {
                if (most.endsWith("%")) {
                    preferences.maxConcurrentPercentage(percentage(most));
                } else {
                    preferences.maxConcurrentCount(Integer.valueOf(most));
                }
            }),
            new Option<>("failureTolerance", StackSetOptions::count, (preferences, most) -> {
                if (most.endsWith("%")) {
                    preferences.failureTolerancePercentage(percentage(most));
                } else {
                    preferences.failureToleranceCount(Integer.valueOf(most));
                }
            }),
            word(
                    "concurrencyMode",
                    List.of("STRICT_FAILURE_TOLERANCE", "SOFT_FAILURE_TOLERANCE"),
                    StackSetOperationPreferences.Builder::concurrencyMode),
            word(
                    "regionConcurrency",
                    List.of("SEQUENTIAL", "PARALLEL"),
                    StackSetOperationPreferences.Builder::regionConcurrencyType),
            new Option<>(
                    "regionOrder",
                    given -> checked(given, REGION, "a region, such as eu-west-1"),
                    StackSetOperationPreferences.Builder::regionOrder),
            flag("delete", null),
            flag("approve", null),
            flag("retainStacks", null),
            word("whenBusy", List.of("wait", "fail"), null),
            number("timeoutMinutes", 1, LONGEST_MINUTES, null));

    private StackSetOptions() {}

    private static Option<List<String>, StackSetOperationPreferences.Builder> names(
            String name, Pattern form, String what) {
        return new Option<>(name, given -> checked(given, form, what), null);
    }

    private static List<String> checked(Object given, Pattern form, String what) {
        List<String> names = list(given);
        names.stream().filter(it -> !form.matcher(it).matches()).findFirst().ifPresent(wrong -> {
            throw new IllegalArgumentException("'" + wrong + "' is not " + what);
        });
        return names;
    }

    /** A list, or a text with commas. */
    static List<String> list(Object given) {
        List<?> items = given instanceof Collection<?> several
                ? List.copyOf(several)
                : List.of(given.toString().split(","));
        return items.stream()
                .map(item -> item.toString().strip())
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
    }

    private static String count(Object given) {
        String count = given.toString().strip();
        if (!COUNT.matcher(count).matches()) {
            throw new IllegalArgumentException(
                    "'" + count + "' is neither a number of accounts, such as 3, nor a percentage, such as '25%'");
        }
        return count;
    }

    private static Integer percentage(String count) {
        return Integer.valueOf(count.substring(0, count.length() - 1));
    }

    /** Whether accounts that come into the units later get the stacks, and keep them when they leave. */
    record Automatic(boolean enabled, boolean retains) {}

    @CheckForNull
    static AutoDeployment asAws(@CheckForNull Automatic automatic) {
        return automatic == null
                ? null
                : AutoDeployment.builder()
                        .enabled(automatic.enabled())
                        .retainStacksOnAccountRemoval(automatic.enabled() ? Boolean.valueOf(automatic.retains()) : null)
                        .build();
    }

    static Automatic autoDeployment(Object given) {
        if (given instanceof Map<?, ?> map) {
            for (Object name : map.keySet()) {
                if (!List.of("enabled", "retainStacks").contains(String.valueOf(name))) {
                    throw new IllegalArgumentException("there is no '" + name + "'; use enabled and retainStacks");
                }
            }
            Object enabled = map.get("enabled");
            Object retains = map.get("retainStacks");
            return new Automatic(
                    enabled == null || yes("enabled", enabled), retains != null && yes("retainStacks", retains));
        }
        return new Automatic(yes("autoDeployment", given), false);
    }

    private static boolean yes(String name, Object given) {
        return switch (given.toString().strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " is '" + given + "', neither true nor false");
        };
    }
}
