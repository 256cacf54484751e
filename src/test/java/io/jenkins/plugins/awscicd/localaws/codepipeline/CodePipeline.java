package io.jenkins.plugins.awscicd.localaws.codepipeline;

import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Artifact;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.CodePipelineTiming;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Commit;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ServiceClients;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Simulation;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Works;
import io.jenkins.plugins.awscicd.localaws.codepipeline.job.Jobs;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.sts.Sessions;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;

/** CodePipeline of one place, for tests: its pipelines and executions, and the branches that they get their sources from. */
public final class CodePipeline implements AutoCloseable {

    private static final Duration LATE = Duration.ofSeconds(5);
    /** Said by the first worker that AWS has published, not by its API reference. */
    private static final Duration ARTIFACT_CREDENTIALS = Duration.ofMinutes(15);

    private final Place place;
    private final Timeline timeline;
    private final Chance chance;
    private final Works works;
    private final Jobs jobs;
    private final Sessions sessions;
    private final ServiceClients clients;
    private final Course course;
    private final Shapes shapes;
    private final Set<Dialect> dialects = Collections.synchronizedSet(EnumSet.noneOf(Dialect.class));
    private final Map<String, Pipeline> pipelines = new LinkedHashMap<>();
    private int refusedTokens;

    /** @param http calls local AWS itself: what actions start is started as any client does */
    public CodePipeline(
            Place place,
            SimulatedTime time,
            CodePipelineTiming timing,
            S3 s3,
            Chance chance,
            Supplier<SdkHttpClient> http,
            Sessions sessions) {
        this.place = place;
        this.chance = chance;
        timeline = new Timeline(time);
        clients = new ServiceClients(place, http);
        this.sessions = sessions;
        jobs = new Jobs(timeline, chance, dialects);
        works = new Works(place, timeline, timing, s3, chance, clients, jobs, dialects);
        shapes = new Shapes(dialects, timeline::now);
        course = new Course(
                timeline, timing, dialects, works, new ActionStarts(timeline, chance), this::rollBackAutomatically);
    }

    /** Told of executions that have begun or changed their status. */
    public CodePipeline whenChanged(Consumer<Execution> listener) {
        synchronized (timeline) {
            course.whenChanged(listener);
            return this;
        }
    }

    /** Told of actions that have begun or ended. */
    public CodePipeline whenActionChanged(Consumer<ActionRun> listener) {
        synchronized (timeline) {
            course.whenActionChanged(listener);
            return this;
        }
    }

    /** Has it behave in one of several ways that AWS may have, from now on. */
    public CodePipeline speak(Dialect dialect) {
        dialects.add(dialect);
        return this;
    }

    /** So many answers to approvals are refused, though they have the token that is shown. */
    public void refuseTokens(int answers) {
        synchronized (timeline) {
            refusedTokens = answers;
        }
    }

    boolean refusesToken() {
        return refusedTokens > 0 && refusedTokens-- > 0;
    }

    /** Whether the state of a pipeline has no tokens of approvals. */
    public void hideTokens(boolean hidden) {
        synchronized (timeline) {
            shapes.hideTokens(hidden);
        }
    }

    /** Creates a pipeline, or changes it. */
    public CodePipeline pipeline(PipelineSpec spec) {
        synchronized (timeline) {
            Pipeline known = pipelines.get(spec.name());
            if (known == null) {
                pipelines.put(spec.name(), new Pipeline(spec.node(), timeline.now()));
            } else {
                known.define(spec.node(), timeline.now());
            }
            return this;
        }
    }

    public boolean has(String pipeline) {
        synchronized (timeline) {
            return pipelines.containsKey(pipeline);
        }
    }

    /** How the actions of a pipeline go that are only simulated. */
    public Simulation simulation(String pipeline) {
        return works.simulation(pipeline);
    }

