package io.jenkins.plugins.awscicd.localaws.codepipeline.job;

import io.jenkins.plugins.awscicd.localaws.codepipeline.action.ActionRun;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A request to a job worker. An action has several, one after the other, if its worker continues it. */
public final class Job {

    public final String id;
    public final ActionRun action;
    /** With which the worker has continued the action; {@code null} of the first job. */
    public final String continuation;

    final Instant created;
    public String nonce;
    /** With which it can be acknowledged. */
    final Set<String> nonces = new HashSet<>();

    public String status = "Queued";
    /** When it was given to a worker last; {@code null} if it was not. */
    Instant dispatched;

    Job(String id, ActionRun action, String continuation, String nonce, Instant created) {
        this.id = id;
        this.action = action;
        this.continuation = continuation;
        this.nonce = nonce;
        nonces.add(nonce);
        this.created = created;
    }

    boolean offered() {
        return action.runs() && (status.equals("Queued") || status.equals("Dispatched"));
    }
}
