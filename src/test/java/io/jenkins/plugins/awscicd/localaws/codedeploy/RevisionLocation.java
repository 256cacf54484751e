package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Checks where a request says that a revision is (RevisionLocation of the API). */
final class RevisionLocation {

    private static final Set<String> ARCHIVES = Set.of("zip", "tar", "tgz");
    private static final Set<String> APPSPECS = Set.of("YAML", "JSON");

    private RevisionLocation() {}

    /** The input's member {@code revision}. */
    static ObjectNode of(Input input, String platform) throws AwsError {
        if (!(input.get("revision") instanceof ObjectNode revision) || revision.isEmpty()) {
            throw AwsError.badRequest("RevisionRequiredException", "The revision was not specified.");
        }
        check(revision, platform);
        return revision;
    }

    private static void check(ObjectNode revision, String platform) throws AwsError {
        boolean server = platform.equals("Server");
        String type = revision.path("revisionType").asText();
        switch (type) {
            case "S3" -> {
                JsonNode location = part(revision, "s3Location");
                text(location, "bucket");
                text(location, "key");
                String bundle = text(location, "bundleType");
                if (!(server ? ARCHIVES : APPSPECS).contains(bundle)) {
                    throw invalid(
                            "The bundle type " + bundle + " is not supported for the compute platform " + platform);
                }
            }
            case "GitHub" -> {
                JsonNode location = part(revision, "gitHubLocation");
                if (!text(location, "repository").matches("[^/\\s]+/[^/\\s]+")) {
                    throw invalid("A GitHub repository is named by its account and its name: account/repository");
                }
                text(location, "commitId");
                server(type, server, true);
            }
            case "AppSpecContent", "String" -> {
                JsonNode location = part(revision, type.equals("String") ? "string" : "appSpecContent");
                server(type, server, false);
                String content = text(location, "content");
                String sha256 = location.path("sha256").asText("");
                if (!sha256.isEmpty() && !sha256.toLowerCase(Locale.ROOT).equals(sha256(content))) {
                    throw invalid("The SHA256 hash value does not match the content of the AppSpec file");
                }
            }
            default -> throw invalid("The revision type is not one of S3, GitHub, String, AppSpecContent: " + type);
        }
    }

    private static void server(String type, boolean server, boolean wanted) throws AwsError {
        if (server != wanted) {
            throw invalid("The revision type " + type + " is not supported for this compute platform");
        }
    }

    private static JsonNode part(ObjectNode revision, String member) throws AwsError {
        JsonNode part = revision.path(member);
        if (!part.isObject()) {
            throw invalid("The revision must have exactly one location, and it must match its type: " + member
                    + " is missing");
        }
        return part;
    }

    private static String text(JsonNode location, String member) throws AwsError {
        String text = location.path(member).asText("");
        if (text.isEmpty()) {
            throw invalid("The revision location does not say its " + member);
        }
        return text;
    }

    private static AwsError invalid(String message) {
        return AwsError.badRequest("InvalidRevisionException", message);
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
