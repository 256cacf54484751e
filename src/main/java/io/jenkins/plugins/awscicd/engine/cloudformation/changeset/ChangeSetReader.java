package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.PropertyChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** As AWS itself shows the values of parameters with NoEcho. */
    private static final String HIDDEN = "****";

    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|token");

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

    /**
     * What it changes, those of nested stacks behind the nested stack itself. Values that may be secrets are hidden.
     *
     * @param noEcho the names of parameters whose values are not to be shown, besides those that AWS itself hides
     */
    @NonNull
    public List<ResourceChange> changes(@NonNull String id, @NonNull Set<String> noEcho) {
        return changes(id, "", 0, noEcho);
    }

    private List<ResourceChange> changes(String id, String path, int depth, Set<String> noEcho) {
        Set<String> hidden = new HashSet<>(noEcho);
        Map<String, List<ResourceChangeDetail>> values = new HashMap<>();
        for (software.amazon.awssdk.services.cloudformation.model.ResourceChange change : pages(id, true, hidden)) {
            values.put(change.logicalResourceId(), change.details());
        }
        List<ResourceChange> changes = new ArrayList<>();
        for (software.amazon.awssdk.services.cloudformation.model.ResourceChange change : pages(id, false, hidden)) {
            List<ResourceChangeDetail> details = values.getOrDefault(change.logicalResourceId(), change.details());
            changes.add(new ResourceChange(
                    ChangeSet.orEmpty(change.actionAsString()),
                    path + change.logicalResourceId(),
                    ChangeSet.orEmpty(change.physicalResourceId()),
                    ChangeSet.orEmpty(change.resourceType()),
                    ChangeSet.orEmpty(change.replacementAsString()),
                    ChangeSet.orEmpty(change.policyActionAsString()),
                    String.join(", ", change.scopeAsStrings()),
                    properties(details.isEmpty() ? change.details() : details, hidden)));
            if (change.changeSetId() != null && depth < DEEPEST) {
                changes.addAll(
                        changes(change.changeSetId(), path + change.logicalResourceId() + "/", depth + 1, Set.of()));
            }
        }
        return changes;
    }

    private List<software.amazon.awssdk.services.cloudformation.model.ResourceChange> pages(
            String id, boolean values, Set<String> hidden) {
        List<software.amazon.awssdk.services.cloudformation.model.ResourceChange> changes = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            DescribeChangeSetResponse page = CloudFormationService.client(session)
                    .describeChangeSet(it -> it.changeSetName(id)
                            .includePropertyValues(values ? Boolean.TRUE : null)
                            .nextToken(token));
            page.parameters().stream()
                    .filter(parameter -> HIDDEN.equals(parameter.parameterValue()))
                    .forEach(parameter -> hidden.add(parameter.parameterKey()));
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
    static List<PropertyChange> properties(List<ResourceChangeDetail> details, Set<String> hidden) {
        Set<String> secret = details.stream()
                .filter(detail -> detail.target() != null && isSecret(detail, hidden))
                .map(detail -> name(detail.target()))
                .collect(Collectors.toSet());
        Map<String, PropertyChange> byName = new LinkedHashMap<>();
        for (ResourceChangeDetail detail : details) {
            ResourceTargetDefinition target = detail.target();
            if (target == null) {
                continue;
            }
            PropertyChange change = new PropertyChange(
                    name(target),
                    secret.contains(name(target)) ? hide(target.beforeValue()) : target.beforeValue(),
                    secret.contains(name(target)) ? hide(target.afterValue()) : target.afterValue(),
                    ChangeSet.orEmpty(target.requiresRecreationAsString()),
                    cause(detail));
            byName.merge(change.getName(), change, ChangeSetReader::more);
        }
        return List.copyOf(byName.values());
    }

    private static boolean isSecret(ResourceChangeDetail detail, Set<String> hidden) {
        String cause = ChangeSet.orEmpty(detail.causingEntity());
        return hidden.contains(cause) || namesSecret(name(detail.target()));
    }

    /** Whether the values of a property with this path may be secrets. */
    public static boolean namesSecret(@NonNull String path) {
        return SECRET.matcher(path).find();
    }

    @CheckForNull
    private static String hide(@CheckForNull String value) {
        return value == null ? null : HIDDEN;
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
