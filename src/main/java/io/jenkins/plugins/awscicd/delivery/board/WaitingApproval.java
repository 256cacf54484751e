package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A question of a running run that waits for people. */
@ExportedBean(defaultVisibility = 4)
public final class WaitingApproval {

    private static final Logger LOGGER = Logger.getLogger(WaitingApproval.class.getName());

    private final Run<?, ?> run;
    private final ApprovalRecord record;

    private WaitingApproval(Run<?, ?> run, ApprovalRecord record) {
        this.run = run;
        this.record = record;
    }

    /** Those of runs that whoever asks may read. */
    @NonNull
    static List<WaitingApproval> all() {
        List<WaitingApproval> waiting = new ArrayList<>();
        for (FlowExecution execution : FlowExecutionList.get()) {
            try {
                if (execution.getOwner().getExecutable() instanceof Run<?, ?> run
                        && run.getParent().hasPermission(Item.READ)) {
                    add(run, waiting);
                }
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "A run cannot be asked for its approvals", e);
            }
        }
        return waiting;
    }

    private static void add(Run<?, ?> run, List<WaitingApproval> waiting) {
        ApprovalAction action = run.getAction(ApprovalAction.class);
        if (action != null) {
            action.getApprovals().stream()
                    .filter(ApprovalRecord::isWaiting)
                    .forEach(record -> waiting.add(new WaitingApproval(run, record)));
        }
    }

    boolean isIn(@CheckForNull String stage) {
        return stage != null && stage.equals(record.getStage());
    }

    @Exported
    @NonNull
    public String getMessage() {
        return record.getMessage();
    }

    @Exported
    @CheckForNull
    public String getStage() {
        return record.getStage();
    }

    /** What is to be approved; null if that was not said. */
    @Exported
    @CheckForNull
    public String getSubject() {
        return record.getSubject();
    }

    @Exported
    @NonNull
    public String getJob() {
        return run.getParent().getFullName();
    }

    @Exported
    public int getNumber() {
        return run.getNumber();
    }

    /** Where it is answered, below Jenkins' own address. */
    @Exported
    @NonNull
    public String getUrl() {
        return run.getUrl() + "approvals/";
    }

    @Exported
    @NonNull
    public Date getAsked() {
        return record.getAsked();
    }

    /** How many have approved, of how many, in words. */
    @NonNull
    public String getSummary() {
        return record.getSummary();
    }
}
