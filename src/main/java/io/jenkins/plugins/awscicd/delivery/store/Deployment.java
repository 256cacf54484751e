package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.List;

/**
 * What Jenkins knows of one deployment, kept longer than the run and the job that made it.
 *
 * @param token tells deployments apart; chosen by the step
 * @param id AWS's id of it; null if it has none
 * @param service the step, such as {@code codeDeploy}
 * @param region the AWS region
 * @param whose where the step's access led to, as {@link io.jenkins.plugins.awscicd.engine.stage.Target#whose} says; null if that is not known
 * @param revision what is deployed, in words; null if that is not known (yet)
 * @param version what the build that has made it has called it; null if it has not
 * @param commit the commit that the run has checked out; null if it does not know one
 * @param ended null while it runs
 * @param cause why it did not succeed, in a line; null if it did, or runs
 * @param approvals who agreed to it
 * @param override why a guard of the stage was passed over; null if none was
 * @param consoleUrl its page in the AWS console; null if it has none
 * @param seen what guards have seen of it when it was let in
 */
public record Deployment(
        @NonNull String token,
        @CheckForNull String id,
        @NonNull String service,
        @NonNull String region,
        @CheckForNull String whose,
        @NonNull Destination destination,
        @CheckForNull String revision,
        @CheckForNull String version,
        @CheckForNull String commit,
        @NonNull Origin origin,
        @NonNull Instant started,
        @CheckForNull Instant ended,
        @NonNull DeploymentVerdict verdict,
        @CheckForNull String cause,
        @NonNull List<Approval> approvals,
        @CheckForNull String override,
        @CheckForNull String consoleUrl,
        @NonNull Seen seen) {

    /**
     * What guards have seen of a deployment when they let it in.
     *
     * @param content what was in the revision, as {@link io.jenkins.plugins.awscicd.engine.job.Gate.What} has it; null if nobody asked,
     *     or nothing pinned it
     * @param cname what customers came to the environment by; null for nothing, or if that is not known
     * @param idle the CNAME that it was to have of another environment until they swapped; null if they did not
     * @param certain whether the stage knew then that customers come by the one and not by the other
     */
    public record Seen(
            @CheckForNull String content,
            @CheckForNull String cname,
            @CheckForNull String idle,
            boolean certain) {

        public static final Seen NOTHING = new Seen(null, null, null, false);

        /** The same, as far as it is not known better. */
        @NonNull
        Seen orElse(@NonNull Seen before) {
            return new Seen(
                    content == null ? before.content : content,
                    cname == null ? before.cname : cname,
                    cname == null ? before.idle : idle,
                    cname == null ? before.certain : certain);
        }
    }

    /**
     * Somebody's approval.
     *
     * @param person the id, or what stands for it
     */
    public record Approval(@NonNull String person, @NonNull Instant when) {}

    /** So much is kept of why it did not succeed: all of them are in memory. */
    private static final int CAUSE = 1000;

    public Deployment {
        cause = cause == null ? null : Shortened.cut(cause, CAUSE);
        approvals = List.copyOf(approvals);
    }

    public boolean isRunning() {
        return verdict == DeploymentVerdict.RUNNING;
    }

    public boolean succeeded() {
        return verdict == DeploymentVerdict.SUCCESS;
    }

    /**
     * The same, ended.
     *
     * @param known what is known of the revision at the end; null if no more than before
     */
    @NonNull
    Deployment ended(
            @NonNull DeploymentVerdict how,
            @CheckForNull String known,
            @CheckForNull String why,
            @NonNull Instant when) {
        return but().revision(known == null ? revision : known)
                .verdict(how)
                .cause(why)
                .ended(when)
                .build();
    }

    /** The same, of which more is known, or which was taken up again. */
    @NonNull
    public Deployment continued(@CheckForNull String awsId, @CheckForNull String known, @CheckForNull String url) {
        return but().id(awsId == null ? id : awsId)
                .revision(known == null ? revision : known)
                .consoleUrl(url == null ? consoleUrl : url)
                .verdict(DeploymentVerdict.RUNNING)
                .cause(null)
                .ended(null)
                .build();
    }

    /** The same, to another place. */
    @NonNull
    public Deployment to(@NonNull Destination other) {
        return but().destination(other).build();
    }

    @NonNull
    Deployment from(@NonNull Origin other) {
        return but().origin(other).build();
    }

    /** The same, of which guards have seen more. */
    @NonNull
    public Deployment seen(@NonNull Seen more) {
        return but().seen(more.orElse(seen)).build();
    }

    /** The same but for what is said of it then. */
    @NonNull
    public DeploymentBuilder but() {
        return new DeploymentBuilder(this);
    }
}
