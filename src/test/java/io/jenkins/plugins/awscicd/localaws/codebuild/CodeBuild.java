package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.codebuild.batch.Batch;
import io.jenkins.plugins.awscicd.localaws.codebuild.batch.Batches;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.FileCoverage;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.Reports;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import io.jenkins.plugins.awscicd.localaws.logs.Logs;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** CodeBuild of one place, for tests: its projects and builds, and the stores that buildspecs draw on. */
public final class CodeBuild implements AutoCloseable {

    private final Stores stores = new Stores();
    private final Projects projects;
    private final Builds builds;
    private final Reports reports;
    private final IdempotencyTokens<Build> tokens;
    private final IdempotencyTokens<Batch> batchTokens;
    private final Batches batches;
    private volatile Consumer<Build> changed = build -> {};
    private final Set<Dialect> dialects = Collections.synchronizedSet(EnumSet.noneOf(Dialect.class));

    /**
     * @param logs of the same place
     * @param scratch where builds have their folders
     * @param endpoint of local AWS itself, which builds may call
     */
    public CodeBuild(
            Place place,
            SimulatedTime time,
            Logs logs,
            S3 s3,
            Timing timing,
            int accountConcurrency,
            Path scratch,
            Supplier<URI> endpoint,
            Chance chance) {
        projects = new Projects(place, time);
        reports = new Reports(time, dialects, s3);
        ShellWork.Machine machine = new ShellWork.Machine(time, logs, s3, stores, reports, scratch, endpoint);
        builds = new Builds(place, time, timing, accountConcurrency, dialects, chance, build -> work(build, machine));
        batches = new Batches(place, time, dialects, chance, new Batches.Builder() {
            @Override
            public Build start(BuildSettings settings, String id, String initiator) throws AwsError {
                Build build = builds.start(settings, id, initiator);
                if (dialects.contains(Dialect.BATCH_ARTIFACTS_IDENTIFIED)) {
                    build.identifyArtifacts();
                }
                return build;
            }

            @Override
            public void stop(Build build) {
                builds.stop(build);
            }

            @Override
            public ObjectNode apart(ObjectNode artifacts, String batch, String identifier) {
                return CombinedArtifacts.apart(artifacts, batch, identifier);
            }

            @Override
            public ObjectNode combine(BuildSettings settings, String batch, Map<String, Build> members) {
                return new CombinedArtifacts(s3, scratch).of(settings, batch, members);
            }
        });
        builds.whenChanged(build -> {
            changed.accept(build);
            batches.changed(build);
        });
        tokens = new IdempotencyTokens<>(time, dialects);
        batchTokens = new IdempotencyTokens<>(time, dialects);
    }

    private Work work(Build build, ShellWork.Machine machine) {
        BuildSettings.Member member = build.settings().member();
        if (member != null && member.download()) {
            return new DownloadWork(build, machine, buildspec -> batches.read(build, buildspec));
        }
        return build.settings().simulated()
                ? new SimulatedWork(build, machine.time(), machine.logs())
                : new ShellWork(build, machine);
    }

    /** Told of builds that have begun or ended. */
    public CodeBuild whenChanged(Consumer<Build> listener) {
        changed = listener;
        return this;
    }

    /** Whether there is a project of that name. */
    public boolean has(String project) {
        return projects.has(project);
    }

