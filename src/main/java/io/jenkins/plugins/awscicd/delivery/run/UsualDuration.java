package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How long a step's job has taken in the last runs that it succeeded in. Reads them from disk. */
public final class UsualDuration {

    private static final int RUNS = 10;
    private static final int SUCCESSES = 3;

    private UsualDuration() {}

    /**
     * The longest of the last three; null if it has never succeeded lately.
     *
     * @param service such as {@code CodeBuild}
     * @param subject what the job is about: a project, say
     * @param stage for which stage it is; null if for none
     */
    @CheckForNull
    public static Duration of(
            @NonNull Run<?, ?> run, @NonNull String service, @NonNull String subject, @CheckForNull String stage) {
        List<Long> took = new ArrayList<>();
        Run<?, ?> before = run.getPreviousBuild();
        for (int looked = 0; before != null && looked < RUNS && took.size() < SUCCESSES; looked++) {
            AwsAction action = before.getAction(AwsAction.class);
            if (action != null && action.getCount() > 0) {
                action.getJobs().stream()
                        .filter(job -> job.getState() == JobRecord.State.SUCCEEDED && job.getStarted() > 0)
                        .filter(job -> job.getService().equals(service)
                                && Objects.equals(job.getStage(), stage)
                                && isAbout(job.getName(), subject))
                        .mapToLong(job -> job.getEnded() - job.getStarted())
                        .max()
                        .ifPresent(took::add);
            }
            before = before.getPreviousBuild();
        }
        return took.stream().max(Long::compare).map(Duration::ofMillis).orElse(null);
    }

    /** AWS names a project's builds {@code web #42}. */
    private static boolean isAbout(String name, String subject) {
        return name.equals(subject) || name.startsWith(subject + " #");
    }
}
