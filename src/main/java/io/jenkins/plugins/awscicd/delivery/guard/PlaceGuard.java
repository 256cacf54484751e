package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;
import java.util.ArrayList;
import java.util.List;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.TagSCMHead;

/** Only runs of some branches and jobs may deploy. */
record PlaceGuard(
        @CheckForNull String jobsAllowed, @CheckForNull String branchesAllowed, boolean allowReplay) implements Guard {

    static PlaceGuard of(@NonNull StageGuards guards) {
        return new PlaceGuard(guards.getJobs(), guards.getBranches(), guards.isAllowReplay());
    }

    @Override
    @NonNull
    public List<String> missing(@NonNull Attempt attempt) {
        Job<?, ?> job = attempt.run().getParent();
        List<String> missing = new ArrayList<>();
        NamePatterns jobs = NamePatterns.of(jobsAllowed);
        if (jobsAllowed != null && !jobs.match(job.getFullName())) {
            missing.add(Messages.Guard_job(job.getFullName(), jobs));
        }
        NamePatterns branches = NamePatterns.of(branchesAllowed);
        if (branchesAllowed != null) {
            String problem = problem(branches, SCMHead.HeadByItem.findHead(job));
            if (problem != null) {
                missing.add(problem);
            }
        }
        boolean placed = jobsAllowed != null || branchesAllowed != null;
        if (placed && !allowReplay && ScriptOrigin.isReplaced(attempt.run())) {
            missing.add(Messages.Guard_replay());
        }
        return missing;
    }

    /**
     * What a job's name says does not count, nor what pull requests and tags are called: strangers make the ones, and both may be called
     * as a branch is.
     *
     * @param head as the multibranch project that made the job knows it; null if it was made by none
     */
    @CheckForNull
    private static String problem(NamePatterns branches, @CheckForNull SCMHead head) {
        if (head == null) {
            return Messages.Guard_noBranch(branches);
        }
        if (head instanceof ChangeRequestSCMHead) {
            return Messages.Guard_pullRequest(head.getName(), branches);
        }
        if (head instanceof TagSCMHead) {
            return Messages.Guard_tag(head.getName(), branches);
        }
        return branches.match(head.getName()) ? null : Messages.Guard_branch(head.getName(), branches);
    }
}
