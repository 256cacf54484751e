package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.sf.json.JSONObject;

/**
 * A revision between a Jenkinsfile, where it is a text or a map, and a form, where it is one of several kinds with fields of its
 * own.
 */
public final class RevisionForm {

    static final String NONE = "none";
    static final String WORKSPACE = "workspace";

    private static final String S3 = "s3";
    private static final String GIT_HUB = "gitHub";
    private static final String APP_SPEC = "appSpec";
    private static final String SCHEME = "s3://";
    /** What a form says besides the fields: which of the kinds is chosen. */
    private static final String KIND = "value";

    private static final Map<String, List<String>> FIELDS = Map.of(
            S3, List.of("bucket", "key", "type", "version", "eTag"),
            GIT_HUB, List.of("repository", "commit"),
            APP_SPEC, List.of("appSpec", "sha256"));

    private final String kind;
    private final Map<String, Object> fields;

    private RevisionForm(String kind, Map<String, Object> fields) {
        this.kind = kind;
        this.fields = fields;
    }

    /** @param revision as a step has it */
    @NonNull
    static RevisionForm of(@CheckForNull Object revision) {
        if (revision instanceof Map<?, ?> map) {
            Map<String, Object> fields = new TreeMap<>();
            map.forEach((name, value) -> fields.put(String.valueOf(name), value));
            String kind = fields.containsKey("repository") || fields.containsKey("commit")
                    ? GIT_HUB
                    : fields.containsKey("appSpec") ? APP_SPEC : S3;
            return new RevisionForm(kind, fields);
        }
        if (revision == null) {
            return new RevisionForm(NONE, Map.of());
        }
        String text = revision.toString();
        if (text.equals(WORKSPACE)) {
            return new RevisionForm(WORKSPACE, Map.of());
        }
        int slash = text.indexOf('/', SCHEME.length());
        return text.startsWith(SCHEME) && slash > 0
                ? new RevisionForm(
                        S3, Map.of("bucket", text.substring(SCHEME.length(), slash), "key", text.substring(slash + 1)))
                : new RevisionForm(S3, Map.of("key", text));
    }

    /** @param revision as a form was submitted: the chosen kind, with its fields if it has any */
    @NonNull
    static RevisionForm submitted(@CheckForNull Object revision) {
        if (revision instanceof JSONObject chosen) {
            Map<String, Object> fields = new TreeMap<>();
            ((Map<?, ?>) chosen).forEach((name, value) -> {
                if (!name.equals(KIND) && !value.toString().isBlank()) {
                    fields.put(name.toString(), value);
                }
            });
            return new RevisionForm(chosen.optString(KIND, NONE), fields);
        }
        return new RevisionForm(revision == null ? NONE : revision.toString(), Map.of());
    }

    /** Which block of the form is chosen. */
    @NonNull
    public String getKind() {
        return kind;
    }

    /** What stands in that block, by field. */
    @NonNull
    public Map<String, Object> getFields() {
        return fields;
    }

    /** The arguments of the upload, which stand in the workspace's block. */
    @NonNull
    Map<String, Object> upload() {
        return kind.equals(WORKSPACE) ? fields : Map.of();
    }

    /** The argument {@code revision}; null if there is none. An object in S3 of which no more is said is an address. */
    @CheckForNull
    Object argument() {
        if (kind.equals(WORKSPACE)) {
            return WORKSPACE;
        }
        Map<String, Object> argument = new LinkedHashMap<>();
        for (String field : FIELDS.getOrDefault(kind, List.of())) {
            Object value = fields.get(field);
            if (value != null) {
                argument.put(field, value.toString());
            }
        }
        if (kind.equals(S3) && argument.keySet().equals(Set.of("key"))) {
            return argument.get("key"); // an address, or a variable that holds one
        }
        if (kind.equals(S3) && argument.keySet().equals(Set.of("bucket", "key"))) {
            return SCHEME + argument.get("bucket") + "/" + argument.get("key");
        }
        return argument.isEmpty() ? null : argument;
    }
}
