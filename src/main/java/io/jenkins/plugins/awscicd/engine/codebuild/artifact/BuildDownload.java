package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.artifact.ArtifactException;
import io.jenkins.plugins.awscicd.engine.artifact.FetchPlan;
import io.jenkins.plugins.awscicd.engine.artifact.Fetched;
import io.jenkins.plugins.awscicd.engine.artifact.FileToFetch;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Fetches the artifacts of a build that has succeeded, and has them archived. After a restart it is done again, and what is there already
 * is replaced by the same: a file is in its place only when all of it is.
 */
public final class BuildDownload {

    private static final String MARK = "download";

    /** So many addresses are given out at once. */
    private static final int BATCH = 100;

    /** Agents come back after a restart of the controller, or of their own. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private static final Duration LONGEST_WITHOUT_AGENT = Duration.ofMinutes(10);

    private final Scheduler scheduler;
    private final JobConsole console;
    private final ArtifactReceiver receiver;
    private final ArtifactObjects objects;
    private volatile String problem;
    private volatile boolean wanted = true;
    private volatile Scheduler.Task work = () -> {};

    /** @param marks what was kept of it before a restart */
    public BuildDownload(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull JobConsole console,
            @NonNull ArtifactReceiver receiver,
            @NonNull Map<String, String> marks) {
        this.scheduler = scheduler;
        this.console = console;
        this.receiver = receiver;
        this.objects = new ArtifactObjects(session, () -> wanted, console::line);
        String kept = marks.getOrDefault(MARK, "");
        problem = kept.isEmpty() ? null : kept;
    }

    public void addTo(@NonNull Map<String, String> marks) {
        String now = problem;
        if (receiver.wanted() != null) {
            marks.put(MARK, now == null ? "" : now);
        }
    }

    /** Why what was wanted is not there; null if it is, or nothing was wanted. */
    @CheckForNull
    public String problem() {
        return problem;
    }

    /** Nobody waits for it any more. */
    public void stopWaiting() {
        wanted = false;
        work.cancel();
    }

    /**
     * Fetches what is wanted.
     *
     * @return done when it is there, or cannot be; never fails
     */
    @NonNull
    public CompletableFuture<Void> run(@NonNull MakingBuild build, @NonNull List<BuiltArtifact> made) {
        return run(build.id(), made, artifact -> build);
    }

    /**
     * The same of several builds.
     *
     * @param id by which all of them are known together
     * @param by says which of them has put an artifact there
     */
    @NonNull
    public CompletableFuture<Void> run(
            @NonNull String id, @NonNull List<BuiltArtifact> made, @NonNull Function<BuiltArtifact, MakingBuild> by) {
        DownloadRequest request = receiver.wanted();
        problem = null;
        if (request == null || !wanted) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done;
        try {
            List<BuiltArtifact> chosen = chosen(request, made);
            CompletableFuture<List<ArtifactObjects.One>> all = CompletableFuture.completedFuture(new ArrayList<>());
            for (BuiltArtifact artifact : chosen) {
                all = all.thenCombine(objects.of(by.apply(artifact), artifact), (before, more) -> {
                    before.addAll(more);
                    return before;
                });
            }
            done = all.thenCompose(found -> fetch(id, request, found));
        } catch (ArtifactException e) {
            done = CompletableFuture.failedFuture(e);
        }
        return done.exceptionally(failure -> {
            problem = String.valueOf(AwsCallException.unwrap(failure).getMessage());
            if (wanted) {
                console.line("Artifacts not downloaded: " + problem);
            }
            return null;
        });
    }

    private static List<BuiltArtifact> chosen(DownloadRequest request, List<BuiltArtifact> made)
            throws ArtifactException {
        Set<String> missing = new LinkedHashSet<>(request.secondary());
        List<BuiltArtifact> chosen = new ArrayList<>();
        for (BuiltArtifact artifact : made) {
            missing.remove(artifact.identifier());
            if (artifact.identifier() == null || request.secondary().contains(artifact.identifier())) {
                chosen.add(artifact);
            }
        }
        if (!missing.isEmpty()) {
            List<String> known = made.stream()
                    .map(BuiltArtifact::identifier)
                    .filter(identifier -> identifier != null)
                    .distinct()
                    .toList();
            throw new ArtifactException("download.secondary: the build has no secondary artifact '"
                    + missing.iterator().next() + "'; "
                    + (known.isEmpty() ? "it has none" : "it has " + String.join(", ", known)));
        }
        if (chosen.isEmpty()) {
            throw new ArtifactException("the build has no artifacts"
                    + (made.isEmpty()
                            ? ": neither its project nor the argument artifacts says where they go"
                            : " but secondary ones, and download.secondary names none of them"));
        }
        checkEachIsThere(chosen);
        return chosen;
    }

