package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterValues;
import io.jenkins.plugins.awscicd.engine.cloudformation.Template;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.NameAlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.OperationIdAlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.OperationInProgressException;
import software.amazon.awssdk.services.cloudformation.model.OperationNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.PermissionModels;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSet;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotEmptyException;
import software.amazon.awssdk.services.cloudformation.model.StackSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperation;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSetStatus;
import software.amazon.awssdk.services.cloudformation.model.StaleRequestException;

/** The calls about a stack set. They block: they are run by a lane. */
final class StackSetCalls {

    static final String DESCRIBE = "cloudformation:DescribeStackSet";
    static final String OBSERVE = "cloudformation:DescribeStackSetOperation";
    static final String OPERATIONS = "cloudformation:ListStackSetOperations";
    static final String RESULTS = "cloudformation:ListStackSetOperationResults";
    static final String INSTANCES = "cloudformation:ListStackInstances";
    static final String SUMMARY = "cloudformation:GetTemplateSummary";
    static final String CREATE = "cloudformation:CreateStackSet";
    static final String UPDATE = "cloudformation:UpdateStackSet";
    static final String CREATE_INSTANCES = "cloudformation:CreateStackInstances";
    static final String DELETE_INSTANCES = "cloudformation:DeleteStackInstances";
    static final String DELETE = "cloudformation:DeleteStackSet";
    static final String STOP = "cloudformation:StopStackSetOperation";

    private final AwsSession session;
    private final StackSetRequest request;
    private final String name;
    /** AWS takes either; the name may be another one's by the time of a call. */
    private volatile String nameOrId;

    private final String callAs;
    private volatile boolean ofOrganization;

    StackSetCalls(AwsSession session, StackSetRequest request) {
        this.session = session;
        this.request = request;
        this.name = request.stackSet();
        this.nameOrId = name;
        this.callAs = request.text("callAs");
    }

    /**
     * Whose it is, as far as that is known by now: the management account's stack sets are those of its delegated administrators, too.
     */
    @NonNull
    Gate.Where where() {
        return new Gate.Where(name, name, null).ofOrganization(ofOrganization || request.isOfOrganization());
    }

    private CloudFormationClient client() {
        return CloudFormationService.client(session);
    }

    /** The one that has the name now. All that is asked or done from now on is about that one, whoever makes another of its name. */
    @NonNull
    Optional<StackSet> findNamed() {
        Optional<StackSet> found = find(name);
        found.ifPresent(it -> of(it.stackSetId())); // AWS may not show yet what was just made
        return found;
    }

    /** All that is asked or done from now on is about this one. @param id empty for the one that has the name then */
    void of(@NonNull String id) {
        nameOrId = id.isEmpty() ? name : id;
    }

    @NonNull
    Optional<StackSet> find() {
        return find(nameOrId);
    }

    private Optional<StackSet> find(String one) {
        try {
            StackSet found = client().describeStackSet(
                            it -> it.stackSetName(one).callAs(callAs))
                    .stackSet();
            if (found.status() == StackSetStatus.DELETED) {
                return Optional.empty();
            }
            ofOrganization = found.permissionModel() == PermissionModels.SERVICE_MANAGED;
            return Optional.of(found);
        } catch (StackSetNotFoundException e) {
            return Optional.empty();
        }
    }

    @NonNull
    Optional<StackSetOperation> operation(@NonNull String id) {
        try {
            return Optional.of(client().describeStackSetOperation(
                            it -> it.stackSetName(nameOrId).operationId(id).callAs(callAs))
                    .stackSetOperation());
        } catch (OperationNotFoundException | StackSetNotFoundException e) {
            return Optional.empty();
        }
    }

    /** @see UpdatesOfOthers#after */
    @NonNull
    Optional<StackSetOperationSummary> updateOfOthers(@NonNull String first, boolean made) {
        return UpdatesOfOthers.after(client(), nameOrId, callAs, first, made);
    }

    /** What the operation has come to so far in each account and region. AWS may be late with it. */
    @NonNull
    List<OperationResult> results(@NonNull String id) {
        return client()
                .listStackSetOperationResultsPaginator(
                        it -> it.stackSetName(nameOrId).operationId(id).callAs(callAs))
                .summaries()
                .stream()
                .map(OperationResult::of)
                .toList();
    }

    /** A stack set that is to be deleted may be gone, and has none then. */
    @NonNull
    List<StackInstanceSummary> instances() {
        try {
            return client()
                    .listStackInstancesPaginator(it -> it.stackSetName(nameOrId).callAs(callAs))
                    .summaries()
                    .stream()
                    .toList();
        } catch (StackSetNotFoundException e) {
            if (request.deletes()) {
                return List.of();
            }
            throw new StackSetGone(e);
        }
    }

    @NonNull
    GetTemplateSummaryResponse summary(@NonNull Template template) {
        return client().getTemplateSummary(it -> {
            if (template.previous()) {
                it.stackSetName(nameOrId).callAs(callAs);
            } else {
                it.templateBody(template.body()).templateURL(template.url(session.region()));
            }
        });
    }

