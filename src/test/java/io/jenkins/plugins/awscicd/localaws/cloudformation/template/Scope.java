package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;

/** What the names in a template stand for. */
public interface Scope {

    /** What stands for what is not known before resources are made, as change sets show it. */
    String UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}";

    /** The value of a parameter or a pseudo parameter, or the physical id of a resource. */
    JsonNode ref(String name) throws TemplateError;

    JsonNode attribute(String logicalId, String attribute) throws TemplateError;

    /** The value of an output that another stack exports. */
    String imported(String export) throws TemplateError;
}
