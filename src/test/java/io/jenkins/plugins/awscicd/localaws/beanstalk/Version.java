package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** An application version. */
final class Version {

    /** In the words of the wire, which are not those of the API reference. */
    enum Status {
        UNPROCESSED,
        PROCESSING,
        PROCESSED,
        FAILED
    }

    private final String arn;
    private final String applicationName;
    private final String label;
    private final String bucket;
    private final String key;
    private final Instant created;
    private final Map<String, String> tags = new TreeMap<>();
    private String description;
    private Instant updated;
    private Status status;

    /** @param bucket of its source bundle; {@code null} for the sample application */
    Version(String arn, String applicationName, String label, String bucket, String key, Status status, Instant now) {
        this.arn = arn;
        this.applicationName = applicationName;
        this.label = label;
        this.bucket = bucket;
        this.key = key;
        this.status = status;
        created = now;
        updated = now;
    }

    String arn() {
        return arn;
    }

    String label() {
        return label;
    }

    /** {@code null} for the sample application. */
    String bucket() {
        return bucket;
    }

    String key() {
        return key;
    }

    Instant created() {
        return created;
    }

    Status status() {
        return status;
    }

    Map<String, String> tags() {
        return tags;
    }

    void become(Status next, Instant now) {
        status = next;
        updated = now;
    }

    void describe(String text, Instant now) {
        description = text;
        updated = now;
    }

    /** ApplicationVersionDescription. */
    void writeTo(Xml xml) throws XMLStreamException {
        xml.text("ApplicationVersionArn", arn)
                .text("ApplicationName", applicationName)
                .text("Description", description)
                .text("VersionLabel", label);
        if (bucket != null) {
            xml.element(
                    "SourceBundle", bundle -> bundle.text("S3Bucket", bucket).text("S3Key", key));
        }
        xml.text("DateCreated", Shapes.time(created))
                .text("DateUpdated", Shapes.time(updated))
                .text("Status", status);
    }
}
