package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildResult;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot.Phase;
import io.jenkins.plugins.awscicd.engine.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.engine.codebuild.artifact.S3Place;
import io.jenkins.plugins.awscicd.engine.codebuild.report.ReportOutcome;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Progress.What;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A batch of builds at one moment (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BuildBatch.html">BuildBatch</a>).
 *
 * @param id such as {@code web:0123…}
 * @param number counts the project's batches; 0 if AWS does not say
 * @param status {@code IN_PROGRESS}, {@code SUCCEEDED}, {@code FAILED}, {@code FAULT}, {@code TIMED_OUT}, {@code STOPPED}
 * @param complete whether AWS is at its end with it, for this time
 * @param retries as of {@link BatchService}
 * @param stage the current phase
 * @param phases those of all attempts, one after the other
 * @param members in the order in which AWS gives them
 * @param source where the source comes from, such as a repository's URL; empty if there is none
 * @param askedVersion what was to be built: a branch, say; null if that was left to the source
 * @param commit what that is exactly; null as long as AWS does not say, and for sources that know no commits
 * @param artifacts those of the whole batch, if AWS combines them; empty else
 * @param builds those that were seen, by their ids
 * @param reports what the reports of all builds say; nothing before they have been read
 */
public record BatchSnapshot(
        @NonNull String id,
        @NonNull String arn,
        @NonNull String project,
        long number,
        @NonNull String status,
        boolean complete,
        boolean retries,
        @NonNull String stage,
        @NonNull List<Phase> phases,
        @NonNull List<BatchMember> members,
        @NonNull String source,
        @CheckForNull String askedVersion,
        @CheckForNull String commit,
        @NonNull List<BuildResult.Artifact> artifacts,
        @CheckForNull Instant start,
        @CheckForNull Instant end,
        @NonNull Map<String, BuildSnapshot> builds,
        @NonNull ReportOutcome reports)
        implements Snapshot {

    /** The status of a batch's last phase, once AWS tries the batch again: see the AWS CLI's example of retry-build-batch. */
    private static final String RETRIED = "RETRY";

    /** A failure is not the end if the batch may be tried again, which it is under its id. */
    @Override
    public boolean ended() {
        return complete && !(retries && failed());
    }

    /** Whether the batch did what it was to do. */
    boolean succeeded() {
        return status.equals("SUCCEEDED");
    }

    /** Whether it ended by itself, and not well: then it may be tried again. */
    boolean failed() {
        return complete && !succeeded() && !status.equals("STOPPED");
    }

    /** How often AWS has tried it again. */
    int retried() {
        return (int)
                phases.stream().filter(phase -> RETRIED.equals(phase.status())).count();
    }

    /** Those of the last attempt. */
    private List<Phase> lastPhases() {
        int begin = 0;
        for (int i = 0; i < phases.size(); i++) {
            if (RETRIED.equals(phases.get(i).status())) {
                begin = i + 1;
            }
        }
        return phases.subList(begin, phases.size());
    }

    /** Such as {@code web batch #3}. */
    @NonNull
    String name() {
        return number > 0 ? project + " batch #" + number : "batch " + id;
    }

    /** What was built, as exactly as AWS says; null if it says nothing. */
    @CheckForNull
    String sourceVersion() {
        return commit != null ? commit : askedVersion;
    }

    @NonNull
    String consoleUrl(@NonNull AwsSession session) {
        String[] parts = arn.split(":");
        return AwsConsole.buildBatch(session.region(), parts.length > 4 ? parts[4] : "", project, id);
    }

    /** The build of an attempt; null if none was seen. */
    @CheckForNull
    BuildSnapshot build(@NonNull BatchMember.Attempt attempt) {
        return builds.get(attempt.build());
    }

    /** What a build has put into S3, the primary artifact first; of several attempts, the last. Of the one that downloads the source none. */
    @NonNull
    List<BuildResult.Artifact> artifacts(@NonNull BatchMember member) {
        boolean named = members.stream()
                .allMatch(one -> made(one).stream().allMatch(artifact -> artifact.mayBeOf(one.identifier())));
        return made(member).stream()
                .map(artifact -> named ? artifact.of(member.identifier()) : artifact)
                .toList();
    }

    /** The same, with the identifiers that AWS gives: with the name of their build in front, or none of them has it. */
    private List<BuildResult.Artifact> made(BatchMember member) {
        BuildSnapshot build = build(member.current());
        return build == null || member.isDownload() ? List.of() : build.artifacts();
    }

    /** Why the batch failed, in one plain sentence: the build, its phase, and what AWS says about it. */
    @NonNull
    String cause() {
        List<BatchMember> failed = members.stream().filter(BatchMember::fails).toList();
        if (failed.isEmpty()) {
            return lastPhases().stream()
                    .filter(phase -> phase.failed() && !phase.context().isEmpty())
                    .findFirst()
                    .or(() -> lastPhases().stream().filter(Phase::failed).findFirst())
                    .map(Phase::inWords)
                    .orElse("AWS names no build that has failed");
        }
        BatchMember first = failed.get(0);
        BuildSnapshot build = build(first.current());
        String why = BatchTree.names(List.of(first.identifier()))
                + (build != null && build.failed()
                        ? " failed: " + build.cause()
                        : " ended with status " + first.current().status());
        return failed.size() == 1
                ? why
                : why + "; so did "
                        + BatchTree.names(failed.subList(1, failed.size()).stream()
                                .map(BatchMember::identifier)
                                .toList());
    }

    /** How long it took, or has taken so far as AWS says; null if AWS does not. */
    @CheckForNull
    private Duration took() {
        return start == null || end == null ? null : Duration.between(start, end);
    }

    /** What is said of its end, the cause of a failure last. */
    @NonNull
    List<String> endInWords() {
        Duration took = took();
        String words = took == null ? "an unknown time" : Durations.inWords(took);
        if (!succeeded()) {
            return List.of(name() + " ended with status " + status + " after " + words, cause());
        }
        List<String> lines = new ArrayList<>();
        artifacts.forEach(artifact -> lines.add("Artifact " + artifact.getLocation()));
        lines.add(name() + " succeeded in " + words);
        return lines;
    }

    @Override
    public String running(Instant at) {
        String under = BatchTree.names(members.stream()
                .filter(member -> member.current().status().equals("IN_PROGRESS"))
                .map(BatchMember::identifier)
                .toList());
        return stage
                + (under.isEmpty() ? "" : " (" + under + ")")
                + (start == null ? "" : "; " + name() + " for " + Durations.inWords(Duration.between(start, at)));
    }

    /** The same, with the builds as they were seen. */
    @NonNull
    BatchSnapshot with(@NonNull Map<String, BuildSnapshot> seen, @NonNull ReportOutcome read) {
        return new BatchSnapshot(
                id,
                arn,
                project,
                number,
                status,
                complete,
                retries,
                stage,
                phases,
                members,
                source,
                askedVersion,
                commit,
                artifacts,
                start,
                end,
                Map.copyOf(seen),
                read);
    }

    @Override
    public Progress progress(AwsSession session) {
        List<Progress.Fact> facts = new ArrayList<>();
        String version = sourceVersion();
        if (version != null) {
            facts.add(new Progress.Fact(What.SOURCE_VERSION, version));
        }
        if (succeeded()) {
            artifacts.forEach(artifact -> facts.add(S3Place.fact(artifact.getLocation(), session.region())));
        }
        facts.addAll(reports.facts());
        return new Progress(
                id,
                name(),
                status,
                state(),
                stage,
                new BatchTree(this)
                        .rows().stream()
                                .filter(row -> row.member().current().isThere())
                                .map(row -> phase(row.member(), row.depth(), session))
                                .toList(),
                facts,
                complete && !succeeded() ? cause() : "",
                consoleUrl(session),
                start,
                end);
    }

    private Progress.State state() {
        if (!complete) {
            return Progress.State.RUNNING;
        }
        return ended() ? BuildSnapshot.endState(status) : Progress.State.AT_REST;
    }

    /** To a reader of the run, a batch's builds are what the phases of a build are, and have phases of their own. */
    private Progress.Phase phase(BatchMember member, int depth, AwsSession session) {
        BuildSnapshot build = build(member.current());
        boolean ended = member.current().ended();
        Instant begun = build != null && build.start() != null
                ? build.start()
                : member.current().requested();
        return new Progress.Phase(
                member.identifier(),
                ended ? member.current().status() : null,
                ended && !member.current().succeeded(),
                begun,
                ended ? took(build) : null,
                build != null && build.failed() ? build.cause() : "",
                depth,
                build == null ? null : CodeBuild.consoleUrl(session, build),
                build == null ? List.of() : build.shownPhases());
    }

    /** How long a build took; null if that is not known. */
    @CheckForNull
    static Duration took(@CheckForNull BuildSnapshot build) {
        return build == null || build.start() == null || build.end() == null
                ? null
                : Duration.between(build.start(), build.end());
    }
}
