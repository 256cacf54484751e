package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.PropertyChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;

/**
 * Reads change sets. What one changes is asked for twice, as with the values of properties AWS leaves out changes, and why it made none.
 * The methods block: they are run by a lane.
 */
public final class ChangeSetReader {

    public static final String ACTION = "cloudformation:DescribeChangeSet";

    /** Of nested stacks in each other: CloudFormation has no such limit, but an answer that leads in a circle is none of it. */
    private static final int DEEPEST = 20;

    private final AwsSession session;

    public ChangeSetReader(@NonNull AwsSession session) {
        this.session = session;
    }

    /**
     * A change set as it is now; empty if there is none.
     *
     * @param stack the stack's name; null if the change set is named by its ARN
     */
    @NonNull
    public Optional<ChangeSet> find(@NonNull String nameOrId, @CheckForNull String stack) {
        try {
            return Optional.of(ChangeSet.of(CloudFormationService.client(session)
                    .describeChangeSet(it -> it.changeSetName(nameOrId).stackName(stack))));
        } catch (ChangeSetNotFoundException e) {
            return Optional.empty();
        } catch (CloudFormationException e) {
            // So it says where there is no stack of that name.
            if (String.valueOf(e.getMessage()).contains("does not exist")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What it changes, those of nested stacks behind the nested stack itself. */
    @NonNull
    public List<ResourceChange> changes(@NonNull String id) {
        return changes(id, "", 0);
    }

    private List<ResourceChange> changes(String id, String path, int depth) {
        Map<String, List<ResourceChangeDetail>> values = new HashMap<>();
        for (software.amazon.awssdk.services.cloudformation.model.ResourceChange change : pages(id, true)) {
            values.put(change.logicalResourceId(), change.details());
        }
        List<ResourceChange> changes = new ArrayList<>();
        for (software.amazon.awssdk.services.cloudformation.model.ResourceChange change : pages(id, false)) {
            List<ResourceChangeDetail> details = values.getOrDefault(change.logicalResourceId(), change.details());
            changes.add(new ResourceChange(
                    ChangeSet.orEmpty(change.actionAsString()),
                    path + change.logicalResourceId(),
                    ChangeSet.orEmpty(change.physicalResourceId()),
                    ChangeSet.orEmpty(change.resourceType()),
                    ChangeSet.orEmpty(change.replacementAsString()),
                    ChangeSet.orEmpty(change.policyActionAsString()),
                    String.join(", ", change.scopeAsStrings()),
                    properties(details.isEmpty() ? change.details() : details)));
            if (change.changeSetId() != null && depth < DEEPEST) {
                changes.addAll(changes(change.changeSetId(), path + change.logicalResourceId() + "/", depth + 1));
            }
        }
        return changes;
    }

    private List<software.amazon.awssdk.services.cloudformation.model.ResourceChange> pages(String id, boolean values) {
        List<software.amazon.awssdk.services.cloudformation.model.ResourceChange> changes = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            DescribeChangeSetResponse page = CloudFormationService.client(session)
                    .describeChangeSet(it -> it.changeSetName(id)
                            .includePropertyValues(values ? Boolean.TRUE : null)
                            .nextToken(token));
            page.changes().forEach(change -> {
                if (change.resourceChange() != null) {
                    changes.add(change.resourceChange());
                }
            });
            next = page.nextToken();
        } while (next != null);
        return changes;
    }

    /** AWS names a property once for each thing that its change comes from. */
    private static List<PropertyChange> properties(List<ResourceChangeDetail> details) {
        Map<String, PropertyChange> byName = new LinkedHashMap<>();
        for (ResourceChangeDetail detail : details) {
            ResourceTargetDefinition target = detail.target();
            if (target == null) {
                continue;
            }
            PropertyChange change = new PropertyChange(
                    name(target),
                    target.beforeValue(),
                    target.afterValue(),
                    ChangeSet.orEmpty(target.requiresRecreationAsString()),
                    cause(detail));
            byName.merge(change.getName(), change, ChangeSetReader::more);
        }
        return List.copyOf(byName.values());
    }

    private static PropertyChange more(PropertyChange one, PropertyChange other) {
        String recreation = one.getRecreation().equals("Always") ? one.getRecreation() : other.getRecreation();
        return new PropertyChange(
                one.getName(),
                one.getBefore() == null ? other.getBefore() : one.getBefore(),
                one.getAfter() == null ? other.getAfter() : one.getAfter(),
                recreation,
                one.getCause().isEmpty() ? other.getCause() : one.getCause());
    }

    private static String name(ResourceTargetDefinition target) {
        String path = target.path();
        if (path != null && !path.isEmpty()) {
            return path.replaceFirst("^/", "").replaceFirst("^Properties/", "");
        }
        return target.name() == null ? ChangeSet.orEmpty(target.attributeAsString()) : target.name();
    }

    private static String cause(ResourceChangeDetail detail) {
        String source = ChangeSet.orEmpty(detail.changeSourceAsString());
        return source.equals("DirectModification") || detail.causingEntity() == null
                ? ""
                : source.equals("ParameterReference") ? "parameter " + detail.causingEntity() : detail.causingEntity();
    }
}
