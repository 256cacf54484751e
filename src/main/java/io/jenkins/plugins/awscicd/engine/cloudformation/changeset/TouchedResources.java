package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterFile;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import io.jenkins.plugins.awscicd.engine.job.Touched.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * What of a stack's resources may be somebody's: deployment groups, environments, stacks, pipelines, projects and roles, by the names that AWS shows.
 * What is named by something that is known only later may be any.
 */
public final class TouchedResources {

    private static final String ACTION = "cloudformation:ListStackResources";

    static final String NESTED = "AWS::CloudFormation::Stack";

    /** What names one thing, in the properties of its type. */
    private record Names(
            Kind kind,
            @CheckForNull String application,
            String name,
            @CheckForNull String cname) {}

    private static final Map<String, Names> NAMES = Map.of(
            "AWS::CodeDeploy::DeploymentGroup",
            new Names(Kind.DEPLOYMENT_GROUP, "ApplicationName", "DeploymentGroupName", null),
            "AWS::ElasticBeanstalk::Environment",
            new Names(Kind.ENVIRONMENT, "ApplicationName", "EnvironmentName", "CNAMEPrefix"),
            "AWS::CodePipeline::Pipeline",
            new Names(Kind.PIPELINE, null, "Name", null),
            "AWS::CodeBuild::Project",
            new Names(Kind.PROJECT, null, "Name", null),
            "AWS::IAM::Role",
            new Names(Kind.ROLE, null, "RoleName", null),
            "AWS::IAM::InstanceProfile",
            new Names(Kind.ROLE, null, "InstanceProfileName", null));

    /** Everything in them goes with them. */
    private static final Map<String, Kind> APPLICATIONS = Map.of(
            "AWS::CodeDeploy::Application", Kind.DEPLOYMENT_GROUP,
            "AWS::ElasticBeanstalk::Application", Kind.ENVIRONMENT);

    private final String stack;
    private final String path;
    private final Set<Touched> all = new LinkedHashSet<>();

    /**
     * @param stack the name of the stack that they are in
     * @param path before their logical IDs, such as {@code Network/}; empty for those of the stack itself
     */
    TouchedResources(@NonNull String stack, @NonNull String path) {
        this.stack = stack;
        this.path = path;
    }

    @NonNull
    List<Touched> all() {
        return List.copyOf(all);
    }

    /** @param change with the values of properties, as far as AWS gives them */
    void add(@NonNull ResourceChange change) {
        String type = String.valueOf(change.resourceType());
        boolean removes = "Remove".equals(change.actionAsString());
        if (removes && "Retain".equals(change.policyActionAsString())) {
            return; // it stays as it is
        }
        Map<?, ?> before = properties(change.beforeContext());
        Map<?, ?> after = properties(change.afterContext());
        if (NAMES.containsKey(type)) {
            addNamed(change, NAMES.get(type), before, after);
        }
        if (APPLICATIONS.containsKey(type) && (removes || replaces(change))) {
            addApplication(change, APPLICATIONS.get(type), before);
        }
        if (type.equals(NESTED) && change.physicalResourceId() != null) {
            add(Kind.STACK, change.logicalResourceId(), StackSnapshot.name(change.physicalResourceId()));
        }
        if (after != null) {
            RoleValues.of(after).forEach(role -> add(Kind.ROLE, change.logicalResourceId(), role));
        }
    }

    /** What a nested stack does that is not shown. */
    void addNotShown(@NonNull String logicalId) {
        add(Kind.NOT_SHOWN, logicalId, null);
    }

    private void add(Kind kind, String logicalId, @CheckForNull String name) {
        all.add(new Touched(kind, path + logicalId, name));
    }