    /** Puts a commit on a branch. */
    public CodePipeline commit(String repository, String branch, String id, String message, Map<String, String> files) {
        synchronized (timeline) {
            works.commit(repository, branch, new Commit(id, message, Archive.zip(files), timeline.now()));
            return this;
        }
    }

    /** The executions of a pipeline, oldest first. */
    public List<Execution> executions(String pipeline) {
        synchronized (timeline) {
            Pipeline known = pipelines.get(pipeline);
            return known == null ? List.of() : List.copyOf(known.executions);
        }
    }

    /** The jobs of custom actions, and their types. */
    public Jobs jobs() {
        return jobs;
    }

    /** Of a job: good for its artifacts, and no others. */
    Sessions.Session credentials(ActionRun action) {
        Set<String> objects = Stream.concat(action.inputs.stream(), action.outputs.stream())
                .map(Artifact::object)
                .collect(Collectors.toSet());
        String arn = "arn:" + place.partition() + ":sts::" + place.account() + ":assumed-role/pipeline/" + action.id;
        return sessions.open(arn, ARTIFACT_CREDENTIALS, objects);
    }

    /** AWS asks anew what approvals of a pipeline ask: answers with the tokens so far are too late. */
    public CodePipeline renewTokens(String pipeline) {
        synchronized (timeline) {
            executions(pipeline)
                    .forEach(execution -> execution.actions.stream()
                            .filter(action -> action.runs() && action.token != null)
                            .forEach(action -> {
                                action.token = chance.uuid();
                                if (execution.mode().equals("PARALLEL")) {
                                    action.externalId = action.token;
                                }
                                execution.updated = timeline.now();
                            }));
            return this;
        }
    }

    Timeline timeline() {
        return timeline;
    }

    Place place() {
        return place;
    }

    Course course() {
        return course;
    }

    Shapes shapes() {
        return shapes;
    }

    Set<Dialect> dialects() {
        return dialects;
    }

    Map<String, Pipeline> pipelines() {
        return pipelines;
    }

    Pipeline get(String name) throws AwsError {
        Pipeline pipeline = name == null ? null : pipelines.get(name);
        if (pipeline == null) {
            throw Refusal.noPipeline(place, name);
        }
        return pipeline;
    }

    Execution get(Pipeline pipeline, String id) throws AwsError {
        return pipeline.executions.stream()
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.noExecution(pipeline.name(), id));
    }

    /** Those that can be listed by now, newest first. */
    List<Execution> listed(Pipeline pipeline) {
        Instant now = timeline.now();
        List<Execution> all = new ArrayList<>(pipeline.executions);
        Collections.reverse(all);
        return all.stream().filter(one -> !one.listedFrom.isAfter(now)).toList();
    }

    Execution create(Pipeline pipeline, String triggerType, String triggerDetail, Execution target) {
        Instant now = timeline.now();
        Instant listedFrom = dialects.contains(Dialect.LISTED_LATE) ? now.plus(LATE) : now;
        Execution execution =
                new Execution(chance.uuid(), pipeline, triggerType, triggerDetail, target, now, listedFrom);
        pipeline.executions.add(execution);
        return execution;
    }

    /** Brings a stage back to what an execution had there. */
    Execution rollBack(Execution target, String stage, String triggerType, String triggerDetail) {
        Execution execution = create(target.pipeline, triggerType, triggerDetail, target);
        execution.artifacts.putAll(target.artifacts);
        execution.namespaces.putAll(target.namespaces);
        execution.revisions.addAll(target.revisions);
        course.begin(execution, stage);
        return execution;
    }

    private void rollBackAutomatically(Execution failed, String stage) {
        List<Execution> all = failed.pipeline.executions;
        for (int i = all.indexOf(failed) - 1; i >= 0; i--) {
            Execution before = all.get(i);
            if ("Succeeded".equals(before.stages.get(stage)) && before.target == null) {
                String detail = dialects.contains(Dialect.ROLLBACK_NAMES_NONE) ? "" : failed.id;
                rollBack(before, stage, "AutomatedRollback", detail);
                return;
            }
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