    /** Of archives that several builds have put at one place, the last has replaced the others. */
    private static void checkEachIsThere(List<BuiltArtifact> chosen) throws ArtifactException {
        Map<S3Place, BuiltArtifact> before = new HashMap<>();
        for (BuiltArtifact artifact : chosen) {
            BuiltArtifact other = artifact.sha256() == null ? null : before.put(artifact.place(), artifact);
            if (other != null) {
                throw new ArtifactException(
                        other.below().equals(artifact.below())
                                ? "the build has put more than one of its artifacts at " + artifact
                                        + ", so that only the last is there; give each of them a name of its own"
                                : other.below() + " and " + artifact.below() + " have put their artifacts at "
                                        + artifact
                                        + ", so that only the last is there. With namespaceType BUILD_ID each has its own"
                                        + " place, and with batchConfig: [combineArtifacts: true] AWS makes one of them");
            }
        }
    }

    private CompletableFuture<Void> fetch(String build, DownloadRequest request, List<ArtifactObjects.One> found) {
        long bytes = found.stream().mapToLong(ArtifactObjects.One::size).sum();
        if (bytes > (long) request.maxMb() << 20) {
            return CompletableFuture.failedFuture(new ArtifactException("they have " + megabytes(bytes)
                    + ", more than the " + request.maxMb() + " MB allowed; raise download.maxMb"));
        }
        Transfer transfer = new Transfer(build, request, found);
        console.line("Downloading " + files(found.size()) + ", " + megabytes(bytes) + ", to " + request.place());
        transfer.begin();
        return transfer.done;
    }

    static String files(int count) {
        return count == 1 ? "1 file" : count + " files";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1_048_576.0);
    }

    /** Objects on their way, a batch after the other. */
    private final class Transfer {

        private final String build;
        private final DownloadRequest request;
        private final List<ArtifactObjects.One> found;
        private final List<String> paths = new ArrayList<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int next;
        private long bytes;
        /** Since when nothing has worked; null if the last attempt did. */
        private Moment troubled;

        Transfer(String build, DownloadRequest request, List<ArtifactObjects.One> found) {
            this.build = build;
            this.request = request;
            this.found = found;
        }

        void begin() {
            if (!wanted) {
                done.completeExceptionally(new ArtifactException("not wanted any more"));
                return;
            }
            work = receiver.work(this::run, this::failed);
            if (!wanted) {
                work.cancel();
            }
        }

        private void run() throws IOException, InterruptedException {
            String directory = request.directory() == null ? "" : request.directory();
            long most = (long) request.maxMb() << 20;
            while (next < found.size() && wanted) {
                List<ArtifactObjects.One> batch = found.subList(next, Math.min(found.size(), next + BATCH));
                List<FileToFetch> files = objects.signed(batch, request.unzip());
                FetchPlan plan = new FetchPlan(directory, files, most, bytes);
                Fetched fetched = receiver.fetch(plan).checked(plan);
                paths.addAll(fetched.paths());
                next += fetched.done();
                bytes = fetched.bytes();
                if (fetched.ended() != null && fetched.done() == 0) {
                    throw new IOException(fetched.ended()); // if the next address is no better either, not for ever
                }
                troubled = null;
            }
            if (request.archive() && wanted) {
                receiver.archive(build, List.copyOf(paths));
            }
            console.line((request.archive() ? "Downloaded and archived " : "Downloaded ")
                    + files(paths.size())
                    + (request.directory() == null ? "" : " to " + request.place()));
            done.complete(null);
        }

        private void failed(Throwable why) {
            Moment now = scheduler.moment();
            if (troubled == null) {
                troubled = now;
            }
            boolean passes = wanted && why instanceof IOException && !(why instanceof ArtifactException);
            if (passes && now.isBefore(troubled.plus(LONGEST_WITHOUT_AGENT))) {
                scheduler.schedule(LOOK_AGAIN, this::begin);
            } else {
                done.completeExceptionally(why);
            }
        }
    }
}