    private void addNamed(ResourceChange change, Names names, @CheckForNull Map<?, ?> before, Map<?, ?> after) {
        List<Map<?, ?>> states =
                Stream.<Map<?, ?>>of(before, after).filter(Objects::nonNull).toList();
        String physical = physical(change.physicalResourceId());
        for (Map<?, ?> state : states) {
            String name = state.get(names.name()) == null
                    ? physical == null
                            ? stack + "-" + change.logicalResourceId() + "-"
                            : physical // as AWS makes one up
                    : known(state, names.name());
            if (name != null || names.kind() != Kind.ROLE) { // of roles any may be meant: IAM decides
                all.add(new Touched(
                        names.kind(),
                        path + change.logicalResourceId(),
                        known(state, names.application()),
                        name,
                        known(state, names.cname())));
            }
        }
        if (physical != null || states.isEmpty()) {
            String application = states.isEmpty() ? null : known(states.get(0), names.application());
            all.add(new Touched(names.kind(), path + change.logicalResourceId(), application, physical, null));
        }
    }

    private static boolean replaces(ResourceChange change) {
        String replacement = change.replacementAsString();
        return replacement != null && !replacement.equals("False");
    }

    private void addApplication(ResourceChange change, Kind kind, @CheckForNull Map<?, ?> before) {
        String name = change.physicalResourceId() != null
                ? change.physicalResourceId()
                : before == null ? null : known(before, "ApplicationName");
        all.add(new Touched(kind, path + change.logicalResourceId(), name, null, null));
    }

    /** Some are an identifier of several parts, of which the last one is the name. */
    @CheckForNull
    private static String physical(@CheckForNull String id) {
        return id == null || id.isEmpty() ? null : id.substring(id.lastIndexOf('|') + 1);
    }

    /** Null if it is not there, is a secret, or is known only once other things are there. */
    @CheckForNull
    private static String known(Map<?, ?> properties, @CheckForNull String property) {
        Object value = property == null ? null : properties.get(property);
        String text = value instanceof String is ? is.strip() : "";
        return text.isEmpty() || text.contains("{{") || text.equals(ChangeSetReader.HIDDEN) ? null : text;
    }

    /** Null if AWS does not give them. */
    @CheckForNull
    private static Map<?, ?> properties(@CheckForNull String context) {
        if (context == null || context.isBlank()) {
            return null;
        }
        try {
            Object parsed = ParameterFile.parse("a context", context);
            Object properties = parsed instanceof Map<?, ?> map ? map.get("Properties") : null;
            return properties instanceof Map<?, ?> map ? map : Map.of();
        } catch (IllegalArgumentException e) {
            return null; // it may be anything
        }
    }

    /**
     * What of a whole stack may be somebody's, nested stacks included, as it is when the stack is deleted. Their applications are not
     * shown. Blocks: run by a lane.
     */
    @NonNull
    public static List<Touched> of(@NonNull AwsSession session, @NonNull String nameOrId) {
        return of(session, nameOrId, "", 0);
    }

    static List<Touched> of(AwsSession session, String nameOrId, String path, int depth) {
        List<Touched> all = new ArrayList<>();
        for (StackResourceSummary resource : resources(session, nameOrId)) {
            String type = String.valueOf(resource.resourceType());
            String id = resource.physicalResourceId();
            if (id == null || id.isEmpty() || "DELETE_COMPLETE".equals(resource.resourceStatusAsString())) {
                continue;
            }
            String where = path + resource.logicalResourceId();
            if (NAMES.containsKey(type)) {
                all.add(new Touched(NAMES.get(type).kind(), where, physical(id)));
            } else if (APPLICATIONS.containsKey(type)) {
                all.add(new Touched(APPLICATIONS.get(type), where, id, null, null));
            } else if (type.equals(NESTED)) {
                all.add(new Touched(Kind.STACK, where, StackSnapshot.name(id)));
                all.addAll(
                        depth < ChangeSetReader.DEEPEST
                                ? of(session, id, where + "/", depth + 1)
                                : List.of(new Touched(Kind.NOT_SHOWN, where, null)));
            }
        }
        return all;
    }

    private static List<StackResourceSummary> resources(AwsSession session, String nameOrId) {
        try {
            return CloudFormationService.client(session)
                    .listStackResourcesPaginator(it -> it.stackName(nameOrId))
                    .stackResourceSummaries()
                    .stream()
                    .toList();
        } catch (CloudFormationException e) {
            if (AwsFault.of(e).passes()) {
                throw e;
            }
            // Whoever calls names the call that it is made for.
            throw AwsCallException.of(ACTION, "stack '" + nameOrId + "' in " + session.region(), e);
        }
    }
}
