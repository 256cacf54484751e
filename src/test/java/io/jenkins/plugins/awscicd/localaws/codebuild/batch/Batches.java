package io.jenkins.plugins.awscicd.localaws.codebuild.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.BuildSettings;
import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The batches of one place: started, led from build to build, retried, stopped, found. */
public final class Batches {

    /** Where the builds of batches are. */
    public interface Builder {

        /** @param id of the build, which was promised before */
        Build start(BuildSettings settings, String id, String initiator) throws AwsError;

        void stop(Build build);

        /** Where a build's own artifacts go until they are combined: a ProjectArtifacts structure. */
        ObjectNode apart(ObjectNode artifacts, String batch, String identifier);

        /** Combines the primary artifacts of these builds, by their identifiers, and gives the BuildArtifacts structure of the batch. */
        ObjectNode combine(BuildSettings settings, String batch, Map<String, Build> builds);
    }

    private static final int LONGEST_MINUTES = 480;
    /** See {@link Dialect#BATCH_RETRY_SHOWN_LATE}. */
    private static final Duration LATE = Duration.ofSeconds(20);

    private final Place place;
    private final SimulatedTime time;
    private final Set<Dialect> dialects;
    private final Chance chance;
    private final Builder builder;
    private final Map<String, Batch> byId = new LinkedHashMap<>();
    /** By build. */
    private final Map<String, Batch> ofBuilds = new LinkedHashMap<>();

    private final Map<Batch, SimulatedTime.Alarm> alarms = new LinkedHashMap<>();
    /** Batches that are to end like this when their builds have. */
    private final Map<Batch, String> ending = new LinkedHashMap<>();

    public Batches(Place place, SimulatedTime time, Set<Dialect> dialects, Chance chance, Builder builder) {
        this.place = place;
        this.time = time;
        this.dialects = dialects;
        this.chance = chance;
        this.builder = builder;
    }

    /** @param config ProjectBuildBatchConfig */
    public synchronized Batch start(BuildSettings settings, ObjectNode config, String initiator) throws AwsError {
        if (config.path("serviceRole").asText("").isEmpty()) {
            throw invalid("Batch service role is required to run batch builds of " + settings.projectName());
        }
        String project = settings.projectName();
        Instant now = time.now();
        Batch batch = new Batch(
                place,
                project + ":" + chance.uuid(),
                of(project).size() + 1L,
                initiator,
                settings,
                config,
                now,
                !dialects.contains(Dialect.BATCH_WITHOUT_DOWNLOAD),
                dialects.contains(Dialect.BATCH_NAMES_PLACE_UNCOMBINED));
        byId.put(batch.id(), batch);
        arm(batch);
        download(batch);
        return batch;
    }

    private void arm(Batch batch) {
        int minutes = batch.config().path("timeoutInMins").asInt(LONGEST_MINUTES);
        alarms.put(batch, time.after(Duration.ofMinutes(minutes), () -> breakOff(batch, "TIMED_OUT")));
    }

    private void download(Batch batch) {
        batch.leave("SUCCEEDED", "", time.now());
        batch.enter("DOWNLOAD_BATCHSPEC", time.now());
        request(batch, batch.download());
        begin(batch, batch.download());
        if (batch.download().over()) {
            goOn(batch);
        }
    }

    private void request(Batch batch, BatchGroup group) {
        String id = batch.projectName() + ":" + chance.uuid();
        ofBuilds.put(id, batch);
        group.request(id, place.arn("codebuild", "build/" + id), time.now());
    }

    /** A batch is there whether its builds can begin or not: StartBuildBatch and RetryBuildBatch are not refused for want of room. */
    private void begin(Batch batch, BatchGroup group) {
        try {
            group.began(builder.start(settings(batch, group), group.id(), batch.initiator()));
        } catch (AwsError e) {
            group.stopped();
        }
    }

