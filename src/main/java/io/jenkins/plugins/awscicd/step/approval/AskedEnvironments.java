package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The environments that approvers are asked about, as they are at this moment.
 *
 * @param application null if that is not known
 * @param inPlace whether one is to be updated where it is: if not, it is a CNAME that is meant, whichever has it
 * @param cname of the one that is to be replaced; null if it is known by its name, or none is
 */
record AskedEnvironments(
        @NonNull AwsSession session,
        @CheckForNull String application,
        boolean inPlace,
        @CheckForNull String cname) {

    /**
     * Blocks, calls AWS.
     *
     * @return the targets with the CNAMEs of those environments that are to stay where they are, and the environment that the step names by
     *     its CNAME alone; as they were if they may not be read
     * @throws AwsCallException if AWS does not say it
     */
    @NonNull
    List<Target> read(@NonNull List<Target> targets, @CheckForNull String account) throws InterruptedException {
        boolean byCname = cname != null && targets.isEmpty();
        boolean any = targets.stream().anyMatch(target -> target.service() == Target.Service.BEANSTALK);
        if (application == null || !byCname && !(inPlace && any)) {
            return targets;
        }
        ApplicationEnvironments all = environments(application);
        if (all == null) {
            return targets;
        }
        return byCname
                ? live(all, account, application, cname)
                : targets.stream().map(target -> asItIs(target, all)).toList();
    }

    /** By what clones of it are called as well. */
    private List<Target> live(ApplicationEnvironments all, @CheckForNull String account, String of, String called) {
        return Target.namesOfEnvironment(all.live(called).name()).stream()
                .map(name ->
                        new Target(Target.Service.BEANSTALK, session.region().id(), account, of, name))
                .toList();
    }

    private static Target asItIs(Target target, ApplicationEnvironments all) {
        EnvironmentSnapshot found = target.service() == Target.Service.BEANSTALK ? all.find(target.name()) : null;
        return found == null ? target : target.serving(found.where().cname());
    }

    @CheckForNull
    private ApplicationEnvironments environments(String of) throws InterruptedException {
        try {
            return session.call(
                            EnvironmentService.DESCRIBE,
                            AwsSession.PATIENCE,
                            RetryListener.NONE,
                            () -> ApplicationEnvironments.read(session, of))
                    .get();
        } catch (ExecutionException e) {
            AwsFault fault = AwsFault.of(AwsCallException.unwrap(e.getCause()));
            if (fault == AwsFault.DENIED || fault == AwsFault.REJECTED) {
                return null; // the name is all that is known of them
            }
            throw AwsCallException.of(
                    EnvironmentService.DESCRIBE,
                    "application '" + application + "' in " + session.region(),
                    e.getCause());
        }
    }
}
