package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.StackXml;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Capabilities;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ParameterSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ResourceSpec;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/** Operations on templates alone. */
final class TemplateOperations {

    private TemplateOperations() {}

    static void addTo(CloudFormationApi api) {
        api.operation("ValidateTemplate", TemplateOperations::validate)
                .operation("GetTemplateSummary", TemplateOperations::summary)
                .operation("GetTemplate", TemplateOperations::get);
    }

    private static Template template(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        try {
            return Requests.template(cloudFormation.stacks(), null, input);
        } catch (TemplateError e) {
            throw Refusal.validation(e.getMessage());
        }
    }

    private static Xml.Content validate(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Template template = template(cloudFormation, input);
        return xml -> {
            StackXml.list(xml, "Parameters", template.parameters().values(), (spec, member) -> parameter(spec, member));
            xml.text("Description", template.description());
            needed(template, xml);
        };
    }

    private static void parameter(ParameterSpec spec, Xml xml) throws XMLStreamException {
        xml.text("ParameterKey", spec.name())
                .text("DefaultValue", spec.defaultValue())
                .text("NoEcho", spec.noEcho())
                .text("Description", spec.description());
    }

    private static void needed(Template template, Xml xml) throws XMLStreamException {
        Capabilities capabilities = new Capabilities(template);
        if (!capabilities.needed().isEmpty()) {
            StackXml.texts(xml, "Capabilities", capabilities.needed());
            xml.text("CapabilitiesReason", capabilities.reason());
        }
        if (!template.transforms().isEmpty()) {
            StackXml.texts(xml, "DeclaredTransforms", template.transforms());
        }
    }

    private static Xml.Content summary(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Template template = input.text("StackSetName") != null
                ? StackSetOperations.set(cloudFormation, input).settings().template()
                : input.text("StackName") != null
                        ? existing(cloudFormation.stack(input))
                        : template(cloudFormation, input);
        return xml -> {
            StackXml.list(xml, "Parameters", template.parameters().values(), (spec, member) -> {
                parameter(spec, member);
                member.text("ParameterType", spec.type());
                member.element("ParameterConstraints", constraints -> {
                    if (!spec.allowedValues().isEmpty()) {
                        StackXml.texts(constraints, "AllowedValues", spec.allowedValues());
                    }
                });
            });
            xml.text("Description", template.description());
            needed(template, xml);
            Map<String, List<String>> byType = new LinkedHashMap<>();
            for (ResourceSpec spec : template.resources().values()) {
                byType.computeIfAbsent(spec.type(), type -> new ArrayList<>()).add(spec.logicalId());
            }
            StackXml.texts(xml, "ResourceTypes", new TreeSet<>(byType.keySet()));
            xml.text("Version", template.version()).text("Metadata", template.metadata());
            StackXml.list(xml, "ResourceIdentifierSummaries", byType.entrySet(), (type, member) -> {
                member.text("ResourceType", type.getKey());
                StackXml.texts(member, "LogicalResourceIds", type.getValue());
                String last = type.getKey().substring(type.getKey().lastIndexOf(':') + 1);
                StackXml.texts(member, "ResourceIdentifiers", List.of(last + (last.endsWith("Name") ? "" : "Name")));
            });
        };
    }

    private static Template existing(Stack stack) throws AwsError {
        if (stack.template() == null) {
            throw Refusal.validation("Stack " + stack.id() + " has no template yet: it is in REVIEW_IN_PROGRESS");
        }
        return stack.template();
    }

    private static Xml.Content get(CloudFormation cloudFormation, QueryInput input) throws AwsError {
        Template template = input.text("ChangeSetName") != null
                ? ChangeSetOperations.changeSet(cloudFormation, input)
                        .settings()
                        .template()
                : existing(cloudFormation.stack(input));
        return xml -> {
            xml.text("TemplateBody", template.body());
            StackXml.texts(xml, "StagesAvailable", List.of("Original", "Processed"));
        };
    }
}
