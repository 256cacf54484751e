package io.jenkins.plugins.awscicd.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What is known of a stage before something new is delivered to it: what was approved for it last, and what has changed since. */
@ExportedBean(defaultVisibility = 4)
public final class StageBackground {

    private final String current;
    private final String approvedIn;
    private final int approvedInNumber;
    private final ArrayList<String> commits;
    private final int furtherCommits;

    /**
     * @param current what was approved last, in words
     * @param approvedIn the name of the run in which it was; null if none is known
     * @param approvedInNumber that run's number
     * @param commits a line each, the newest first
     * @param furtherCommits how many there are besides
     */
    StageBackground(
            @CheckForNull String current,
            @CheckForNull String approvedIn,
            int approvedInNumber,
            @NonNull List<String> commits,
            int furtherCommits) {
        this.current = current;
        this.approvedIn = approvedIn;
        this.approvedInNumber = approvedInNumber;
        this.commits = new ArrayList<>(commits);
        this.furtherCommits = furtherCommits;
    }

    /** What was approved for the stage last, in words; null if that is not known. */
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

    /** The number of that run; 0 if none is known. */
    @Exported
    public int getApprovedInNumber() {
        return approvedInNumber;
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