    /** Creates a project. */
    public CodeBuild project(ProjectSpec spec) {
        try {
            projects.create(spec.node());
            return this;
        } catch (AwsError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Changes what the members of UpdateProject say of a project. */
    public CodeBuild change(ProjectSpec spec) {
        try {
            projects.update(spec.node());
            return this;
        } catch (AwsError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Deletes a project, unless there is none. */
    public CodeBuild deleteProject(String name) {
        projects.delete(name);
        return this;
    }

    /** Has builds from now on behave in one of several ways that AWS may have. */
    public CodeBuild dialect(Dialect dialect) {
        dialects.add(dialect);
        return this;
    }

    /** A parameter of Systems Manager's Parameter Store. */
    public CodeBuild parameter(String name, String value) {
        stores.parameter(name, value);
        return this;
    }

    /** What Parameter Store has under a name. */
    public Optional<String> parameter(String name) {
        return stores.find(name);
    }

    /**
     * A secret of Secrets Manager.
     *
     * @param id name or ARN
     * @param value text, or a JSON object whose members buildspecs may name
     */
    public CodeBuild secret(String id, String value) {
        stores.secret(id, value);
        return this;
    }

    /** Has builds clone a repository of this machine where their source names this URL. Nothing is ever cloned from elsewhere. */
    public CodeBuild repository(String url, Path path) {
        stores.repository(url, path);
        return this;
    }

    /** All builds, oldest first. */
    public List<Build> builds() {
        return builds.all();
    }

    /** @param id the id or the ARN */
    public Build build(String id) {
        return builds.find(id).orElseThrow(() -> new NoSuchElementException("No build " + id));
    }

    /** What {@code codebuild-resume} in the session of a paused build does. */
    public CodeBuild resume(String build) {
        try {
            builds.resume(build);
            return this;
        } catch (AwsError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Gives a build a report of these test cases, as its report files would. */
    public CodeBuild report(String build, String group, List<TestCase> cases) {
        return report(build, group, cases, Map.of());
    }

    /** The same, with the files that it was made of, by their names: they are exported if the group does. */
    public CodeBuild report(String build, String group, List<TestCase> cases, Map<String, String> files) {
        Build its = build(build);
        String arn = reports.add(
                its.place().arn("codebuild", "report/" + group + ":" + UUID.randomUUID()), its.arn(), cases);
        reports.raw(arn, files);
        its.report(arn);
        return this;
    }

    /** Gives a build a report of the code that its tests have covered. */
    public CodeBuild coverage(String build, String group, List<FileCoverage> files) {
        Build its = build(build);
        its.report(reports.addCoverage(
                its.place().arn("codebuild", "report/" + group + ":" + UUID.randomUUID()), its.arn(), files));
        return this;
    }

    /** Gives a build a report that could not be made of its files. */
    public CodeBuild incompleteReport(String build, String group) {
        Build its = build(build);
        its.report(reports.addIncomplete(
                its.place().arn("codebuild", "report/" + group + ":" + UUID.randomUUID()), its.arn()));
        return this;
    }

    /**
     * Has a build say that it has packed an artifact.
     *
     * @param identifier {@code null} for the primary one
     * @param location its ARN in S3
     */
    public CodeBuild packed(String build, String identifier, String location, String sha256) {
        build(build).uploaded(identifier, new BuildArtifacts.Uploaded(location, sha256, sha256.substring(32)));
        return this;
    }

    /** The reports of builds that have some. */
    public Reports reports() {
        return reports;
    }

    Build start(ObjectNode request, String initiator) throws AwsError {
        String name = request.path("projectName").asText("");
        if (name.isEmpty()) {
            throw Constraints.isNull("projectName");
        }
        String token = request.path("idempotencyToken").textValue();
        return tokens.once(token, request, () -> {
            ObjectNode project = projects.get(name);
            int limit = project.path("concurrentBuildLimit").asInt(Integer.MAX_VALUE);
            return builds.start(new StartBuild(project, request).settings(), initiator, limit);
        });
    }

    Build retry(String id, ObjectNode request, String initiator) throws AwsError {
        return tokens.once(request.path("idempotencyToken").textValue(), request, () -> {
            Build build = builds.get(id);
            int limit = projects.get(build.projectName())
                    .path("concurrentBuildLimit")
                    .asInt(Integer.MAX_VALUE);
            return builds.again(build, initiator, limit);
        });
    }

    Batch startBatch(ObjectNode request, String initiator) throws AwsError {
        String name = request.path("projectName").asText("");
        if (name.isEmpty()) {
            throw Constraints.isNull("projectName");
        }
        return batchTokens.once(request.path("idempotencyToken").textValue(), request, () -> {
            ObjectNode project = projects.get(name);
            return batches.start(BatchApi.settings(project, request), BatchApi.config(project, request), initiator);
        });
    }

    Batch retryBatch(String id, ObjectNode request, boolean all) throws AwsError {
        return batchTokens.once(request.path("idempotencyToken").textValue(), request, () -> batches.retry(id, all));
    }

    /** The batches of builds. */
    public Batches batches() {
        return batches;
    }

    Projects projects() {
        return projects;
    }

    Builds all() {
        return builds;
    }

    @Override
    public void close() {
        builds.close();
    }
}
