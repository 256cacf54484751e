package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** What has changed between runs of one job, for whoever asks. Reads a limited number of runs in all. */
public final class Changes {

    public static final Between NONE = new Between(Commits.of(List.of()), true);

    private int left;

    public Changes(int runs) {
        left = runs;
    }

    /**
     * The commits after one run, up to another.
     *
     * @param complete whether all runs in between were there to be read
     */
    public record Between(@NonNull Commits commits, boolean complete) {}

    /** Of the runs that made two deployments of one job. */
    @NonNull
    public Between between(@CheckForNull ShownDeployment older, @CheckForNull ShownDeployment newer) {
        if (older == null || newer == null || newer.getRunUrl() == null) {
            return new Between(Commits.of(List.of()), false);
        }
        Job<?, ?> job = Jenkins.get().getItemByFullName(newer.getJob(), Job.class);
        List<Run<?, ?>> runs = new ArrayList<>();
        int number = newer.getNumber();
        while (job != null && number > older.getNumber() && left > 0) {
            left--;
            Run<?, ?> run = job.getBuildByNumber(number);
            if (run != null) {
                runs.add(run);
            }
            number--;
        }
        return new Between(Commits.of(runs), runs.size() == newer.getNumber() - older.getNumber());
    }
}
