package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.UploadedObject;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.LiveOptions;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codebuild.model.StartBuildBatchRequest;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/**
 * What a build is started with: the arguments of {@code codeBuild} by name, as far as they were given. Plain data that can be
 * kept with a run, but for the environment variables' values, which are {@linkplain #withVariables kept apart}.
 */
public final class BuildRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    /** They decide what is built. */
    private static final List<String> DECISIVE = List.of(
            "source",
            "sourceType",
            "sourceLocation",
            "sourceVersion",
            "directory",
            "includes",
            "excludes",
            "buildspec",
            "image");

    private static final String VARIABLES = "environmentVariables";
    private static final String SECONDARY = "secondarySources";

    /** They change nothing of what is built, nor as whom, nor where it goes. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            VARIABLES,
            "maxUploadMb",
            "timeoutMinutes",
            "queuedTimeoutMinutes",
            "autoRetryLimit",
            "retryBuild",
            "roomTimeoutMinutes",
            BatchOptions.RETRIES,
            "reportBuildStatus",
            "buildStatusConfig");

    /** A branch, a tag or a pull request is something else tomorrow. */
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private static final Pattern VERSION = Pattern.compile("[^\\s,]+");

    private final Given given;

    /**
     * @param given arguments by name; null values and empty texts, lists and maps count as not given, values of environment
     *     variables excepted
     */
    public BuildRequest(@NonNull Map<String, ?> given) {
        this(new Given(given));
    }

    private BuildRequest(Given given) {
        this.given = given;
    }

    /** The names of all arguments. */
    @NonNull
    public static List<String> names() {
        return BuildOptions.ALL.names();
    }

    /** What is wrong with the value of an argument by itself; null if nothing is, or there is none. */
    @CheckForNull
    public static String problemOf(@NonNull String name, @CheckForNull String value) {
        return BuildOptions.ALL.problem(name, value);
    }

    /** The CodeBuild project. */
    @NonNull
    public String project() {
        String build = build();
        return build == null ? String.valueOf(given.get("project")) : AttachedStart.project(build);
    }

    /** The build that something else has started, and that is to be followed, by its id or its ARN; null if one is to be started. */
    @CheckForNull
    public String build() {
        return text("build");
    }

    /** Whether the source is to be bundled and uploaded from a workspace. */
    public boolean fromWorkspace() {
        return "workspace".equals(given.get("source"));
    }

    /** Whether a batch of builds is wanted. */
    public boolean isBatch() {
        return BatchOptions.isBatch(given);
    }

    /** How often the failed builds of a batch are tried again. */
    public int retries() {
        Long retries = given.number(BatchOptions.RETRIES);
        return retries == null ? 0 : retries.intValue();
    }

    /** Its roles, by their ARNs: that of the builds, and that of the batch. Null for what was not given. */
    @NonNull
    public List<String> roles() {
        return Arrays.asList(text("serviceRole"), text(given.map(BatchOptions.CONFIG_NAME), "serviceRole"));
    }

    /** A text argument; null if it was not given. */
    @CheckForNull
    public String text(@NonNull String name) {
        return given.text(name);
    }

    /** A number that was given; null if it was not. */
    @CheckForNull
    Long number(String name) {
        return given.number(name);
    }

    /** How much of a workspace may be uploaded, in MB; null if that was not said. */
    @CheckForNull
    Long maxUploadMb() {
        return number("maxUploadMb");
    }

    /** How long to wait for room in the account, from a moment on. */
    @NonNull
    public Room room(@NonNull Instant since) {
        return Room.of(since, number("roomTimeoutMinutes"));
    }

    /**
     * What is wrong with the arguments, a sentence each that begins with the argument's name and says what to do; empty if
     * nothing is.
     */
    @NonNull
    public List<String> problems() {
        List<String> problems = new ArrayList<>(BuildOptions.ALL.problems(given.all()));
        if (build() != null) {
            problems.addAll(AttachedStart.problems(given));
            return problems;
        }
        if (!given.has("project")) {
            problems.add("project: name the CodeBuild project to build, such as project: 'web'");
        }
        if (given.has("retryBuild") && given.has("autoRetryLimit") && !"0".equals(text("autoRetryLimit"))) {
            problems.add("retryBuild: cannot be combined with autoRetryLimit, by which AWS itself tries a failed build"
                    + " again; leave one of them out, or set autoRetryLimit to 0");
        }
        if (fromWorkspace()) {
            for (String name : List.of("sourceType", "sourceLocation", "sourceVersion")) {
                if (given.has(name)) {
                    problems.add(
                            name
                                    + ": cannot be combined with source: 'workspace', which is uploaded to S3; leave one of them out");
                }
            }
        } else {
            for (String name :
                    List.of("directory", "includes", "excludes", "bucket", "keyPrefix", "kmsKey", "maxUploadMb")) {
                if (given.has(name)) {
                    problems.add(name + ": only used with source: 'workspace'; add that, or leave " + name + " out");
                }
            }
        }
        problems.addAll(BatchOptions.problems(given));
        return problems;
    }

    /**
     * What makes the build what it is, its source's version included, as text by name.
     *
     * @param digest makes of an environment variable's value what may be shown, as the value may be a secret
     */
    @NonNull
    public SortedMap<String, String> live(@NonNull UnaryOperator<String> digest) {
        List<String> names =
                names().stream().filter(name -> !WITHOUT_EFFECT.contains(name)).toList();
        SortedMap<String, String> live = LiveOptions.of(given, names);
        variables()
                .forEach((name, value) ->
                        live.put(VARIABLES + " " + name, digest.apply(LiveOptions.part(plain(value)))));
        return live;
    }

    /** The same variable can be written as its value and as a map. */
    @CheckForNull
    private static Object plain(@CheckForNull Object variable) {
        if (!(variable instanceof Map<?, ?> parts)) {
            return variable;
        }
        Object type = parts.get("type");
        return type == null || "PLAINTEXT".equals(type.toString()) ? parts.get("value") : parts;
    }

    /**
     * What is in the sources, in one line; null if that may be something else by the time of the build: then nobody can say what was
     * approved. A version of an object in S3 and a commit in full are what stays.
     */
    @CheckForNull
    public String content() {
        List<String> pins = new ArrayList<>();
        pins.add(pin("source", text("sourceType"), text("sourceVersion")));
        if (given.get(SECONDARY) instanceof List<?> sources) {
            for (Object one : sources) {
                Map<?, ?> source = one instanceof Map<?, ?> map ? map : Map.of();
                pins.add(pin(text(source, "identifier"), text(source, "type"), text(source, "version")));
            }
        }
        String buildspec = text("buildspec");
        boolean isElsewhere = buildspec != null && buildspec.startsWith("arn:"); // in S3, where it can be overwritten
        return fromWorkspace() || isElsewhere || pins.contains(null) ? null : String.join(", ", pins);
    }

    @CheckForNull
    private static String text(Map<?, ?> parts, String name) {
        Object value = parts.get(name);
        return value == null ? null : value.toString();
    }

    @CheckForNull
    private static String pin(@CheckForNull String name, @CheckForNull String type, @CheckForNull String version) {
        if ("NO_SOURCE".equals(type)) {
            return name + " none";
        }
        boolean isPinned = version != null
                && (COMMIT.matcher(version).matches()
                        || "S3".equals(type) && VERSION.matcher(version).matches());
        return isPinned ? name + " @ " + version : null;
    }

    /** What is doubtful about it, though it can be built, a sentence each; empty if nothing is. */
    @NonNull
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>(given.doubts(DECISIVE));
        if (given.get(SECONDARY) instanceof List<?> sources) {
            for (Object one : sources) {
                if (one instanceof Map<?, ?> source && source.containsKey("version") && source.get("version") == null) {
                    doubts.add(Given.isNull("secondarySources: version of " + source.get("identifier")));
                }
            }
        }
        return doubts;
    }

    /** This request without its environment variables' values, to be kept with a run. */
    @NonNull
    public BuildRequest withoutVariables() {
        return new BuildRequest(given.without(VARIABLES));
    }

    /** The environment variables as given: secret. */
    @NonNull
    public Map<String, Object> variables() {
        return given.map(VARIABLES);
    }

    /** This request with environment variables. */
    @NonNull
    public BuildRequest withVariables(@NonNull Map<String, ?> variables) {
        return new BuildRequest(given.with(VARIABLES, variables));
    }

    /** This request with what was uploaded as its source: where the bucket keeps versions, nothing that is put there since. */
    @NonNull
    BuildRequest withSource(@NonNull UploadedObject uploaded) {
        Given there = given.with("sourceType", "S3").with("sourceLocation", uploaded.bucket() + "/" + uploaded.key());
        String version = uploaded.version();
        return new BuildRequest(version == null ? there : there.with("sourceVersion", version));
    }

    /** The batch as it is started; the token apart. */
    @NonNull
    public StartBuildBatchRequest.Builder toStartBatch() {
        return BatchOptions.startBatch(toStartBuild().build(), given.map(BatchOptions.CONFIG_NAME));
    }

    StartBuildRequest.Builder toStartBuild() {
        return BuildOptions.ALL.write(given.all(), StartBuildRequest.builder());
    }
}
