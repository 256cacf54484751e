package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionDetail;
import software.amazon.awssdk.services.codepipeline.model.ListActionExecutionsResponse;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionNotFoundException;

/**
 * The actions of a pipeline's executions, read only of those whose state has changed. Of one or two they are asked for by execution; of more,
 * the pipeline's newest actions are listed, which shows a hundred at a time, whosever they are.
 *
 * <p>Nobody promises that an execution's time of its last update moves with each of its actions: those that are in flight are read
 * again after a while in any case.
 */
final class ActionReads {

    /** So many executions are asked for one by one. */
    private static final int FEW = 2;
    /** In a list of a hundred each. */
    private static final int MOST_PAGES = 5;

    private static final Duration AGAIN = Duration.ofSeconds(12);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /** What was read of an execution, and when by AWS's clock. */
    private record Read(String status, Instant updated, Instant at, List<ActionSnapshot> actions) {}

    private final Map<String, Read> reads = new HashMap<>();

    /**
     * The same executions with their actions.
     *
     * @param now AWS's time
     */
    @NonNull
    synchronized Map<String, PipelineSnapshot> of(
            @NonNull CodePipelineClient client,
            @NonNull String pipeline,
            @NonNull Map<String, PipelineSnapshot> executions,
            @NonNull Instant now) {
        List<PipelineSnapshot> changed =
                executions.values().stream().filter(one -> isNews(one, now)).toList();
        if (changed.size() > FEW) {
            changed = readTogether(client, pipeline, changed, now);
        }
        changed.forEach(one -> keep(one, now, readAlone(client, pipeline, one.id())));
        reads.values().removeIf(read -> read.at().isBefore(now.minus(FORGOTTEN)));
        Map<String, PipelineSnapshot> whole = new HashMap<>();
        executions.forEach((id, one) -> whole.put(id, with(one)));
        return whole;
    }

    private boolean isNews(PipelineSnapshot one, Instant now) {
        Read read = reads.get(one.id());
        return read == null
                || !read.status().equals(one.status())
                || !Objects.equals(read.updated(), one.updated())
                || !one.isAtRest() && !now.isBefore(read.at().plus(AGAIN));
    }

    private void keep(PipelineSnapshot one, Instant now, List<ActionSnapshot> actions) {
        reads.put(one.id(), new Read(one.status(), one.updated(), now, actions));
    }

    private PipelineSnapshot with(PipelineSnapshot one) {
        Read read = reads.get(one.id());
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
                read == null ? List.of() : read.actions(),
                one.retriable(),
                one.rollback(),
                one.rollbackDue());
    }

    private static List<ActionSnapshot> readAlone(CodePipelineClient client, String pipeline, String execution) {
        try {
            return newest(client
                    .listActionExecutionsPaginator(list -> list.pipelineName(pipeline)
                            .filter(filter -> filter.latestInPipelineExecution(latest ->
                                    latest.pipelineExecutionId(execution).startTimeRange("Latest"))))
                    .actionExecutionDetails()
                    .stream()
                    .toList());
        } catch (PipelineExecutionNotFoundException e) {
            return List.of(); // it has only just begun
        }
    }

    /** @return those of which not all was found */
    private List<PipelineSnapshot> readTogether(
            CodePipelineClient client, String pipeline, List<PipelineSnapshot> wanted, Instant now) {
        if (wanted.stream().anyMatch(one -> one.started() == null)) {
            return wanted;
        }
        Map<String, List<ActionExecutionDetail>> found = new HashMap<>();
        wanted.forEach(one -> found.put(one.id(), new ArrayList<>()));
        Instant oldest = Instant.MAX;
        boolean all = false;
        String next = null;
        for (int pages = 0; pages < MOST_PAGES && !all; pages++) {
            String page = next;
            ListActionExecutionsResponse answer = client.listActionExecutions(
                    list -> list.pipelineName(pipeline).maxResults(100).nextToken(page));
            List<ActionExecutionDetail> details = answer.actionExecutionDetails();
            if (isOldestFirst(details)) {
                return wanted; // what is new is at the end of a list that may be long
            }
            for (ActionExecutionDetail one : details) {
                List<ActionExecutionDetail> of = found.get(one.pipelineExecutionId());
                if (of != null) {
                    of.add(one);
                }
                oldest = one.startTime() != null && one.startTime().isBefore(oldest) ? one.startTime() : oldest;
            }
            next = answer.nextToken();
            Instant seen = oldest;
            all = next == null || wanted.stream().allMatch(one -> seen.isBefore(one.started()));
        }
        boolean exhausted = next == null;
        Instant seen = oldest;
        List<PipelineSnapshot> missing = new ArrayList<>();
        for (PipelineSnapshot one : wanted) {
            if (exhausted || seen.isBefore(one.started())) {
                keep(one, now, newest(found.get(one.id())));
            } else {
                missing.add(one);
            }
        }
        return missing;
    }

    private static boolean isOldestFirst(List<ActionExecutionDetail> details) {
        if (details.size() < 2) {
            return false;
        }
        Instant first = details.get(0).startTime();
        Instant last = details.get(details.size() - 1).startTime();
        return first != null && last != null && first.isBefore(last);
    }

    /** The newest run of each action, in the order in which they began. */
    private static List<ActionSnapshot> newest(List<ActionExecutionDetail> details) {
        Map<String, ActionSnapshot> byPath = new LinkedHashMap<>();
        Comparator<ActionSnapshot> begun =
                Comparator.comparing(action -> action.started() == null ? Instant.MAX : action.started());
        details.stream()
                .map(ExecutionReader::read)
                .sorted(begun.thenComparing(ActionSnapshot::name))
                .forEach(action -> byPath.put(action.path(), action));
        return byPath.values().stream()
                .sorted(begun.thenComparing(ActionSnapshot::name))
                .toList();
    }
}
