package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import javax.xml.stream.XMLStreamException;

/** Change sets as responses have them. */
final class ChangeSetShapes {

    private ChangeSetShapes() {}

    /**
     * Change.
     *
     * @param values whether with the values of properties
     */
    static void change(Xml member, ResourceChange change, int hooks, boolean values) throws XMLStreamException {
        member.text("Type", "Resource");
        if (hooks > 0) {
            member.text("HookInvocationCount", hooks);
        }
        member.element("ResourceChange", xml -> {
            xml.text("PolicyAction", change.policyAction())
                    .text("Action", change.action())
                    .text("LogicalResourceId", change.logicalId())
                    .text("PhysicalResourceId", change.physicalId())
                    .text("ResourceType", change.type())
                    .text("Replacement", change.replacement());
            xml.element("Scope", scope -> {
                for (String one : change.scope()) {
                    scope.text("member", one);
                }
            });
            xml.element("Details", details -> {
                for (ChangeDetail detail : change.details()) {
                    details.element("member", one -> detail(one, detail, values));
                }
            });
            xml.text("ChangeSetId", change.changeSetId());
            if (values) {
                xml.text("BeforeContext", change.before()).text("AfterContext", change.after());
            }
        });
    }

    private static void detail(Xml xml, ChangeDetail detail, boolean values) throws XMLStreamException {
        xml.element("Target", target -> {
            target.text("Attribute", detail.attribute())
                    .text("Name", detail.name())
                    .text("RequiresRecreation", detail.recreation());
            if (values && detail.name() != null) {
                target.text("Path", "/Properties/" + detail.name())
                        .text("BeforeValue", detail.before())
                        .text("AfterValue", detail.after())
                        .text("AttributeChangeType", detail.kind());
            }
        });
        xml.text("Evaluation", detail.evaluation())
                .text("ChangeSource", detail.source())
                .text("CausingEntity", detail.cause());
    }
}
