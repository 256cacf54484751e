package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a report group puts the files that its reports were made of (S3ReportExportConfig). Which keys they get is not published, so that
 * there is a layout for each that they may have.
 *
 * @param path in the bucket; empty for none
 * @param zipped whether the files are packed (packaging ZIP)
 */
public record RawExport(String bucket, String path, boolean zipped, Layout layout) {

    /** How keys may be made. */
    public enum Layout {
        /** The path, the report's id, the file. */
        ID,
        /** The path, the group's name, the report's id, the file. */
        GROUP_AND_ID,
        /** The path, the group's name, something else, the file's name with the report's id in it. */
        ID_AT_THE_END,
        /** The report itself says a path with its id in it. */
        TOLD,
        /** The path, the file: which report it is of, nobody can tell. */
        WITHOUT_ID
    }

    private String folder(String group, String id) {
        String base = path.isEmpty() ? "" : path.replaceAll("^/|/$", "") + "/";
        return switch (layout) {
            case ID, TOLD -> base + id;
            case GROUP_AND_ID -> base + group + "/" + id;
            case ID_AT_THE_END -> base + group + "/raw/" + id;
            case WITHOUT_ID -> base + group;
        };
    }

    void put(S3 s3, String arn, Map<String, String> files) {
        String id = arn.substring(arn.lastIndexOf(':') + 1);
        String folder = folder(arn.substring(arn.indexOf('/') + 1, arn.lastIndexOf(':')), id);
        if (zipped) {
            s3.put(bucket, folder + ".zip", Archive.zip(files));
        } else {
            char between = layout == Layout.ID_AT_THE_END ? '-' : '/';
            files.forEach((name, content) ->
                    s3.put(bucket, folder + between + name, content.getBytes(StandardCharsets.UTF_8)));
        }
    }

    ObjectNode toJson(String arn) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("exportConfigType", "S3");
        String id = arn.substring(arn.lastIndexOf(':') + 1);
        node.putObject("s3Destination")
                .put("bucket", bucket)
                .put("path", layout == Layout.TOLD ? folder("", id) : path)
                .put("packaging", zipped ? "ZIP" : "NONE")
                .put("encryptionDisabled", false);
        return node;
    }
}
