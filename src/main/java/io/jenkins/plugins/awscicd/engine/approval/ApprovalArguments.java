package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The arguments of {@code awsApproval} as scripts give them, which may hand over what other steps have returned or take. */
public final class ApprovalArguments {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern OBJECT_VERSION = Pattern.compile("[\\w.]{32}");
    private static final int SHORT = 8;

    /** What says which one is meant. */
    private static final List<String> NAMES = List.of(
            "application",
            "deploymentGroup",
            "environment",
            "stack",
            "stackSet",
            "template",
            "bucket",
            "key",
            "repository",
            "type");

    /** The arguments of a step that say what it deploys. */
    private static final List<String> DEPLOYED = List.of("revision", "bundle", "version", "continueBlueGreen");

    private ApprovalArguments() {}

    /**
     * These arguments as texts, numbers and Booleans: a list of approvers with commas, and the result of another step as what it says of
     * itself: a description, a revision and a link, as far as they are not given.
     */
    @NonNull
    public static Map<String, Object> plain(@NonNull Map<String, ?> arguments) {
        Map<String, Object> plain = new LinkedHashMap<>(arguments);
        if (plain.get("approvers") instanceof Collection<?> approvers) {
            plain.put("approvers", approvers.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        Object what = plain.get("what");
        if (what instanceof Map<?, ?> call) {
            what = deployed(call);
            plain.put("what", what);
            if (what instanceof CharSequence || what instanceof Number) {
                putIfMissing(plain, "revision", what.toString());
            }
        }
        boolean ofCall = arguments.get("what") instanceof Map<?, ?>; // a list by itself says nothing
        if (what instanceof Map<?, ?> || ofCall && what instanceof List<?>) {
            String place = place(what);
            plain.put("what", place == null ? named(what) : place);
            putIfMissing(plain, "revision", place);
        } else if (what instanceof Approvable made) {
            String deployable = made.deployable();
            String of = made.exactly();
            plain.put("what", made.subject() + (of == null || of.equals(deployable) ? "" : " of " + shortly(of)));
            putIfMissing(plain, "revision", deployable);
            putIfMissing(plain, "link", made.getConsoleUrl());
        } else if (what instanceof JobResult || what instanceof CharSequence || what instanceof Number) {
            plain.put("what", what.toString());
        }
        return plain;
    }

    /** What is asked about by what was given as {@code what}: of a call with a plan or a change set, that; else what was given. */
    @CheckForNull
    public static Object asked(@CheckForNull Object what) {
        if (what instanceof Map<?, ?> call) {
            return call.containsKey(Approvable.PLAN)
                    ? call.get(Approvable.PLAN)
                    : call.containsKey("changeSet") ? call.get("changeSet") : what;
        }
        return what;
    }

    /** Commits and versions of objects in S3 are long, and mean nothing to people; branches and tags do. */
    private static String shortly(String version) {
        return COMMIT.matcher(version).matches()
                ? version.substring(0, SHORT)
                : OBJECT_VERSION.matcher(version).matches() ? version.substring(0, SHORT) + "…" : version;
    }

    /**
     * What is to be deployed by what a script has given as {@code what}, if that is not the revision that it has given besides; null if it
     * is, or if what was given does not say.
     */
    @CheckForNull
    public static String otherRevision(@CheckForNull Object what, @NonNull String revision) {
        Object asked = asked(what);
        Object own = asked instanceof CharSequence || asked == null
                ? asked
                : plain(Map.of("what", asked)).get("revision");
        if (own == null && asked instanceof Map<?, ?> call && call.containsKey("stack")) {
            own = named(call); // is deleted, or rolled back
        }
        return own == null || isSame(own.toString(), revision) || isLabel(what, revision) ? null : own.toString();
    }

    /** A bundle and its version's label are two names of what beanstalkDeploy deploys. */
    private static boolean isLabel(@CheckForNull Object what, String revision) {
        return what instanceof Map<?, ?> call && revision.equals(String.valueOf(call.get("versionLabel")));
    }

    /** One of the two may say more of where it is, or of what version. */
    private static boolean isSame(String one, String other) {
        return one.equals(other)
                || one.startsWith(other + " @ ")
                || other.startsWith(one + " @ ")
                || other.startsWith(one + " of ");
    }

    /** What a step deploys that is called with these arguments; themselves if they do not say. */
    private static Object deployed(Map<?, ?> call) {
        return DEPLOYED.stream()
                .map(name -> (Object) call.get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> call.containsKey("project") || call.containsKey("sourceVersion") ? built(call) : call);
    }

    /** Without its environment variables, which may be secrets. */
    private static String built(Map<?, ?> call) {
        Object project = call.get("project");
        Object version = call.get("sourceVersion");
        return "build" + (project == null ? "" : " of " + project) + (version == null ? "" : " @ " + version);
    }

    @CheckForNull
    private static String place(Object given) {
        if (!(given instanceof Map<?, ?> at)) {
            return null;
        }
        if (at.get("repository") != null && at.get("commit") != null) {
            return at.get("repository") + " @ " + at.get("commit");
        }
        Object version = at.get("version");
        return at.get("bucket") == null || at.get("key") == null
                ? null
                : "s3://" + at.get("bucket") + "/" + at.get("key") + (version == null ? "" : " @ " + version);
    }

    /** Without its values but for what it is called by: settings, variables and parameters may be secrets. */
    private static String named(Object given) {
        return given instanceof Map<?, ?> call
                ? call.entrySet().stream()
                        .map(entry -> NAMES.contains(entry.getKey())
                                ? entry.getKey() + ": " + entry.getValue()
                                : String.valueOf(entry.getKey()))
                        .collect(Collectors.joining(", "))
                : String.valueOf(given);
    }

    private static void putIfMissing(Map<String, Object> all, String name, @CheckForNull String value) {
        Object there = all.get(name);
        if (value != null
                && !value.isEmpty()
                && (there == null || there.toString().isBlank())) {
            all.put(name, value);
        }
    }
}
