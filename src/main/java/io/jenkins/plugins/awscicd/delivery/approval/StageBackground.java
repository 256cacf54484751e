package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What is known of a stage before something new is delivered to it: what runs there, and what has changed since. */
@ExportedBean(defaultVisibility = 4)
public final class StageBackground {

    private final String current;
    private final String approvedIn;
    private final int approvedInNumber;
    private final ArrayList<String> commits;
    private final int furtherCommits;
    /** In milliseconds since the epoch; 0 if it is only known that it was approved, as with what older versions have stored. */
    private final long deployed;

    /**
     * @param current what was deployed or approved last, in words; null if that is not known
     * @param approvedIn the name of the run in which it was; null if none is known
     * @param approvedInNumber that run's number; 0 if it is gone
     * @param deployed when it was deployed; null if it is only known that it was approved
     */
    public StageBackground(
            @CheckForNull String current,
            @CheckForNull String approvedIn,
            int approvedInNumber,
            @CheckForNull Instant deployed,
            @NonNull Commits since) {
        this.current = current;
        this.approvedIn = approvedIn;
        this.approvedInNumber = approvedInNumber;
        this.deployed = deployed == null ? 0 : deployed.toEpochMilli();
        this.commits = new ArrayList<>(since.lines());
        this.furtherCommits = since.further();
    }

    /** What was deployed to the stage last, or approved for it, in words; null if that is not known. */
    @Exported
    @CheckForNull
    public String getCurrent() {
        return current;
    }

    /** The name of the run in which that was; null if none is known. */
    @Exported
    @CheckForNull
    public String getApprovedIn() {
        return approvedIn;
    }

    /** The number of that run; 0 if none is known, or it is gone. */
    @Exported
    public int getApprovedInNumber() {
        return approvedInNumber;
    }

    /** When it was deployed: what runs there now, as far as Jenkins knows. Null if it is only known that it was approved. */
    @Exported
    @CheckForNull
    public Date getDeployed() {
        return deployed == 0 ? null : new Date(deployed);
    }

    /** The commits since then, or those of this run if no such run is known: a line each, the newest first. */
    @Exported
    @NonNull
    public List<String> getCommits() {
        return List.copyOf(commits);
    }

    /** How many commits there are besides. */
    @Exported
    public int getFurtherCommits() {
        return furtherCommits;
    }
}
