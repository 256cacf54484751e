package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.Messages;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A run's approvals: kept with it, shown on its page of what it does at AWS, and by the REST API. */
@ExportedBean
public final class ApprovalAction implements RunAction2 {

    private final CopyOnWriteArrayList<ApprovalRecord> approvals = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;
    /** Grows with each change in a life of Jenkins. */
    private transient long changes;

    private ApprovalAction(Run<?, ?> run) {
        this.run = run;
    }

    /** The run's action, which it gets if it has none. */
    @NonNull
    public static ApprovalAction of(@NonNull Run<?, ?> run) {
        synchronized (ApprovalAction.class) {
            ApprovalAction action = run.getAction(ApprovalAction.class);
            if (action == null) {
                action = new ApprovalAction(run);
                run.addAction(action);
            }
            return action;
        }
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
        run.save();
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

    /** For {@code api/json} and the like. */
    @NonNull
    public Api getApi() {
        return new Api(this);
    }

    @NonNull
    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
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
