package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import java.util.List;

/** What has changed about what a run does at AWS. */
public final class AwsChanges {

    private final long version;
    private final boolean live;
    private final List<ShownJob> jobs;
    private final List<ApprovalRecord> approvals;

    AwsChanges(long version, boolean live, @NonNull List<ShownJob> jobs, @NonNull List<ApprovalRecord> approvals) {
        this.version = version;
        this.live = live;
        this.jobs = jobs;
        this.approvals = approvals;
    }

    /** Up to which this goes. */
    public long getVersion() {
        return version;
    }

    /** Whether more may follow. */
    public boolean isLive() {
        return live;
    }

    /** By which a page sets its clock, in milliseconds since the epoch. */
    public long getNow() {
        return System.currentTimeMillis();
    }

    @NonNull
    public List<ShownJob> getJobs() {
        return jobs;
    }

    /** All of them if one has changed. */
    @NonNull
    public List<ApprovalRecord> getApprovals() {
        return approvals;
    }
}
