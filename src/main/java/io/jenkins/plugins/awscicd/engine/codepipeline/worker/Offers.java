package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.services.codepipeline.model.Job;

/** What becomes of the jobs that a poll has brought. */
final class Offers {

    private final JobWorker worker;
    private final Set<String> unknown = new TreeSet<>();
    private boolean isPostponed;

    Offers(@NonNull JobWorker worker) {
        this.worker = worker;
    }

    /**
     * A poll has come back.
     *
     * @return whether something of it cannot be taken yet
     */
    boolean came(@NonNull List<Job> jobs) {
        unknown.clear();
        isPostponed = false;
        Set<String> seen = new HashSet<>();
        for (Job job : jobs) {
            seen.add(job.id());
            worker.guarded(() -> take(ActionJob.of(job.id(), job.data()), job.nonce()));
        }
        worker.held()
                .all()
                .forEach(job -> worker.guarded(
                        () -> job.polled(seen.contains(job.claim().jobId()))));
        worker.show();
        return isPostponed;
    }

    /** Projects of the last poll's jobs that nobody here does. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    private void take(ActionJob job, String nonce) {
        if (job.continuation() != null) {
            proceed(job, nonce);
            return;
        }
        HeldJob known = worker.held().ofJob(job.id());
        if (known != null) {
            known.offered(nonce);
        } else if (!worker.isFinishing() && worker.source().takes(job.project())) {
            offer(job, nonce);
        }
    }

    private void proceed(ActionJob job, String nonce) {
        String id = worker.source().claim(String.valueOf(job.continuation()));
        HeldJob known = worker.held().find(id);
        if (known != null) {
            known.continued(job.id(), nonce);
        } else if (!id.isEmpty() && !worker.host().passOn(id, job.id(), nonce)) {
            fail(
                    claim(id, job, nonce),
                    WorkResult.unavailable(
                            "Jenkins does not know the run any more that it had begun for this action."));
        }
    }

    private Claim claim(String id, ActionJob job, String nonce) {
        return new Claim(
                id,
                worker.source().type(),
                job.project(),
                job.action(),
                Claim.Phase.OFFERED,
                job.id(),
                nonce,
                null,
                null);
    }

    private void offer(ActionJob job, String nonce) {
        Claim claim = claim(UUID.randomUUID().toString(), job, nonce);
        switch (worker.host().offer(job, claim)) {
            case QUEUED -> queued(claim);
            case UNKNOWN -> {
                unknown.add(job.project());
                if (worker.source().exclusive()) {
                    fail(
                            claim,
                            WorkResult.misconfigured("Jenkins has no job '" + job.project()
                                    + "' with the trigger codePipelineJob for "
                                    + worker.source().type() + "."));
                }
            }
            case LATER -> isPostponed = true;
        }
    }

    /** Its place in the queue is of no use without what is kept: each poll would take another one. */
    private void queued(Claim claim) {
        try {
            worker.host().keep(claim);
        } catch (RuntimeException e) {
            worker.host().lost(claim, "It cannot be kept: " + e.getMessage());
            throw e;
        }
        worker.held().add(new HeldJob(worker, claim, false));
    }

    private void fail(Claim claim, WorkResult result) {
        HeldJob job = new HeldJob(worker, claim, false);
        worker.held().add(job);
        job.end(result);
    }
}
