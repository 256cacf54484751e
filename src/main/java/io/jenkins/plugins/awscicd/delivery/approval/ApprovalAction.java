package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.RunRecords;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A run's approvals: kept with it, shown on its page of what it does at AWS, and by the REST API. */
@ExportedBean
public final class ApprovalAction extends RunRecords {

    private final CopyOnWriteArrayList<ApprovalRecord> approvals = new CopyOnWriteArrayList<>();
    /** Grows with each change in a life of Jenkins. */
    private transient long changes;

    private ApprovalAction(Run<?, ?> run) {
        super(run);
    }

    /** The run's action, which it gets if it has none. */
    @NonNull
    public static ApprovalAction of(@NonNull Run<?, ?> run) {
        return of(run, ApprovalAction.class, ApprovalAction::new);
    }

    /** A new question. */
    public void add(@NonNull ApprovalRecord record) throws IOException {
        approvals.add(record);
        save();
    }

    /** The approval of this id; null if there is none. */
    @CheckForNull
    public ApprovalRecord find(@NonNull String id) {
        return approvals.stream()
                .filter(record -> record.getId().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Keeps what has changed. */
    public void save() throws IOException {
        synchronized (this) {
            changes++;
        }
        getRun().save();
    }

    /** How often something has changed since Jenkins has read it. */
    public synchronized long changes() {
        return changes;
    }

    /** In the order in which they were asked for. */
    @Exported(visibility = 2)
    @NonNull
    public List<ApprovalRecord> getApprovals() {
        return List.copyOf(approvals);
    }

    @Override
    public String getIconFileName() {
        return null; // they are on a page with the jobs
    }

    @Override
    public String getDisplayName() {
        return Messages.ApprovalAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "approvals";
    }
}
