package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.stage.ClosedHours;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What a deployment to a stage has to satisfy, whatever a Jenkinsfile says. Plain data, also kept with running steps. */
public final class StageGuards extends AbstractDescribableImpl<StageGuards> implements Serializable {

    private static final long serialVersionUID = 1L;

    static final Pattern APPROVALS = Pattern.compile("[1-9]\\d?");

    private String approvers;
    private String after;
    private String branches;
    private String jobs;
    private String closedHours;
    private String targets;
    private Integer approvals;
    private boolean forbidSelfApproval;
    private boolean foldersMayRelax;
    private boolean oneMoreIfNobodyStarted;
    private boolean allowReplay;

    @DataBoundConstructor
    public StageGuards() {
        // everything is optional
    }

    boolean isEmpty() {
        return policy() == null
                && Stream.of(after, branches, jobs, closedHours, targets).allMatch(Objects::isNull);
    }

    /**
     * Fails unless these can guard a stage.
     *
     * @throws IllegalArgumentException saying which field of which stage is wrong, and why
     */
    void check(@NonNull String stage) {
        requireNames(stage, "approvers", approvers);
        requireNames(stage, "branches", branches);
        requireNames(stage, "jobs", jobs);
        requireNames(stage, "targets", targets);
        try {
            ClosedHours.of(closedHours);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(stage + ": closedHours: " + e.getMessage(), e);
        }
    }

    /** Who has typed commas alone has meant somebody. */
    private static void requireNames(String stage, String field, @CheckForNull String given) {
        if (namesNothing(given)) {
            throw new IllegalArgumentException(stage + ": " + field + ": " + Messages.Stage_namesNothing(given));
        }
    }

    static boolean namesNothing(@CheckForNull String given) {
        return given != null && NamePatterns.of(given).isEmpty();
    }

    /** Whose approvals it takes; null if it takes none. Commas alone, which earlier versions kept, name nobody: not everybody. */
    @CheckForNull
    public ApprovalPolicy policy() {
        if (approvals == null && approvers == null && !forbidSelfApproval) {
            return null;
        }
        return new ApprovalPolicy(
                namesNothing(approvers)
                        ? List.of(approvers)
                        : NamePatterns.of(approvers).patterns(),
                approvals == null ? 1 : approvals,
                forbidSelfApproval,
                false,
                false,
                oneMoreIfNobodyStarted);
    }

    /** Users and groups whose approval counts, separated by commas; null for whoever may build the job. */
    @CheckForNull
    public String getApprovers() {
        return approvers;
    }

    @DataBoundSetter
    public void setApprovers(@CheckForNull String approvers) {
        this.approvers = Util.fixEmptyAndTrim(approvers);
    }

    /** The stage that must have had the same revision successfully before; null for none. */
    @CheckForNull
    public String getAfter() {
        return after;
    }

    @DataBoundSetter
    public void setAfter(@CheckForNull String after) {
        this.after = Util.fixEmptyAndTrim(after);
    }

    /** Patterns of branches of multibranch projects whose runs may deploy; null for all runs. */
    @CheckForNull
    public String getBranches() {
        return branches;
    }

    @DataBoundSetter
    public void setBranches(@CheckForNull String branches) {
        this.branches = Util.fixEmptyAndTrim(branches);
    }

    /** Patterns of full names of jobs whose runs may deploy; null for all. */
    @CheckForNull
    public String getJobs() {
        return jobs;
    }

    @DataBoundSetter
    public void setJobs(@CheckForNull String jobs) {
        this.jobs = Util.fixEmptyAndTrim(jobs);
    }

    /** Hours in which nothing is deployed, as {@link ClosedHours} reads them; null for none. */
    @CheckForNull
    public String getClosedHours() {
        return closedHours;
    }

    @DataBoundSetter
    public void setClosedHours(@CheckForNull String closedHours) {
        this.closedHours = Util.fixEmptyAndTrim(closedHours);
    }

    /** Patterns such as {@code web/prod} of what belongs to the stage besides its defaults; null for nothing. */
    @CheckForNull
    public String getTargets() {
        return targets;
    }

    @DataBoundSetter
    public void setTargets(@CheckForNull String targets) {
        this.targets = Util.fixEmptyAndTrim(targets);
    }

    /** How many different people have to approve; null for one, if it takes approval at all. */
    @CheckForNull
    public Integer getApprovals() {
        return approvals;
    }

    /**
     * Takes the text, as what is no number would be dropped without a word on its way to one, and leave the stage open.
     *
     * @throws IllegalArgumentException if it is no number from 1 to 99
     */
    @DataBoundSetter
    public void setApprovals(@CheckForNull String approvals) {
        String given = Util.fixEmptyAndTrim(approvals);
        if (given != null && !APPROVALS.matcher(given).matches()) {
            throw new IllegalArgumentException("approvals: '" + given + "': " + Messages.Stage_badApprovals());
        }
        this.approvals = given == null ? null : Integer.valueOf(given);
    }

    /** Whether those who started the run are no approvers of it. */
    public boolean isForbidSelfApproval() {
        return forbidSelfApproval;
    }

    @DataBoundSetter
    public void setForbidSelfApproval(boolean forbidSelfApproval) {
        this.forbidSelfApproval = forbidSelfApproval;
    }

    /**
     * Whether a run that nobody started, as after a push, takes one approval more if {@link #isForbidSelfApproval() those who started
     * it} are no approvers. If not, its committers are none, and it takes one more only where they are not known.
     */
    public boolean isOneMoreIfNobodyStarted() {
        return oneMoreIfNobodyStarted;
    }

    @DataBoundSetter
    public void setOneMoreIfNobodyStarted(boolean oneMoreIfNobodyStarted) {
        this.oneMoreIfNobodyStarted = oneMoreIfNobodyStarted;
    }

    /** Whether replays with another script may deploy, even though branches or jobs are named. */
    public boolean isAllowReplay() {
        return allowReplay;
    }

    @DataBoundSetter
    public void setAllowReplay(boolean allowReplay) {
        this.allowReplay = allowReplay;
    }

    /** Whether a folder's stage of the same name does without these guards. */
    public boolean isFoldersMayRelax() {
        return foldersMayRelax;
    }

    @DataBoundSetter
    public void setFoldersMayRelax(boolean foldersMayRelax) {
        this.foldersMayRelax = foldersMayRelax;
    }

    @Extension
    public static final class DescriptorImpl extends StageGuardsDescriptor {}
}
