package io.jenkins.plugins.awscicd.localaws.codepipeline.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionWork;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs of custom actions: polled for, acknowledged, ended. Called with the timeline held. */
public final class Jobs {

    /** "All other actions" (Quotas in AWS CodePipeline). */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Duration HIDDEN = Duration.ofMinutes(1);
    private static final int MOST_VARIABLE_BYTES = 122880;

    private final Timeline timeline;
    private final Chance chance;
    private final Set<Dialect> dialects;
    private final ActionTypes types = new ActionTypes();
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    public Jobs(Timeline timeline, Chance chance, Set<Dialect> dialects) {
        this.timeline = timeline;
        this.chance = chance;
        this.dialects = dialects;
    }

    public ActionTypes types() {
        return types;
    }

    /** All that there have been, oldest first. */
    public List<Job> all() {
        return List.copyOf(jobs.values());
    }

    /** What a custom action does: it waits for its worker. */
    public ActionWork workOf(ActionRun action) {
        if (types.find(action.declaration.path("actionTypeId")).isEmpty()) {
            throw new IllegalArgumentException("There is no action type "
                    + ActionTypes.key(action.declaration.path("actionTypeId")) + " of owner Custom");
        }
        return new CustomWork(action);
    }

    private final class CustomWork implements ActionWork {
        private final ActionRun action;

        CustomWork(ActionRun action) {
            this.action = action;
        }

        @Override
        public State begin() {
            queue(action, null);
            return State.RUNNING;
        }

        @Override
        public State look() {
            Job last = last(action);
            if (last.status.equals("Succeeded")) {
                return State.SUCCEEDED;
            }
            if (last.status.equals("Failed")) {
                return State.FAILED;
            }
            Instant since = dialects.contains(Dialect.HOUR_OF_EACH_JOB) ? last.created : action.started;
            if (timeline.now().isBefore(since.plus(LONGEST))) {
                return State.RUNNING;
            }
            last.status = "TimedOut";
            action.errorCode = "TimeoutError";
            action.errorMessage = "The job timed out: its worker did not end it within 60 minutes";
            return State.FAILED;
        }
    }

    private void queue(ActionRun action, String continuation) {
        Job job = new Job(chance.uuid(), action, continuation, nonce(), timeline.now());
        jobs.put(job.id, job);
    }

    private String nonce() {
        return chance.uuid().substring(0, 8);
    }

    private Job last(ActionRun action) {
        return jobs.values().stream()
                .filter(job -> job.action == action)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** The jobs of a type that nobody has acknowledged. */
    public List<Job> poll(JsonNode typeId, Map<String, String> query, int most) throws AwsError {
        JsonNode type = types.find(typeId)
                .orElseThrow(() -> AwsError.badRequest(
                        "ActionTypeNotFoundException", "There is no action type " + ActionTypes.key(typeId)));
        for (JsonNode property : type.path("configurationProperties")) {
            String name = property.path("name").asText();
            if (property.path("queryable").asBoolean() != query.containsKey(name)
                    && (property.path("queryable").asBoolean() || query.containsKey(name))) {
                throw AwsError.badRequest(
                        "ValidationException", "queryParam has to name exactly the type's queryable property");
            }
        }
        List<Job> polled = new ArrayList<>();
        for (Job job : jobs.values()) {
            if (polled.size() < most && isFor(job, typeId, query)) {
                dispatch(job);
                polled.add(job);
            }
        }
        return polled;
    }

    private boolean isFor(Job job, JsonNode typeId, Map<String, String> query) {
        boolean hidden = dialects.contains(Dialect.POLLED_JOBS_HIDDEN)
                && job.dispatched != null
                && timeline.now().isBefore(job.dispatched.plus(HIDDEN));
        return job.offered()
                && !hidden
                && ActionTypes.key(job.action.declaration.path("actionTypeId")).equals(ActionTypes.key(typeId))
                && query.entrySet().stream()
                        .allMatch(one -> one.getValue().equals(job.action.configuration.get(one.getKey())));
    }

    private void dispatch(Job job) {
        if (job.dispatched != null && !dialects.contains(Dialect.ACKNOWLEDGED_ONCE)) {
            if (dialects.contains(Dialect.LAST_NONCE_ALONE)) {
                job.nonces.clear();
            }
            job.nonce = nonce();
            job.nonces.add(job.nonce);
        }
        job.dispatched = timeline.now();
        job.status = "Dispatched";
    }

    public Job get(String id) throws AwsError {
        Job job = jobs.get(id);
        if (job == null) {
            throw AwsError.badRequest("JobNotFoundException", "There is no job with the ID " + id);
        }
        return job;
    }

    public String acknowledge(String id, String nonce) throws AwsError {
        Job job = get(id);
        boolean again = job.status.equals("InProgress");
        if (!job.nonces.contains(nonce) || again && dialects.contains(Dialect.ACKNOWLEDGED_ONCE)) {
            throw AwsError.badRequest("InvalidNonceException", "The nonce does not fit the job, or the job is claimed");
        }
        if (job.offered()) {
            job.status = "InProgress";
            job.nonces.retainAll(Set.of(nonce));
        }
        return job.status;
    }

    /** @param continuation {@code null} if the action has ended */
    public void succeed(String id, String continuation, JsonNode details, Map<String, String> variables)
            throws AwsError {
        Job job = inProgress(id);
        if (variables.entrySet().stream()
                        .mapToInt(one -> one.getKey().length() + one.getValue().length())
                        .sum()
                > MOST_VARIABLE_BYTES) {
            throw AwsError.badRequest("OutputVariablesSizeExceededException", "The output variables are too large");
        }
        job.status = "Succeeded";
        details(job.action, details);
        if (continuation != null) {
            queue(job.action, continuation);
        } else {
            job.action.outputVariables.putAll(variables);
        }
    }

    public void fail(String id, JsonNode failure) throws AwsError {
        Job job = inProgress(id);
        job.status = "Failed";
        job.action.errorCode = failure.path("type").asText();
        job.action.errorMessage = failure.path("message").asText();
        if (failure.hasNonNull("externalExecutionId")) {
            external(job.action, failure.path("externalExecutionId").asText());
        }
    }

    private Job inProgress(String id) throws AwsError {
        Job job = get(id);
        if (!job.status.equals("InProgress") || !job.action.runs()) {
            throw AwsError.badRequest(
                    "InvalidJobStateException", "The job " + id + " is in " + job.status + " and not InProgress");
        }
        return job;
    }

    private void details(ActionRun action, JsonNode details) {
        if (details.hasNonNull("summary")) {
            action.summary = details.path("summary").asText();
        }
        if (details.hasNonNull("percentComplete")) {
            action.percentComplete = details.path("percentComplete").asInt();
        }
        if (details.hasNonNull("externalExecutionId")) {
            external(action, details.path("externalExecutionId").asText());
        }
        action.updated = timeline.now();
    }

    private void external(ActionRun action, String id) {
        action.externalId = id;
        String url = types.find(action.declaration.path("actionTypeId"))
                .map(type -> type.path("settings").path("executionUrlTemplate").asText())
                .orElse("")
                .replace("{ExternalExecutionId}", id);
        for (Map.Entry<String, String> one : action.configuration.entrySet()) {
            url = url.replace("{Config:" + one.getKey() + "}", one.getValue());
        }
        action.externalUrl = url.isEmpty() ? null : url;
    }
}
