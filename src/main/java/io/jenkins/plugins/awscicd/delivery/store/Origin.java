package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/**
 * The run that deploys.
 *
 * @param job the job's full name, as it is now
 * @param number the run's number
 * @param url the run's address below Jenkins' own, as it was then
 * @param startedBy the ids of those who started the run; empty if nobody did
 * @param left what is left of it
 */
public record Origin(
        @NonNull String job,
        int number,
        @NonNull String url,
        @NonNull List<String> startedBy,
        @NonNull Left left) {

    /** What is left of a run in Jenkins. */
    public enum Left {
        RUN,
        /** The job, without this run. */
        JOB,
        /** Neither: a job of this name is another. */
        NOTHING
    }

    public Origin {
        startedBy = List.copyOf(startedBy);
    }

    Origin left(@NonNull Left less) {
        return new Origin(job, number, url, startedBy, less);
    }

    /** The same after a job or a folder was renamed or moved. */
    @NonNull
    Origin moved(@NonNull String from, @NonNull String to) {
        return isBelow(from) ? new Origin(to + job.substring(from.length()), number, url, startedBy, left) : this;
    }

    /** Whether it is a job that is still there, under this name. */
    public boolean isOf(@NonNull String name) {
        return left != Left.NOTHING && job.equals(name);
    }

    /** Whether the job is this item, or within it. */
    public boolean isBelow(@CheckForNull String item) {
        return item == null || item.isEmpty() || job.equals(item) || job.startsWith(item + "/");
    }
}
