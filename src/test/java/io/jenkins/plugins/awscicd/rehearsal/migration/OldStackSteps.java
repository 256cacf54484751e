package io.jenkins.plugins.awscicd.rehearsal.migration;

import io.jenkins.plugins.awscicd.rehearsal.migration.GroovyText.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The steps of Pipeline: AWS Steps (pipeline-aws) for CloudFormation, by their own documentation and sources. */
final class OldStackSteps {

    private static final String DEPLOY = "cloudFormationDeploy";

    /** {@code 'name=value'}, or {@code 'name=' + value}. */
    private static final Pattern PAIR =
            Pattern.compile("(['\"])([\\w.:/@-]+)=(?:\\1\\s*\\+\\s*(.+)|((?:(?!\\1).)*)\\1)", Pattern.DOTALL);

    private static final Map<String, BiFunction<Call, List<Call>, Rewriting>> STEPS = Map.of(
            "cfnUpdate", (call, all) -> update(call),
            "cfnCreateChangeSet", (call, all) -> changeSet(call),
            "cfnExecuteChangeSet", (call, all) -> execution(call),
            "cfnDelete", (call, all) -> deletion(call),
            "cfnDescribe",
                    (call, all) ->
                            given(call, "stack").to("cloudFormationOutputs").same("stack"),
            "cfnValidate", OldStackSteps::validation,
            "cfnExports",
                    (call, all) -> new Rewriting(Map.of())
                            .remark("has no counterpart; keep it, or read the outputs of the stack that exports them,"
                                    + " with cloudFormationOutputs"),
            "cfnUpdateStackSet", (call, all) -> stackSet(call),
            "cfnDeleteStackSet",
                    (call, all) -> new Rewriting(Map.of())
                            .remark("cloudFormationStackSet with delete: true also deletes the stacks of the stack set;"
                                    + " write it if that is wanted, or keep this"));

    private OldStackSteps() {}

    static Set<String> names() {
        return STEPS.keySet();
    }

    /** @param all the calls of the file */
    static Rewriting rewrite(Call call, List<Call> all) {
        return STEPS.get(call.name()).apply(call, all);
    }

    /** Whether a call executes the change set that the one before has made. */
    static boolean executes(Call call, Call before) {
        return call.name().equals("cfnExecuteChangeSet")
                && before.name().equals("cfnCreateChangeSet")
                && before.named().containsKey("changeSet")
                && Objects.equals(call.named().get("changeSet"), before.named().get("changeSet"))
                && Objects.equals(call.named().get("stack"), before.named().get("stack"));
    }

    /** What is left if the next call executes what this one makes. */
    static Rewriting together(Call create) {
        return made(create);
    }

    /** @param first the argument whose name may be left out */
    private static Rewriting given(Call call, String first) {
        Map<String, String> given = new LinkedHashMap<>(call.named());
        if (!call.others().isEmpty()) {
            given.putIfAbsent(first, call.others().get(0));
        }
        return new Rewriting(given);
    }

    private static Rewriting update(Call call) {
        Rewriting it = made(call).result("outputs").flag("enableTerminationProtection", "terminationProtection");
        String failure = it.take("onFailure");
        String word = Rewriting.plain(failure);
        if (failure == null || "DELETE".equals(word)) {
            return it.put("onFailure", "'delete'");
        }
        return "DO_NOTHING".equals(word)
                ? it.put("onFailure", "'keep'").remark("onFailure: 'keep' also holds for updates")
                : "ROLLBACK".equals(word)
                        ? it
                        : it.remark(
                                "onFailure " + failure + " has to be 'rollBack', 'keep' or 'delete'; it was left out");
    }

    private static Rewriting changeSet(Call call) {
        return made(call)
                .put("execute", "false")
                .drop("onFailure")
                .remark("the step names the change set itself: keep its result, and pass it as changeSet to the step"
                        + " that executes it");
    }

    /** What the two have in common that make a change set, or an update. */
    private static Rewriting made(Call call) {
        Rewriting it = given(call, "stack").to(DEPLOY).same("stack");
        template(it, "'previous'");
        values(it);
        it.same("roleArn").rename("notificationARNs", "notificationArns");
        String triggers = it.take("rollbackTriggers");
        Map<String, String> alarms = pairs(triggers);
        if (alarms != null) {
            it.put("rollbackAlarms", "[" + String.join(", ", alarms.values()) + "]");
        } else if (triggers != null) {
            it.remark("rollbackTriggers could not be read: write the ARNs of the alarms as a list, rollbackAlarms; it"
                    + " was left out");
        }
        it.number("rollbackTimeoutInMinutes", "monitoringMinutes");
        timeout(it);
        creation(it, "stack");
        return it.drop("changeSet");
    }

    private static Rewriting execution(Call call) {
        Rewriting it =
                given(call, "stack").to(DEPLOY).same("stack", "changeSet").result("outputs");
        timeout(it);
        return it.remark("changeSet has to be the result of the step with execute: false");
    }

    private static Rewriting deletion(Call call) {
        Rewriting it = given(call, "stack")
                .to(DEPLOY)
                .same("stack")
                .put("delete", "true")
                .rename("retainResources", "retain")
                .same("roleArn");
        timeout(it);
        return it.drop("clientRequestToken");
    }

