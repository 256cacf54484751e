package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterValues;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.cloudformation.Template;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeSetReader;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ObsoleteChangeSet;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Makes change sets, and puts them away. The methods block: they are run by a lane. */
final class ChangeSetCalls {

    static final String SUMMARY = "cloudformation:GetTemplateSummary";
    static final String CREATE = "cloudformation:CreateChangeSet";
    static final String DELETE = "cloudformation:DeleteChangeSet";

    private static final int LONGEST_RUN = 60;

    private final AwsSession session;
    private final StackRequest request;
    private final ParameterValues values;
    private final Turn turn;

    /** @param values of the template's parameters, from wherever they were given */
    ChangeSetCalls(AwsSession session, StackRequest request, ParameterValues values, Turn turn) {
        this.session = session;
        this.request = request;
        this.values = values;
        this.turn = turn;
    }

    /** Says whose it is, and by its token which it is. */
    @NonNull
    String name(@NonNull String token) {
        String run = turn.name().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        String readable = run.length() <= LONGEST_RUN ? run : run.substring(run.length() - LONGEST_RUN);
        return "jenkins-" + readable + "-" + token;
    }

    /** Whether there may be one to find: a stack that is not there has none that the journal does not know of. */
    boolean mayExist(boolean isThere, @NonNull StackJournal journal) {
        return isThere || request.aim() == Aim.EXECUTE || !journal.changeSet().isEmpty();
    }

    /** The change set that is to be executed, or that was made before a restart. */
    @NonNull
    Optional<ChangeSet> existing(@NonNull StackJournal journal) {
        ChangeSetReader reader = new ChangeSetReader(session);
        String known = journal.changeSet();
        if (request.aim() == Aim.EXECUTE) {
            // One that was executed AWS shows by its ARN only.
            String named = known.isEmpty() ? String.valueOf(request.text("changeSet")) : known;
            Optional<ChangeSet> found = reader.find(named, named.startsWith("arn:") ? null : request.stack());
            found.ifPresent(set -> {
                if (!set.stack().equals(request.stack())) { // the guards are asked about the stack that is named
                    throw new IllegalArgumentException("changeSet: '" + set.name() + "' belongs to stack '"
                            + set.stack() + "', not to '" + request.stack() + "'");
                }
            });
            return found;
        }
        return known.isEmpty()
                ? reader.find(name(journal.token()), request.stack())
                : reader.find(known, known.startsWith("arn:") ? null : request.stack());
    }

    /** What the template wants. */
    @NonNull
    GetTemplateSummaryResponse summary() {
        Template template = Objects.requireNonNull(request.template());
        return CloudFormationService.client(session).getTemplateSummary(it -> {
            if (template.previous()) {
                it.stackName(request.stack());
            } else {
                it.templateBody(template.body()).templateURL(template.url(session.region()));
            }
        });
    }

    /**
     * Makes a change set, or finds the one of this token.
     *
     * @param now the stack as it is; null if there is none
     * @return its ARN
     */
    @NonNull
    CreateChangeSetResponse create(
            @CheckForNull Stack now, @NonNull GetTemplateSummaryResponse summary, @NonNull String token) {
        boolean isNew = now == null || StackSnapshot.REVIEW.equals(now.stackStatusAsString());
        Set<String> kept = now == null || isNew
                ? Set.of()
                : now.parameters().stream().map(Parameter::parameterKey).collect(Collectors.toSet());
        Template template = Objects.requireNonNull(request.template());
        CreateChangeSetRequest.Builder create = request.toCreateChangeSet();
        create.changeSetName(name(token))
                .clientToken(token)
                .parameters(values.resolve(summary.parameters(), kept))
                .changeSetType(
                        request.has("resourcesToImport")
                                ? ChangeSetType.IMPORT
                                : isNew ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                .onStackFailure(isNew && request.onFailure().equals("delete") ? OnStackFailure.DELETE : null);
        if (!request.has("description")) {
            create.description(turn.name());
        }
        // AWS takes it with neither of them.
        boolean alone = request.has("resourcesToImport") || request.flag("revertDrift");
        if (!request.has("includeNestedStacks") && !alone) {
            create.includeNestedStacks(Boolean.TRUE);
        }
        if (template.previous()) {
            create.usePreviousTemplate(Boolean.TRUE);
        } else {
            create.templateBody(template.body()).templateURL(template.url(session.region()));
        }
        try {
            return CloudFormationService.client(session).createChangeSet(create.build());
        } catch (AlreadyExistsException e) { // nobody else has this name
            return CreateChangeSetResponse.builder().id(name(token)).build();
        } catch (CloudFormationException e) {
            if (now != null && StackBusy.isSaidIn(e)) {
                throw new StackBusy(now.stackId(), e);
            }
            if (isOfAnother(AwsCallException.said(e), isNew)) {
                throw new ObsoleteChangeSet();
            }
            throw e;
        }
    }

    /** Whether the stack was made or deleted since, or just before and not shown yet. */
    private boolean isOfAnother(String said, boolean isNew) {
        return said.contains("Stack [" + request.stack() + (isNew ? "] already exists" : "] does not exist"));
    }

    /**
     * Puts one away that is of no use. One that is not there counts as put away.
     *
     * @param nameOrId its ARN, or its name if that is not known yet
     * @return false if AWS does not do so as long as it makes it
     */
    boolean delete(@NonNull String nameOrId) {
        try {
            CloudFormationService.client(session)
                    .deleteChangeSet(it ->
                            it.changeSetName(nameOrId).stackName(nameOrId.startsWith("arn:") ? null : request.stack()));
            return true;
        } catch (InvalidChangeSetStatusException e) {
            return false;
        } catch (CloudFormationException e) {
            if (AwsFault.of(e) == AwsFault.NOT_FOUND || AwsCallException.said(e).contains("does not exist")) {
                return true; // with its stack
            }
            throw e;
        }
    }
}
