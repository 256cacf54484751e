package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.List;
import java.util.Map;

/** What the parts of a StartBuild request cannot do without, by CodeBuild's API model. */
final class RequiredMembers {

    private static final Map<String, List<String>> OF_PARTS = Map.of(
            "artifactsOverride", List.of("type"),
            "cacheOverride", List.of("type"),
            "sourceAuthOverride", List.of("type"),
            "gitSubmodulesConfigOverride", List.of("fetchSubmodules"),
            "registryCredentialOverride", List.of("credential", "credentialProvider"),
            "logsConfigOverride/cloudWatchLogs", List.of("status"),
            "logsConfigOverride/s3Logs", List.of("status"));
    private static final Map<String, List<String>> OF_LISTS = Map.of(
            "secondaryArtifactsOverride", List.of("type"),
            "secondarySourcesOverride", List.of("type"),
            "secondarySourcesVersionOverride", List.of("sourceIdentifier", "sourceVersion"),
            "environmentVariablesOverride", List.of("name", "value"));

    private RequiredMembers() {}

    static void check(JsonNode request) throws AwsError {
        for (Map.Entry<String, List<String>> part : OF_PARTS.entrySet()) {
            JsonNode given = request.at("/" + part.getKey());
            if (given.isObject()) {
                all(given, part.getKey().replace('/', '.'), part.getValue());
            }
        }
        for (Map.Entry<String, List<String>> list : OF_LISTS.entrySet()) {
            int position = 1;
            for (JsonNode given : request.path(list.getKey())) {
                all(given, list.getKey() + "." + position++ + ".member", list.getValue());
            }
        }
    }

    private static void all(JsonNode part, String path, List<String> members) throws AwsError {
        for (String member : members) {
            if (!part.hasNonNull(member)) {
                throw Constraints.isNull(path + "." + member);
            }
        }
    }
}