    private static Rewriting validation(Call call, List<Call> all) {
        Rewriting it = given(call, "file").to(DEPLOY);
        String stack = all.stream()
                .filter(other -> other.named().containsKey("stack") && sameTemplate(call, other))
                .map(other -> other.named().get("stack"))
                .findFirst()
                .orElse(null);
        if (stack == null) {
            it.remark("name the stack that the template is for, with stack");
        }
        template(it.put("stack", stack), null);
        return it.put("validate", "true");
    }

    private static boolean sameTemplate(Call one, Call other) {
        return List.of("file", "url", "template").stream()
                .anyMatch(name -> one.named().containsKey(name)
                        && one.named().get(name).equals(other.named().get(name)));
    }

    private static Rewriting stackSet(Call call) {
        Rewriting it = given(call, "stackSet").to("cloudFormationStackSet").same("stackSet");
        template(it, "'previous'");
        values(it);
        it.rename("administratorRoleArn", "administrationRoleArn").same("executionRoleName");
        String preferences = it.take("operationPreferences");
        Map<String, String> named = preferences == null ? Map.of() : map(preferences);
        if (named == null) {
            it.remark("operationPreferences could not be read: write failureTolerance, maxConcurrent, regionOrder and"
                    + " regionConcurrency; it was left out");
        } else {
            Rewriting parts = new Rewriting(named)
                    .rename("failureToleranceCount", "failureTolerance")
                    .rename("maxConcurrentCount", "maxConcurrent")
                    .same("regionOrder")
                    .rename("regionConcurrencyType", "regionConcurrency")
                    .put("failureTolerance", percentage(named.get("failureTolerancePercentage")))
                    .put("maxConcurrent", percentage(named.get("maxConcurrentPercentage")));
            parts.arguments().forEach(it::put);
        }
        creation(it, "stack set");
        timeout(it);
        return it.without("batchingOptions", "AWS goes through the regions one after another by itself")
                .drop("onFailure");
    }

    private static String percentage(String number) {
        return number == null ? null : number.matches("\\d+") ? "'" + number + "%'" : "\"${" + number + "}%\"";
    }

    /** @param none what stands for no template; null if there has to be one */
    private static void template(Rewriting it, String none) {
        String file = it.take("file");
        String url = it.take("url");
        String body = it.take("template");
        it.put(
                "template",
                body != null
                        ? "[body: " + body + "]"
                        : file != null
                                ? file.replaceFirst("^\"\\$\\{?(?:env\\.)?WORKSPACE}?/", "\"")
                                : url == null ? none : url);
    }

    private static void values(Rewriting it) {
        it.rename("params", "parameters").rename("paramsFile", "parameterFiles");
        String tags = it.take("tags");
        Map<String, String> byKey = pairs(tags);
        if (byKey != null && !byKey.isEmpty()) {
            it.put(
                    "tags",
                    byKey.entrySet().stream()
                            .map(tag ->
                                    (tag.getKey().matches("[A-Za-z_]\\w*") ? tag.getKey() : "'" + tag.getKey() + "'")
                                            + ": " + tag.getValue())
                            .collect(Collectors.joining(", ", "[", "]")));
        } else if (byKey == null && tags != null) {
            it.remark("tags has to be a map, such as [team: 'web']; it was left out");
        }
        it.without("tagsFile", "write its tags as a map, tags")
                .remark("add capabilities if the template needs any: the step says which")
                .drop("keepParams", "pollInterval");
    }

    private static void creation(Rewriting it, String what) {
        String create = it.take("create");
        if (create != null && !"true".equals(Rewriting.plain(create))) {
            it.remark("create has no counterpart: a " + what + " that does not exist is created");
        }
    }

    private static void timeout(Rewriting it) {
        it.drop("pollInterval")
                .number("timeoutInMinutes", "timeoutMinutes")
                .put("timeoutMinutes", OldSteps.minutes(it.take("timeoutInSeconds"), "1"));
    }

    /** A list of {@code 'name=value'} by names, with values as they are written; null if it is something else. */
    private static Map<String, String> pairs(String list) {
        Map<String, String> pairs = new LinkedHashMap<>();
        return parts(list, part -> {
                    Matcher pair = PAIR.matcher(part);
                    if (!pair.matches()) {
                        return false;
                    }
                    String value = pair.group(3) != null
                            ? pair.group(3).strip()
                            : pair.group(1) + pair.group(4) + pair.group(1);
                    pairs.merge(pair.group(2), value, (first, second) -> first + ", " + second);
                    return true;
                })
                ? pairs
                : null;
    }

    /** A map by names, with values as they are written; null if it is something else. */
    private static Map<String, String> map(String given) {
        Map<String, String> map = new LinkedHashMap<>();
        return parts(given, part -> {
                    int colon = part.indexOf(':');
                    return colon > 0
                            && map.put(
                                            part.substring(0, colon).strip(),
                                            part.substring(colon + 1).strip())
                                    == null;
                })
                ? map
                : null;
    }

    private static boolean parts(String list, Function<String, Boolean> reader) {
        if (list == null || !list.startsWith("[") || !list.endsWith("]")) {
            return false;
        }
        List<String> parts = new ArrayList<>(new GroovyText(list.substring(1, list.length() - 1)).parts());
        parts.removeIf(String::isBlank);
        return parts.stream().allMatch(part -> reader.apply(part.strip()));
    }
}
