package io.jenkins.plugins.awscicd.localaws.cloudformation.stackset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Something that is done to a stack set. */
public final class SetOperation {

    /**
     * What became of one instance.
     *
     * @param status PENDING, RUNNING, SUCCEEDED, FAILED or CANCELLED
     */
    public record Result(String account, String region, String status, String reason) {}

    /** How many fail before it stops, and how many are done at once. */
    public record Preferences(int tolerated, int concurrent) {}

    private final String id;
    private final String action;
    private final Preferences preferences;
    private final Instant created;
    private final boolean retains;
    private final List<Result> results = new ArrayList<>();
    private String status = "RUNNING";
    private Instant ended;

    SetOperation(String id, String action, Preferences preferences, boolean retains, Instant created) {
        this.id = id;
        this.action = action;
        this.preferences = preferences;
        this.retains = retains;
        this.created = created;
    }

    public String id() {
        return id;
    }

    /** CREATE, UPDATE or DELETE. */
    public String action() {
        return action;
    }

    public Preferences preferences() {
        return preferences;
    }

    /** Whether stacks are kept though the set does not have them any more. */
    public boolean retains() {
        return retains;
    }

    public Instant created() {
        return created;
    }

    /** {@code null} while it goes on. */
    public Instant endedAt() {
        return ended;
    }

    public boolean ended() {
        return ended != null;
    }

    /** RUNNING, SUCCEEDED, FAILED, STOPPING or STOPPED. */
    public String status() {
        return status;
    }

    void stopping() {
        status = "STOPPING";
    }

    void end(String value, Instant now) {
        status = value;
        ended = now;
    }

    public List<Result> results() {
        return results;
    }

    public long failed() {
        return results.stream().filter(one -> one.status().equals("FAILED")).count();
    }

    void result(String account, String region, String value, String reason) {
        results.removeIf(one -> one.account().equals(account) && one.region().equals(region));
        results.add(new Result(account, region, value, reason));
    }
}
