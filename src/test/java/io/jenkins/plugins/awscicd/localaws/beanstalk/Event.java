package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import javax.xml.stream.XMLStreamException;

/**
 * An EventDescription of the API.
 *
 * @param environmentName {@code null} when it has to do with no environment, as are the other members that may be missing
 * @param environmentId which the API takes as a filter, but does not tell
 * @param requestId of the request that was the cause
 */
public record Event(
        Instant date,
        String applicationName,
        String environmentName,
        String environmentId,
        String versionLabel,
        String templateName,
        String requestId,
        Severity severity,
        String message) {

    void writeTo(Xml xml) throws XMLStreamException {
        xml.text("EventDate", Shapes.time(date))
                .text("Message", message)
                .text("ApplicationName", applicationName)
                .text("VersionLabel", versionLabel)
                .text("TemplateName", templateName)
                .text("EnvironmentName", environmentName)
                .text("RequestId", requestId)
                .text("Severity", severity);
    }
}
