package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/**
 * What a build is started with: the arguments of {@code codeBuild} by name, as far as they were given. Plain data that can be
 * kept with a run, but for the environment variables' values, which are {@linkplain #withVariables kept apart}.
 */
public final class BuildRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String VARIABLES = "environmentVariables";

    private final TreeMap<String, Object> given = new TreeMap<>();

    /**
     * @param given arguments by name; null values and empty texts, lists and maps count as not given, values of environment
     *     variables excepted
     */
    public BuildRequest(@NonNull Map<String, ?> given) {
        given.forEach((name, value) -> {
            Object plain = plain(value);
            if (plain != null && !plain.equals("") && !plain.equals(List.of()) && !plain.equals(Map.of())) {
                this.given.put(name, plain);
            }
        });
    }

    /** A copy made of our own kinds of values alone: a Groovy string, say, would not outlive a restart everywhere. */
    @CheckForNull
    private static Object plain(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        return value instanceof CharSequence ? value.toString() : value;
    }

    /** The names of all arguments. */
    @NonNull
    public static List<String> names() {
        return BuildOptions.ALL.names();
    }

    /** The CodeBuild project. */
    @NonNull
    public String project() {
        return String.valueOf(given.get("project"));
    }

    /** Whether the source is to be bundled and uploaded from a workspace. */
    public boolean fromWorkspace() {
        return "workspace".equals(given.get("source"));
    }

    /** A text argument; null if it was not given. */
    @CheckForNull
    public String text(@NonNull String name) {
        Object value = given.get(name);
        return value == null ? null : value.toString();
    }

    /**
     * What is wrong with the arguments, a sentence each that begins with the argument's name and says what to do; empty if
     * nothing is.
     */
    @NonNull
    public List<String> problems() {
        List<String> problems = new ArrayList<>(BuildOptions.ALL.problems(given));
        if (!given.containsKey("project")) {
            problems.add("project: name the CodeBuild project to build, such as project: 'web'");
        }
        if (fromWorkspace()) {
            for (String name : List.of("sourceType", "sourceLocation", "sourceVersion")) {
                if (given.containsKey(name)) {
                    problems.add(
                            name
                                    + ": cannot be combined with source: 'workspace', which is uploaded to S3; leave one of them out");
                }
            }
        } else {
            for (String name :
                    List.of("directory", "includes", "excludes", "bucket", "keyPrefix", "kmsKey", "maxUploadMb")) {
                if (given.containsKey(name)) {
                    problems.add(name + ": only used with source: 'workspace'; add that, or leave " + name + " out");
                }
            }
        }
        return problems;
    }

    /** This request without its environment variables' values, to be kept with a run. */
    @NonNull
    public BuildRequest withoutVariables() {
        Map<String, Object> rest = new TreeMap<>(given);
        rest.remove(VARIABLES);
        return new BuildRequest(rest);
    }

    /** The environment variables as given: secret. */
    @NonNull
    @SuppressWarnings("unchecked") // made by plain()
    public Map<String, Object> variables() {
        return given.get(VARIABLES) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** This request with environment variables. */
    @NonNull
    public BuildRequest withVariables(@NonNull Map<String, ?> variables) {
        Map<String, Object> all = new TreeMap<>(given);
        all.put(VARIABLES, variables);
        return new BuildRequest(all);
    }

    /** This request with the source at another place. */
    @NonNull
    BuildRequest withSource(@NonNull String type, @NonNull String location) {
        Map<String, Object> all = new TreeMap<>(given);
        all.put("sourceType", type);
        all.put("sourceLocation", location);
        return new BuildRequest(all);
    }

    StartBuildRequest.Builder toStartBuild() {
        return BuildOptions.ALL.write(given, StartBuildRequest.builder());
    }
}
