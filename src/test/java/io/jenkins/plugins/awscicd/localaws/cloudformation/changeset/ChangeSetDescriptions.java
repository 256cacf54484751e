package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Hooks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;

/** What DescribeChangeSet, DescribeChangeSetHooks and ListChangeSets show of a change set. */
public final class ChangeSetDescriptions {

    private final Stacks stacks;
    private final ChangeSet changeSet;
    private final boolean values;

    /** @param values whether with the values of properties */
    public ChangeSetDescriptions(Stacks stacks, ChangeSet changeSet, boolean values) {
        this.stacks = stacks;
        this.changeSet = changeSet;
        this.values = values;
    }

    /** Of the changes that are shown. */
    public List<Integer> indexes() {
        boolean loses = values && stacks.speaks(Dialect.VALUES_LOSE_CHANGES);
        int shown = changeSet.changes().size();
        return IntStream.range(0, loses ? shown / 2 : shown).boxed().toList();
    }

    public void writeTo(Xml xml, List<Integer> page) throws XMLStreamException {
        boolean reason = !values || !stacks.speaks(Dialect.VALUES_WITHOUT_REASON);
        common(xml, reason);
        StackXml.settings(xml, changeSet.settings());
        xml.text("OnStackFailure", changeSet.onStackFailure());
        StackXml.list(xml, "Changes", page, (index, member) -> {
            ResourceChange change = changeSet.changes().get(index);
            ChangeSetShapes.change(
                    member, change, stacks.hooks().of(change.type()).size(), values);
        });
    }

    private void common(Xml xml, boolean reason) throws XMLStreamException {
        xml.text("ChangeSetName", changeSet.name())
                .text("ChangeSetId", changeSet.id())
                .text("StackId", changeSet.stack().id())
                .text("StackName", changeSet.stack().name())
                .text("Description", changeSet.request().description())
                .text("CreationTime", StackXml.time(changeSet.created()))
                .text("ExecutionStatus", changeSet.execution())
                .text("Status", changeSet.status())
                .text("StatusReason", reason ? changeSet.reason() : null)
                .text("IncludeNestedStacks", changeSet.request().includesNested())
                .text(
                        "ParentChangeSetId",
                        changeSet.isNested() ? changeSet.parent().id() : null)
                .text("RootChangeSetId", changeSet.isNested() ? changeSet.root().id() : null)
                .text("ImportExistingResources", changeSet.request().importsExisting());
    }

    /** ChangeSetSummary. */
    public void writeSummary(Xml xml) throws XMLStreamException {
        common(xml, true);
    }

    /** @param logicalId the only resource to show; {@code null} for all */
    public void writeHooks(Xml xml, String logicalId) throws XMLStreamException {
        xml.text("ChangeSetId", changeSet.id()).text("ChangeSetName", changeSet.name());
        xml.element("Hooks", list -> {
            for (ResourceChange change : changeSet.changes()) {
                if (logicalId == null || logicalId.equals(change.logicalId())) {
                    for (Hooks.Hook hook : stacks.hooks().of(change.type())) {
                        list.element("member", member -> hook(member, hook, change));
                    }
                }
            }
        });
        xml.text("Status", "PLANNED")
                .text("StackId", changeSet.stack().id())
                .text("StackName", changeSet.stack().name());
    }

    private static void hook(Xml xml, Hooks.Hook hook, ResourceChange change) throws XMLStreamException {
        xml.text("InvocationPoint", "PRE_PROVISION")
                .text("FailureMode", hook.failureMode())
                .text("TypeName", hook.name())
                .text("TypeVersionId", "00000001");
        xml.element(
                "TargetDetails",
                details -> details.text("TargetType", "RESOURCE")
                        .element(
                                "ResourceTargetDetails",
                                target -> target.text("LogicalResourceId", change.logicalId())
                                        .text("ResourceType", change.type())
                                        .text("ResourceAction", change.action())));
    }
}
