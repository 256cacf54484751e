package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.CodePipelineException;
import software.amazon.awssdk.services.codepipeline.model.DuplicatedStopRequestException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionNotStoppableException;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionSummary;
import software.amazon.awssdk.services.codepipeline.model.Result;
import software.amazon.awssdk.services.codepipeline.model.StageDeclaration;
import software.amazon.awssdk.services.codepipeline.model.TriggerType;

/**
 * The executions of one pipeline, as the watcher sees them: one call lists them for all that are watched. Services of the same pipeline and
 * settings are equal, so that they are asked together.
 */
final class PipelineService implements JobService<PipelineSnapshot> {

    static final String LIST = "codepipeline:ListPipelineExecutions";
    static final String STOP = "codepipeline:StopPipelineExecution";

    /** Why an execution is stopped whose step is aborted, for people to see in AWS. */
    private static final String ABORTED = "Aborted in Jenkins";

    /** AWS's limit for a page. */
    private static final int PAGE = 100;
    /** What runs is waited for, and may be a deployment of hours. */
    private static final Duration LONGEST_ACTION = Duration.ofHours(8);
    /** AWS's clock may show the rollback's start before the end of what it rolls back. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final String pipeline;
    private final boolean retries;
    private final boolean abandons;
    private final ActionReads actions = new ActionReads();
    /** By failed execution, whether its stage is configured to be rolled back. */
    private final Map<String, Boolean> rollsBack = new HashMap<>();

    /**
     * @param retries whether a failed execution may be tried again by us
     * @param abandons whether to stop an execution abandons what runs
     */
    PipelineService(@NonNull String pipeline, boolean retries, boolean abandons) {
        this.pipeline = pipeline;
        this.retries = retries;
        this.abandons = abandons;
    }

    static CodePipelineClient client(AwsSession session) {
        return session.client(CodePipelineClient.class, CodePipelineClient::builder);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PipelineService one
                && pipeline.equals(one.pipeline)
                && retries == one.retries
                && abandons == one.abandons;
    }

    @Override
    public int hashCode() {
        return Objects.hash(pipeline, retries, abandons);
    }

    @Override
    public String observeAction() {
        return LIST;
    }

    @Override
    public int batchSize() {
        return PAGE;
    }

    @Override
    public Map<String, PipelineSnapshot> observe(AwsSession session, List<String> ids) {
        CodePipelineClient client = client(session);
        List<PipelineExecutionSummary> listed = client.listPipelineExecutions(
                        list -> list.pipelineName(pipeline).maxResults(PAGE))
                .pipelineExecutionSummaries();
        Map<String, PipelineSnapshot> found = new HashMap<>();
        for (PipelineExecutionSummary one : listed) {
            if (ids.contains(one.pipelineExecutionId())) {
                found.put(one.pipelineExecutionId(), ExecutionReader.read(pipeline, one));
            }
        }
        for (String id : ids) {
            if (!found.containsKey(id)) {
                find(client, id).ifPresent(one -> found.put(id, one)); // an old one, or one that is not listed yet
            }
        }
        Map<String, PipelineSnapshot> whole =
                actions.of(client, pipeline, found, session.time().now());
        whole.replaceAll((id, one) -> one.failed() ? failed(client, one, listed) : one);
        return whole;
    }

    private Optional<PipelineSnapshot> find(CodePipelineClient client, String id) {
        try {
            return Optional.of(ExecutionReader.read(client.getPipelineExecution(
                            get -> get.pipelineName(pipeline).pipelineExecutionId(id))
                    .pipelineExecution()));
        } catch (PipelineExecutionNotFoundException e) {
            return Optional.empty();
        }
    }

