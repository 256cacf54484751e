package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** An application with its versions and saved configurations. */
final class Application {

    private final String arn;
    private final String name;
    private final Instant created;
    private final Map<String, Version> versions = new LinkedHashMap<>();
    private final Map<String, Template> templates = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Version sample;
    private String description;
    private Instant updated;
    private Lifecycle lifecycle = Lifecycle.NONE;

    Application(String arn, String name, Instant now) {
        this.arn = arn;
        this.name = name;
        created = now;
        updated = now;
        sample = new Version(arn, name, "Sample Application", null, null, Version.Status.PROCESSED, now);
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    Map<String, String> tags() {
        return tags;
    }

    void describe(String text, Instant now) {
        description = text;
        updated = now;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    void lifecycle(Lifecycle value, Instant now) {
        lifecycle = value;
        updated = now;
    }

    /** What an environment runs that was told nothing else. It is not listed. */
    Version sample() {
        return sample;
    }

    Optional<Version> find(String label) {
        return label.equals(sample.label()) ? Optional.of(sample) : Optional.ofNullable(versions.get(label));
    }

    Version version(String label) throws AwsError {
        return find(label).orElseThrow(() -> Refusal.noVersion(label));
    }

    void add(Version version) {
        versions.put(version.label(), version);
    }

    void removeVersion(String label) {
        versions.remove(label);
    }

    List<Version> versionsNewestFirst() {
        List<Version> all = new ArrayList<>(versions.values());
        Collections.reverse(all);
        return all;
    }

    /** Saved configurations by name. */
    Map<String, Template> templates() {
        return templates;
    }

    Template template(String template) throws AwsError {
        Template found = templates.get(template);
        if (found == null) {
            throw Refusal.value("No Configuration Template named '" + name + "/" + template + "' found.");
        }
        return found;
    }

    /** ApplicationDescription. */
    void writeTo(Xml xml) throws XMLStreamException {
        xml.text("ApplicationArn", arn)
                .text("ApplicationName", name)
                .text("Description", description)
                .text("DateCreated", Shapes.time(created))
                .text("DateUpdated", Shapes.time(updated));
        Shapes.texts(
                xml,
                "Versions",
                versionsNewestFirst().stream().map(Version::label).toList());
        Shapes.texts(xml, "ConfigurationTemplates", templates.keySet());
        lifecycle.writeTo(xml);
    }
}
