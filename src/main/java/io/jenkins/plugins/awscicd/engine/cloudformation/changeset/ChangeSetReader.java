package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.PropertyChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
    static final int DEEPEST = 20;

    /** As AWS itself shows the values of parameters with NoEcho. */
    static final String HIDDEN = "****";

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
     * @param guarded whether it is to be found out as well what goes with nested stacks that are deleted
     */
    @NonNull
    public ChangeSetContent read(@NonNull String id, @NonNull Set<String> noEcho, boolean guarded) {
        List<ResourceChange> changes = new ArrayList<>();
        Set<Touched> touched = new LinkedHashSet<>();
        read(id, "", 0, noEcho, guarded, changes, touched);
        return new ChangeSetContent(changes, List.copyOf(touched));
    }

    private void read(
            String id,
            String path,
            int depth,
            Set<String> noEcho,
            boolean guarded,
            List<ResourceChange> changes,
            Set<Touched> touched) {
        Set<String> hidden = new HashSet<>(noEcho);
        Map<String, software.amazon.awssdk.services.cloudformation.model.ResourceChange> values = new HashMap<>();
        described(id, true, hidden).changes().forEach(change -> values.put(change.logicalResourceId(), change));
        Described described = described(id, false, hidden);
        TouchedResources resources = new TouchedResources(described.stack(), path);
        for (software.amazon.awssdk.services.cloudformation.model.ResourceChange change : described.changes()) {
            String logicalId = change.logicalResourceId();
            var valued = values.getOrDefault(logicalId, change);
            changes.add(change(path + logicalId, change, valued, hidden));
            resources.add(valued);
            if (!TouchedResources.NESTED.equals(change.resourceType())) {
                continue;
            }
            String inner = path + logicalId + "/";
            boolean removes = "Remove".equals(change.actionAsString());
            if (change.changeSetId() != null && depth < DEEPEST) {
                read(change.changeSetId(), inner, depth + 1, Set.of(), guarded, changes, touched);
            } else if (removes && guarded && change.physicalResourceId() != null) {
                touched.addAll(TouchedResources.of(session, change.physicalResourceId(), inner, depth + 1));
            } else if (change.changeSetId() != null
                    || !removes && !described.nested() && !"Import".equals(change.actionAsString())) {
                resources.addNotShown(logicalId);
            }
        }
        touched.addAll(resources.all());
    }

    private static ResourceChange change(
            String logicalId,
            software.amazon.awssdk.services.cloudformation.model.ResourceChange change,
            software.amazon.awssdk.services.cloudformation.model.ResourceChange valued,
            Set<String> hidden) {
        return new ResourceChange(
                ChangeSet.orEmpty(change.actionAsString()),
                logicalId,
                ChangeSet.orEmpty(change.physicalResourceId()),
                ChangeSet.orEmpty(change.resourceType()),
                ChangeSet.orEmpty(change.replacementAsString()),
                ChangeSet.orEmpty(change.policyActionAsString()),
                String.join(", ", change.scopeAsStrings()),
                properties(valued.details().isEmpty() ? change.details() : valued.details(), hidden));
    }

    /**
     * @param stack its name
     * @param nested whether what nested stacks change is shown
     */
    private record Described(
            String stack,
            boolean nested,
            List<software.amazon.awssdk.services.cloudformation.model.ResourceChange> changes) {}

    private Described described(String id, boolean values, Set<String> hidden) {
        List<software.amazon.awssdk.services.cloudformation.model.ResourceChange> changes = new ArrayList<>();
        String next = null;
        DescribeChangeSetResponse page;
        do {
            String token = next;
            page = CloudFormationService.client(session)
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
        return new Described(
                ChangeSet.orEmpty(page.stackName()), Boolean.TRUE.equals(page.includeNestedStacks()), changes);
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