    /**
     * Makes the stack set, or finds it made by this token. It has no stacks then. Fails with {@link NameAlreadyExistsException} if the one
     * that has the name was made by others, be it after this token's was deleted: what AWS says to the token then, nobody has published.
     *
     * @param again whether it may have been made by this token before
     * @return its id
     */
    @NonNull
    String create(
            @NonNull Template template,
            @NonNull ParameterValues values,
            @NonNull GetTemplateSummaryResponse summary,
            @NonNull String token,
            boolean again) {
        CreateChangeSetRequest stacks = request.stacks().toCreateChangeSet().build();
        String id = client().createStackSet(it -> it.stackSetName(name)
                        .clientRequestToken(token)
                        .description(stacks.description())
                        .templateBody(template.body())
                        .templateURL(template.url(session.region()))
                        .parameters(values.resolve(summary.parameters(), Set.of()))
                        .capabilities(stacks.capabilities())
                        .tags(stacks.hasTags() ? stacks.tags() : null)
                        .administrationRoleARN(request.text("administrationRoleArn"))
                        .executionRoleName(request.text("executionRoleName"))
                        .permissionModel(request.text("permissionModel"))
                        .autoDeployment(StackSetOptions.asAws(request.autoDeployment()))
                        .callAs(callAs))
                .stackSetId();
        if (again && find(name).filter(now -> !now.stackSetId().equals(id)).isPresent()) {
            throw NameAlreadyExistsException.builder()
                    .message("Somebody else has made a stack set '" + name + "'")
                    .build();
        }
        return id;
    }

    /**
     * Changes the stack set, and with it all stacks that it has. Roles have to be named each time, if they are not AWS's own: what else is
     * not given stays as it is.
     *
     * @param regions in which it has stacks
     */
    void update(
            @NonNull StackSet now,
            @NonNull Template template,
            @NonNull ParameterValues values,
            @NonNull GetTemplateSummaryResponse summary,
            @NonNull Collection<String> regions,
            @NonNull String operation) {
        CreateChangeSetRequest stacks = request.stacks().toCreateChangeSet().build();
        boolean ownRoles = now.permissionModel() != PermissionModels.SERVICE_MANAGED
                && !"SERVICE_MANAGED".equals(request.text("permissionModel"));
        Set<String> kept =
                now.parameters().stream().map(Parameter::parameterKey).collect(Collectors.toSet());
        begun(() -> client().updateStackSet(it -> {
            it.stackSetName(nameOrId)
                    .operationId(operation)
                    .description(stacks.description())
                    .parameters(values.resolve(summary.parameters(), kept))
                    .capabilities(stacks.capabilities())
                    .tags(stacks.hasTags() ? stacks.tags() : null)
                    .administrationRoleARN(
                            given("administrationRoleArn", ownRoles ? now.administrationRoleARN() : null))
                    .executionRoleName(given("executionRoleName", ownRoles ? now.executionRoleName() : null))
                    .permissionModel(request.text("permissionModel"))
                    .autoDeployment(StackSetOptions.asAws(request.autoDeployment()))
                    .operationPreferences(request.preferences(regions))
                    .callAs(callAs);
            if (template.previous()) {
                it.usePreviousTemplate(Boolean.TRUE);
            } else {
                it.templateBody(template.body()).templateURL(template.url(session.region()));
            }
        }));
    }

    @CheckForNull
    private String given(String argument, @CheckForNull String kept) {
        String own = request.text(argument);
        return own == null ? kept : own;
    }

    void createInstances(@NonNull StackSetTargets targets, @NonNull String operation) {
        begun(() -> client().createStackInstances(it -> it.stackSetName(nameOrId)
                .operationId(operation)
                .accounts(targets.units().isEmpty() ? targets.accounts() : null)
                .deploymentTargets(targets.ofUnits())
                .regions(targets.regions())
                .operationPreferences(request.preferences(targets.regions()))
                .callAs(callAs)));
    }

    void deleteInstances(@NonNull StackSetTargets targets, @NonNull String operation) {
        begun(() -> client().deleteStackInstances(it -> it.stackSetName(nameOrId)
                .operationId(operation)
                .accounts(targets.units().isEmpty() ? targets.accounts() : null)
                .deploymentTargets(targets.ofUnits())
                .regions(targets.regions())
                .retainStacks(request.retains())
                .operationPreferences(request.preferences(targets.regions()))
                .callAs(callAs)));
    }

    private void begun(Runnable call) {
        try {
            call.run();
        } catch (OperationIdAlreadyExistsException e) {
            // nobody else has the operation's id: it was begun by this call, whose answer was lost
        } catch (StackSetNotFoundException e) {
            throw new StackSetGone(e);
        } catch (OperationInProgressException | StaleRequestException e) {
            throw new StackSetBusy(e);
        }
    }

    void delete() {
        try {
            client().deleteStackSet(it -> it.stackSetName(nameOrId).callAs(callAs));
        } catch (OperationInProgressException e) {
            throw new StackSetBusy(e);
        } catch (StackSetNotEmptyException e) {
            throw new StackSetNotEmpty(name, e);
        } catch (StackSetNotFoundException e) {
            // it is gone
        }
    }

    void stop(@NonNull String operation) {
        client().stopStackSetOperation(
                        it -> it.stackSetName(nameOrId).operationId(operation).callAs(callAs));
    }
}
