package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.ActionCategory;
import software.amazon.awssdk.services.codepipeline.model.ActionDeclaration;
import software.amazon.awssdk.services.codepipeline.model.CodePipelineException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionSummary;
import software.amazon.awssdk.services.codepipeline.model.StageExecution;
import software.amazon.awssdk.services.codepipeline.model.StageState;

/**
 * What goes live by a request, as revisions of source actions: the same text for the same revisions, whether an execution is started with
 * them or has them already.
 */
public final class PipelineContent {

    private final AwsSession session;
    private final PipelineRequest request;

    /** @param session that calls AWS */
    public PipelineContent(@NonNull AwsSession session, @NonNull PipelineRequest request) {
        this.session = session;
        this.request = request;
    }

    /** What guards are told; that calls AWS if they may want to know. */
    @NonNull
    Gate.What what(@NonNull Gate gate) {
        boolean nothing = request.operation() == PipelineOperation.ENABLE_TRANSITION
                && (!gate.isGuarded() || waiting().isEmpty());
        return nothing ? Gate.What.NOTHING : new Gate.What(request.deed(), this::read);
    }

    /** The revisions, in one line; null if nobody knows all of them, or there are none. Calls AWS. */
    @CheckForNull
    public String read() {
        return switch (request.operation()) {
            case START -> ofStart();
            case WATCH, RETRY, ROLLBACK, OVERRIDE -> of(Set.of(request.execution()));
            case ENABLE_TRANSITION -> of(waiting());
            case STOP, DISABLE_TRANSITION -> null;
        };
    }

    /** A source that is not named brings the newest it has. */
    @CheckForNull
    private String ofStart() {
        Set<String> pinned = request.pinnedActions();
        if (pinned.isEmpty()) {
            return null;
        }
        Set<String> sources =
                known(client -> client.getPipeline(get -> get.name(request.pipeline())).pipeline().stages().stream()
                        .flatMap(stage -> stage.actions().stream())
                        .filter(action -> action.actionTypeId().category() == ActionCategory.SOURCE)
                        .map(ActionDeclaration::name)
                        .collect(Collectors.toSet()));
        return sources != null && pinned.containsAll(sources) ? line(request.pinnedRevisions()) : null;
    }

    /** The executions that enter a stage as soon as they may. */
    private Set<String> waiting() {
        Set<String> waiting = new TreeSet<>();
        PipelineService.client(session).getPipelineState(get -> get.name(request.pipeline())).stageStates().stream()
                .filter(stage -> request.stage().equals(stage.stageName()))
                .forEach(stage -> inbound(stage).forEach(one -> waiting.add(one.pipelineExecutionId())));
        return waiting;
    }

    /** AWS shows the next one, and all of them in a list that it has had only since stages had modes. */
    private static List<StageExecution> inbound(StageState stage) {
        List<StageExecution> inbound = new ArrayList<>(stage.inboundExecutions());
        if (stage.inboundExecution() != null) {
            inbound.add(stage.inboundExecution());
        }
        return inbound;
    }

    @CheckForNull
    private String of(Set<String> executions) {
        Set<String> found = new TreeSet<>();
        for (String id : executions) {
            String revisions = known(client -> client
                    .listPipelineExecutionsPaginator(list -> list.pipelineName(request.pipeline()))
                    .pipelineExecutionSummaries()
                    .stream()
                    .filter(one -> id.equals(one.pipelineExecutionId()))
                    .findFirst()
                    .map(this::revisions)
                    .orElse(null));
            if (revisions == null) {
                return null;
            }
            found.add(revisions);
        }
        return found.isEmpty() ? null : String.join("; ", found);
    }

    @CheckForNull
    private String revisions(PipelineExecutionSummary execution) {
        return ExecutionReader.read(request.pipeline(), execution).exactly();
    }

    /** Null if it is not to be known. */
    @CheckForNull
    private <T> T known(Function<CodePipelineClient, T> question) {
        try {
            return question.apply(PipelineService.client(session));
        } catch (CodePipelineException e) {
            if (AwsFault.of(e).passes()) {
                throw e;
            }
            return null; // not allowed, or deleted: what is not known is not approved
        }
    }

    /** In one line, whatever the order; null if there are none. */
    @CheckForNull
    static String line(@NonNull List<SourceRevision> revisions) {
        return revisions.isEmpty()
                ? null
                : revisions.stream().map(SourceRevision::toString).sorted().collect(Collectors.joining(", "));
    }
}
