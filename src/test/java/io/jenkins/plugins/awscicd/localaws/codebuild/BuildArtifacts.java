package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The BuildArtifacts structure of a build, made from its project's ProjectArtifacts. */
final class BuildArtifacts {

    /**
     * What was uploaded.
     *
     * @param sha256sum hexadecimal; {@code null} for artifacts that are not packed into a ZIP
     * @param md5sum hexadecimal; {@code null} likewise
     */
    record Uploaded(String location, String sha256sum, String md5sum) {

        void describe(ObjectNode artifacts) {
            artifacts.put("location", location);
            if (sha256sum != null) {
                artifacts.put("sha256sum", sha256sum).put("md5sum", md5sum);
            }
        }
    }

    private BuildArtifacts() {}

    /** As it is before anything was uploaded. */
    static ObjectNode initial(JsonNode project, BuildSettings settings, String buildId) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (project.path("type").asText().equals("S3")) {
            String name = project.path("name").asText(settings.projectName());
            node.put("location", arn(project, key(project, name, buildId)));
        } else if (project.path("type").asText().equals("NO_ARTIFACTS")) {
            node.put("location", "");
        }
        for (String member :
                List.of("overrideArtifactName", "encryptionDisabled", "artifactIdentifier", "bucketOwnerAccess")) {
            if (project.hasNonNull(member)) {
                node.set(member, project.get(member));
            }
        }
        return node;
    }

    /** The key within the bucket: path, build id if asked for, name ("ProjectArtifacts" in the API reference). */
    static String key(JsonNode project, String name, String buildId) {
        StringBuilder key = new StringBuilder();
        String path = project.path("path").asText("");
        if (!path.isEmpty()) {
            key.append(path.replaceAll("^/+|/+$", "")).append('/');
        }
        if (project.path("namespaceType").asText().equals("BUILD_ID")) {
            key.append(buildId.substring(buildId.indexOf(':') + 1)).append('/');
        }
        return key.append(name.equals("/") ? "" : name.replaceAll("^/+", "")).toString();
    }

    static String arn(JsonNode project, String key) {
        return "arn:aws:s3:::" + project.path("location").asText() + "/" + key;
    }
}
