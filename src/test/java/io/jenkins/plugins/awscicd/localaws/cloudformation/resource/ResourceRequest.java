package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import java.util.Locale;

/**
 * What CloudFormation asks of a resource type.
 *
 * @param physicalId of what is to be changed or deleted; {@code null} when it is to be made
 * @param properties with all functions carried out
 */
public record ResourceRequest(
        Place place,
        Chance chance,
        String stackName,
        String logicalId,
        String type,
        String physicalId,
        ObjectNode properties) {

    /** A property that is a text; {@code null} if it is not set. */
    public String text(String property) {
        return properties.path(property).textValue();
    }

    /** The name that a property gives, or one made up as CloudFormation does: of stack, logical id and chance. */
    public String name(String property, int longest) {
        String given = text(property);
        if (given != null) {
            return given;
        }
        String end = "-" + chance.upper("", 12);
        String start = stackName + "-" + logicalId;
        return start.substring(0, Math.min(start.length(), longest - end.length())) + end;
    }

    /** The same in lower case. */
    public String lowerName(String property, int longest) {
        return text(property) != null ? text(property) : name(property, longest).toLowerCase(Locale.ROOT);
    }
}
