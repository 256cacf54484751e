package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;

/**
 * Where a build's log is ("LogsLocation" in the CodeBuild API reference). Until a build is provisioned AWS names the group and the
 * stream "null" in the ARN and leaves out their own members.
 */
public final class LogLocation {

    private final Place place;
    private final JsonNode config;
    private final String group;
    private final String stream;
    private final String uuid;

    LogLocation(Place place, BuildSettings settings, String uuid) {
        this.place = place;
        this.uuid = uuid;
        config = settings.logs();
        JsonNode cloudWatch = config.path("cloudWatchLogs");
        group = cloudWatch.path("groupName").asText("/aws/codebuild/" + settings.projectName());
        stream = cloudWatch.has("streamName") ? cloudWatch.get("streamName").asText() + "/" + uuid : uuid;
    }

    public String group() {
        return group;
    }

    public String stream() {
        return stream;
    }

    boolean cloudWatch() {
        return !config.path("cloudWatchLogs").path("status").asText().equals("DISABLED");
    }

    /** Bucket and key of the log in S3; {@code null} when there is none. */
    String s3() {
        JsonNode s3 = config.path("s3Logs");
        return s3.path("status").asText().equals("ENABLED")
                ? s3.path("location").asText() + "/" + uuid + ".gz"
                : null;
    }

    ObjectNode toJson(boolean provisioned) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (cloudWatch()) {
            String shownGroup = provisioned ? group : "null";
            String shownStream = provisioned ? stream : "null";
            if (provisioned) {
                node.put("groupName", group).put("streamName", stream);
            }
            node.put(
                    "deepLink",
                    "https://console.aws.amazon.com/cloudwatch/home?region=" + place.region()
                            + "#logsV2:log-groups/log-group/" + escaped(shownGroup) + "/log-events/"
                            + escaped(shownStream));
            node.put("cloudWatchLogsArn", place.arn("logs", "log-group:" + shownGroup + ":log-stream:" + shownStream));
        }
        if (s3() != null && provisioned) {
            int slash = s3().indexOf('/');
            node.put(
                    "s3DeepLink",
                    "https://s3.console.aws.amazon.com/s3/object/" + s3().substring(0, slash) + "?region="
                            + place.region() + "&prefix=" + s3().substring(slash + 1));
            node.put("s3LogsArn", "arn:" + place.partition() + ":s3:::" + s3());
        }
        node.set("cloudWatchLogs", with(config.path("cloudWatchLogs"), "ENABLED"));
        node.set("s3Logs", with(config.path("s3Logs"), "DISABLED"));
        return node;
    }

    private static ObjectNode with(JsonNode set, String status) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("status", status);
        if (set instanceof ObjectNode object) {
            node.setAll(object);
        }
        return node;
    }

    /** The console's own escape of a slash within its fragment. */
    private static String escaped(String name) {
        return name.replace("/", "$252F");
    }
}
