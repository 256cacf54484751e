package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A controller as a worker sees it: what it has on disk outlives its worker. */
final class Workers implements WorkHost {

    final Bench bench;
    final WorkSource source;
    final Map<String, Map<String, String>> disk = new LinkedHashMap<>();
    /** By claim, in the order of the offers. */
    final Map<String, Claim> queue = new LinkedHashMap<>();

    final Map<String, ActionJob> jobs = new LinkedHashMap<>();
    final Map<String, Claim> running = new LinkedHashMap<>();
    /** Of runs that have ended, as they are on disk. */
    final Map<String, WorkResult> results = new LinkedHashMap<>();

    final List<String> lost = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    JobWorker worker;
    /** Whether the disk is. */
    boolean full;
    /** In which no claim can be kept; null if there is none. */
    Claim.Phase unkept;

    Answer answer = Answer.QUEUED;
    /** Another worker of the same controller; null if there is none. */
    Workers sibling;

    boolean finished;
    /** As whom it works. */
    String keyId = "AKIAWORKER0000000000";

    Workers(Bench bench, String controller, boolean exclusive) {
        this.bench = bench;
        source = new WorkSource(new ActionType("Build", "Jenkins", "1"), controller, List.of(), false, exclusive);
    }

    Workers start() {
        worker = new JobWorker(
                source,
                () -> bench.clients()
                        .open(
                                new AwsAccess(
                                        Bench.REGION,
                                        null,
                                        null,
                                        null,
                                        null,
                                        bench.aws().endpoint().toString()),
                                Identity.ofKeys(keyId, "secret", null)),
                bench.scheduler(),
                this);
        worker.start();
        return this;
    }

    /** The controller goes down and comes up again. */
    Workers restart(long seconds) {
        worker.close();
        bench.advance(seconds);
        return start();
    }

    /** The next in the queue has its turn: it is begun if it is ours. */
    CompletableFuture<Boolean> begin() {
        String claim = queue.keySet().iterator().next();
        return begin(claim);
    }

    CompletableFuture<Boolean> begin(String claim) {
        return worker.acknowledge(claim).thenApply(ours -> {
            Claim taken = queue.remove(claim);
            if (ours) {
                running.put(claim, taken);
                worker.runs(claim, "web:" + running.size());
            }
            return ours;
        });
    }

    String only() {
        return running.keySet().iterator().next();
    }

    void end(WorkResult result) {
        end(only(), result);
    }

    void end(String claim, WorkResult result) {
        Claim ended = running.remove(claim);
        results.put(claim, result);
        done.add(ended.action().execution());
        worker.end(claim, result);
    }

    @Override
    public Answer offer(@NonNull ActionJob job, @NonNull Claim claim) {
        if (answer == Answer.QUEUED) {
            queue.put(claim.id(), claim);
            jobs.put(claim.id(), job);
        }
        return answer;
    }

    @Override
    public Standing standing(@NonNull Claim claim) {
        if (results.containsKey(claim.id())) {
            worker.end(claim.id(), results.get(claim.id()));
            return Standing.RUNNING;
        }
        return queue.containsKey(claim.id())
                ? Standing.QUEUED
                : running.containsKey(claim.id()) ? Standing.RUNNING : Standing.GONE;
    }

    @Override
    public void lost(@NonNull Claim claim, @NonNull String why) {
        queue.remove(claim.id());
        lost.add(why);
    }

    @Override
    public void keep(@NonNull Claim claim) {
        if (full || claim.phase() == unkept) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
        disk.put(claim.id(), claim.toMap());
    }

    @Override
    public boolean passOn(@NonNull String claim, @NonNull String jobId, @NonNull String nonce) {
        boolean known = sibling != null && sibling.worker.holds(claim);
        if (known) {
            sibling.worker.continued(claim, jobId, nonce);
        }
        return known;
    }

    @Override
    public void finished() {
        finished = true;
    }

    @Override
    public void forget(@NonNull Claim claim) {
        disk.remove(claim.id());
    }

    @Override
    public List<Claim> kept(@NonNull ActionType type) {
        return disk.values().stream().map(Claim::ofMap).toList();
    }
}
