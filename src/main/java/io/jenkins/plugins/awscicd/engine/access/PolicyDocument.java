package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Json;
import java.util.List;
import java.util.stream.Collectors;

/**
 * <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">IAM policies</a>, as JSON, written as AWS's own
 * pages write them.
 */
public final class PolicyDocument {

    /** Of the policy language; there is no newer one. */
    private static final String VERSION = "2012-10-17";

    private PolicyDocument() {}

    /** The policy of an identity that is to be allowed all of this. */
    @NonNull
    public static String of(@NonNull List<Permission> permissions) {
        return permissions.stream()
                .map(PolicyDocument::statement)
                .collect(Collectors.joining(
                        ",\n", "{\n  \"Version\": \"" + VERSION + "\",\n  \"Statement\": [\n", "\n  ]\n}"));
    }

    private static String statement(Permission permission) {
        return "    {\n      \"Sid\": " + Json.of(permission.sid())
                + ",\n      \"Effect\": \"Allow\""
                + ",\n      \"Action\": " + strings(permission.actions())
                + ",\n      \"Resource\": " + strings(permission.resources())
                + "\n    }";
    }

    private static String strings(List<String> values) {
        return values.stream().map(Json::of).collect(Collectors.joining(",\n        ", "[\n        ", "\n      ]"));
    }
}
