package io.jenkins.plugins.awscicd.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;
import java.util.ArrayList;
import java.util.List;
import jenkins.scm.api.SCMHead;

/** Only runs of some branches and jobs may deploy. */
record PlaceGuard(@NonNull StageGuards guards) implements Guard {

    @Override
    @NonNull
    public List<String> missing(@NonNull Attempt attempt) {
        Job<?, ?> job = attempt.run().getParent();
        List<String> missing = new ArrayList<>();
        NamePatterns jobs = NamePatterns.of(guards.getJobs());
        if (!jobs.isEmpty() && !jobs.match(job.getFullName())) {
            missing.add(Messages.Guard_job(job.getFullName(), jobs));
        }
        NamePatterns branches = NamePatterns.of(guards.getBranches());
        String branch = branches.isEmpty() ? null : branch(job);
        if (!branches.isEmpty() && (branch == null || !branches.match(branch))) {
            missing.add(branch == null ? Messages.Guard_noBranch(branches) : Messages.Guard_branch(branch, branches));
        }
        return missing;
    }

    /** As the multibranch project that made the job knows it: a job's name says nothing. */
    @CheckForNull
    private static String branch(Job<?, ?> job) {
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        return head == null ? null : head.getName();
    }
}
