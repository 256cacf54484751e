package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import java.util.Map;

/**
 * A physical resource, as it was last made or changed.
 *
 * @param id {@code null} if it could not be made
 * @param properties with all functions carried out
 * @param shown the same without what must not be seen
 * @param spec the declaration it was made of
 */
public record Physical(
        String id, ObjectNode properties, ObjectNode shown, Map<String, String> attributes, ResourceSpec spec) {}