    private BuildSettings settings(Batch batch, BatchGroup group) {
        BuildSettings all = batch.settings();
        ObjectNode build = all.build().deepCopy();
        build.put("buildBatchArn", batch.arn());
        Map<String, Object> env = group.task().env();
        ObjectNode environment = (ObjectNode) build.get("environment");
        put(environment, "computeType", env.get("compute-type"));
        put(environment, "image", env.get("image"));
        put(environment, "type", env.get("type"));
        if (env.get("privileged-mode") instanceof Boolean privileged) {
            environment.put("privilegedMode", privileged);
        }
        if (env.get("variables") instanceof Map<?, ?> variables) {
            variables.forEach((name, value) -> variable(environment, String.valueOf(name), String.valueOf(value)));
        }
        put((ObjectNode) build.get("source"), "buildspec", group.task().buildspec());
        return new BuildSettings(
                all.projectName(),
                build,
                batch.combines()
                        ? builder.apart(
                                all.artifacts(), batch.id(), group.task().identifier())
                        : all.artifacts(),
                all.secondaryArtifacts(),
                all.logs(),
                0,
                new BuildSettings.Member(group.task().identifier(), group.attempt(), group == batch.download()));
    }

    private static void put(ObjectNode node, String name, Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    private static void variable(ObjectNode environment, String name, String value) {
        ArrayNode variables = environment.withArray("environmentVariables");
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).path("name").asText().equals(name)) {
                variables.remove(i);
            }
        }
        variables.addObject().put("name", name).put("value", value).put("type", "PLAINTEXT");
    }

    /** The build that downloads a batch's source has this buildspec. */
    public synchronized void read(Build download, String buildspec) {
        Batch batch = ofBuilds.get(download.id());
        if (batch.complete() || batch.spec() != null) {
            return;
        }
        try {
            batch.of(BatchSpec.parse(buildspec));
        } catch (BatchSpec.SpecException e) {
            problem(batch, "YAML_FILE_ERROR: " + e.getMessage());
            return;
        }
        JsonNode restrictions = batch.config().path("restrictions");
        int most = restrictions.path("maximumBuildsAllowed").asInt(100);
        if (batch.groups().size() > most) {
            problem(batch, "The batch has " + batch.groups().size() + " builds, more than the " + most + " allowed");
        }
        for (BatchGroup group : batch.groups()) {
            String compute = settings(batch, withoutAttempt(group))
                    .environment()
                    .path("computeType")
                    .asText();
            if (!isAllowed(restrictions.path("computeTypesAllowed"), compute)) {
                problem(batch, "Compute type " + compute + " of " + group.task().identifier() + " is not allowed");
            }
        }
    }

    private static BatchGroup withoutAttempt(BatchGroup group) {
        return new BatchGroup(group.task());
    }

    private static boolean isAllowed(JsonNode allowed, String word) {
        for (JsonNode one : allowed) {
            if (one.asText().equals(word)) {
                return true;
            }
        }
        return allowed.isEmpty();
    }

    private void problem(Batch batch, String message) {
        ending.putIfAbsent(batch, message);
    }

    /** A build has begun or ended. */
    public synchronized void changed(Build build) {
        Batch batch = ofBuilds.get(build.id());
        if (batch != null && build.complete() && !batch.complete()) {
            goOn(batch);
        }
    }

    private void goOn(Batch batch) {
        String phase = batch.phase();
        if (phase.equals("DOWNLOAD_BATCHSPEC") && batch.download().over()) {
            String problem = batch.download().succeeded() ? ending.remove(batch) : "The source could not be downloaded";
            if (problem != null) {
                batch.leave("CLIENT_ERROR", problem, time.now());
                complete(batch, "FAILED");
                return;
            }
            batch.leave("SUCCEEDED", "", time.now());
            batch.enter("IN_PROGRESS", time.now());
            batch.groups().forEach(group -> request(batch, group));
        }
        if (batch.phase().equals("IN_PROGRESS")) {
            lead(batch);
        }
    }

    private void lead(Batch batch) {
        boolean stopping = ending.containsKey(batch)
                || batch.spec().fastFail() && batch.groups().stream().anyMatch(BatchGroup::fails);
        for (BatchGroup group : batch.groups()) {
            if (stopping && !group.over()) {
                stop(group);
            } else if (group.pending()) {
                beginInTurn(batch, group);
            }
        }
        if (batch.complete() || !batch.groups().stream().allMatch(BatchGroup::over)) {
            return;
        }
        String end = ending.remove(batch);
        if (end == null) {
            end = batch.groups().stream().anyMatch(BatchGroup::fails) ? "FAILED" : "SUCCEEDED";
        }
        batch.leave(end.equals("FAILED") ? "CLIENT_ERROR" : end, "", time.now());
        if (end.equals("SUCCEEDED")) {
            batch.enter("COMBINE_ARTIFACTS", time.now());
            if (batch.combines()) {
                Map<String, Build> builds = new LinkedHashMap<>();
                batch.groups().stream()
                        .filter(BatchGroup::succeeded)
                        .forEach(group -> builds.put(group.task().identifier(), group.build()));
                batch.combined(builder.combine(batch.settings(), batch.id(), builds));
            }
            batch.leave("SUCCEEDED", "", time.now());
        }
        complete(batch, end);
    }

    private void stop(BatchGroup group) {
        if (group.pending()) {
            group.stopped();
        } else {
            builder.stop(group.build());
        }
    }

    private void beginInTurn(Batch batch, BatchGroup group) {
        List<BatchGroup> before = batch.groups().stream()
                .filter(one -> group.task().dependsOn().contains(one.task().identifier()))
                .toList();
        if (before.stream().anyMatch(one -> one.over() && !lets(one))) {
            group.stopped();
            lead(batch);
        } else if (before.stream().allMatch(BatchGroup::over)) {
            begin(batch, group);
            if (group.over()) {
                lead(batch);
            }
        }
    }

    private boolean lets(BatchGroup one) {
        return one.succeeded()
                || one.task().ignoreFailure() && !dialects.contains(Dialect.IGNORED_FAILURE_STOPS_DEPENDENTS);
    }

    private void complete(Batch batch, String end) {
        alarms.remove(batch).cancel();
        batch.complete(end, time.now());
    }

    private synchronized void breakOff(Batch batch, String end) {
        if (batch.complete()) {
            return;
        }
        boolean later = dialects.contains(Dialect.BATCH_STOPS_WITH_ITS_BUILDS);
        boolean begun = batch.phase().equals("IN_PROGRESS");
        if (!later || !begun) {
            batch.leave(end, "", time.now());
            complete(batch, end);
            for (BatchGroup group : begun ? batch.groups() : List.<BatchGroup>of()) {
                stopLater(group);
            }
            stopLater(batch.download());
        } else {
            ending.put(batch, end);
            lead(batch);
        }
    }

    private void stopLater(BatchGroup group) {
        if (!group.over()) {
            stop(group);
        }
    }

    /** Asks a batch to stop. */
    public synchronized Batch stop(String id) throws AwsError {
        Batch batch = get(id);
        if (!batch.isFrozen() || !dialects.contains(Dialect.BATCH_RETRY_STOPPED_LATE)) {
            breakOff(batch, Status.STOPPED.name());
        }
        return batch;
    }

    /** Has a batch go on after its end, under the same id: the AWS CLI's example of retry-build-batch. */
    public synchronized Batch retry(String id, boolean all) throws AwsError {
        Batch batch = get(id);
        if (!batch.complete() || batch.status().equals("SUCCEEDED")) {
            throw invalid("Batch " + id + " cannot be retried: it is " + batch.status());
        }
        if (dialects.contains(Dialect.BATCH_RETRY_SHOWN_LATE) || dialects.contains(Dialect.BATCH_RETRY_STOPPED_LATE)) {
            batch.freeze();
            time.after(LATE, batch::thaw);
        }
        batch.again(time.now());
        arm(batch);
        if (batch.spec() == null) {
            download(batch);
            return batch;
        }
        batch.leave("SUCCEEDED", "", time.now());
        batch.enter("IN_PROGRESS", time.now());
        batch.groups().stream().filter(group -> all || !group.succeeded()).forEach(group -> request(batch, group));
        lead(batch);
        return batch;
    }

    /** By id or ARN. */
    public synchronized Optional<Batch> find(String id) {
        String prefix = place.arn("codebuild", "build-batch/");
        return Optional.ofNullable(byId.get(id.startsWith(prefix) ? id.substring(prefix.length()) : id));
    }

    private Batch get(String id) throws AwsError {
        return find(id).orElseThrow(() ->
                AwsError.badRequest("ResourceNotFoundException", "The build batch does not exist: " + id));
    }

    /** All batches, oldest first. */
    public synchronized List<Batch> all() {
        return List.copyOf(byId.values());
    }

    /** The batches of a project, oldest first. */
    public synchronized List<Batch> of(String project) {
        return byId.values().stream()
                .filter(batch -> batch.projectName().equals(project))
                .toList();
    }

    private static AwsError invalid(String message) {
        return AwsError.badRequest("InvalidInputException", message);
    }
}