    private PipelineSnapshot failed(
            CodePipelineClient client, PipelineSnapshot one, List<PipelineExecutionSummary> listed) {
        String rollback = rollback(one, listed);
        boolean due = rollback == null && one.rollbackOf() == null && isToBeRolledBack(client, one);
        return new PipelineSnapshot(
                one.id(),
                one.pipeline(),
                one.status(),
                one.reason(),
                one.mode(),
                one.rollbackOf(),
                one.started(),
                one.updated(),
                one.revisions(),
                one.actions(),
                retries,
                rollback,
                due);
    }

    /**
     * The execution by which AWS rolls a failed one back. It is an automatic rollback that has begun since, and whose trigger names this
     * execution, or none.
     */
    @CheckForNull
    private static String rollback(PipelineSnapshot failed, List<PipelineExecutionSummary> listed) {
        Instant since = failed.updated();
        if (since == null || failed.rollbackOf() != null) {
            return null;
        }
        String found = null;
        for (PipelineExecutionSummary one : listed) { // the newest first
            if (one.trigger() == null
                    || one.trigger().triggerType() != TriggerType.AUTOMATED_ROLLBACK
                    || one.startTime() == null
                    || one.startTime().isBefore(since.minus(SAME_MOMENT))) {
                continue;
            }
            String detail = ExecutionReader.orEmpty(one.trigger().triggerDetail());
            if (detail.contains(failed.id())) {
                return one.pipelineExecutionId();
            }
            found = ID.matcher(detail).find() ? found : one.pipelineExecutionId();
        }
        return found;
    }

    private boolean isToBeRolledBack(CodePipelineClient client, PipelineSnapshot failed) {
        String stage = failed.culprit().map(ActionSnapshot::stage).orElse(null);
        if (stage == null) {
            return false;
        }
        synchronized (rollsBack) {
            return rollsBack.computeIfAbsent(failed.id(), id -> rollsBack(client, stage));
        }
    }

    private boolean rollsBack(CodePipelineClient client, String stage) {
        try {
            return client.getPipeline(get -> get.name(pipeline)).pipeline().stages().stream()
                    .filter(one -> stage.equals(one.name()))
                    .map(StageDeclaration::onFailure)
                    .anyMatch(failure -> failure != null && failure.result() == Result.ROLLBACK);
        } catch (CodePipelineException e) {
            if (AwsFault.of(e).passes()) {
                throw e;
            }
            return false; // not allowed, or deleted since: one that is listed is found all the same
        }
    }

    @Override
    public String stopAction() {
        return STOP;
    }

    /** What runs is finished first, unless it is to be abandoned; an approval is never waited for. */
    @Override
    public void stop(AwsSession session, String id) {
        stop(session, id, ABORTED);
    }

    /** @param reason for people to see in AWS; up to 200 characters */
    void stop(@NonNull AwsSession session, @NonNull String id, @NonNull String reason) {
        CodePipelineClient client = client(session);
        PipelineSnapshot now = observe(session, List.of(id)).get(id);
        boolean abandon = abandons || now != null && now.running().stream().anyMatch(ActionSnapshot::waitsForAnswer);
        if (now == null || !now.isAtRest()) {
            stop(client, id, abandon, reason);
        }
    }

    /**
     * The same of what may be shown as it was before: it is not looked at first.
     *
     * @return whether it is being stopped now
     */
    boolean stopUnseen(@NonNull AwsSession session, @NonNull String id) {
        return stop(client(session), id, abandons, ABORTED);
    }

    private boolean stop(CodePipelineClient client, String id, boolean abandon, String reason) {
        try {
            client.stopPipelineExecution(stop -> stop.pipelineName(pipeline)
                    .pipelineExecutionId(id)
                    .abandon(abandon)
                    .reason(reason));
            return true;
        } catch (DuplicatedStopRequestException e) {
            return true;
        } catch (PipelineExecutionNotStoppableException e) {
            return false; // it has ended meanwhile: how is about to be seen
        }
    }

    @Override
    public Duration stopGrace() {
        return abandons ? STOP_GRACE : LONGEST_ACTION;
    }
}
