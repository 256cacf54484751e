package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.ForwardingListener;
import io.jenkins.plugins.awscicd.engine.job.JobListener;
import io.jenkins.plugins.awscicd.engine.job.LateSuccessor;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * The deployments that this controller has seen and does not know to be over, one for each group. A failed one is over when its rollback
 * is: nothing is known of whether AWS takes another deployment between the two, and what it takes then would be undone. Nobody may be
 * watching any more what is kept here, so it is looked at again before it is in anybody's way.
 */
final class ActiveDeployments {

    /** @param account an account in a region; what sessions of one identity share where AWS does not tell that */
    private record Group(Object account, String application, String group) {}

    private final Scheduler scheduler;
    private final Map<Group, String> active = new HashMap<>();
    /** Those that have failed and are to be rolled back, and until when AWS is given time to say with which deployment. */
    private final Map<String, Moment> due = new HashMap<>();

    ActiveDeployments(@NonNull Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    private static Group group(AwsSession session, String application, String group) {
        Object account;
        try {
            account = session.accountRegion().getNow(null);
        } catch (CompletionException e) {
            account = null; // as those that wait for their turn have been told
        }
        return new Group(account == null ? session.account() : account, application, group);
    }

    /** One that is in the way of another one, whatever AWS says; null if there is none. Blocks, calls AWS if there may be one. */
    @CheckForNull
    String of(@NonNull AwsSession session, @NonNull String application, @NonNull String group) {
        Group place = group(session, application, group);
        String known;
        synchronized (this) {
            known = active.get(place);
        }
        if (known == null) {
            return null;
        }
        DeploymentSnapshot now =
                new CodeDeployService(false).observe(session, List.of(known)).get(known);
        if (now != null && isInTheWay(now)) {
            return known;
        }
        ended(known);
        return null;
    }

    private synchronized boolean isInTheWay(DeploymentSnapshot now) {
        return !now.ended()
                || now.successorDue()
                        && scheduler
                                .moment()
                                .isBefore(due.computeIfAbsent(
                                        now.id(), id -> scheduler.moment().plus(LateSuccessor.LONGEST)));
    }

    synchronized void ended(@NonNull String id) {
        active.values().removeIf(id::equals);
        due.remove(id);
    }

    private synchronized void seen(AwsSession session, DeploymentSnapshot now) {
        if (isInTheWay(now)) {
            String before = active.put(group(session, now.application(), now.group()), now.id());
            if (!now.id().equals(before)) {
                due.remove(before);
            }
        }
    }

    /** A listener from which the active ones are known. */
    @NonNull
    JobListener<DeploymentSnapshot> listening(
            @NonNull AwsSession session, @NonNull JobListener<DeploymentSnapshot> listener) {
        return new ForwardingListener<>(listener) {
            private String latest = "";

            @Override
            public void observed(DeploymentSnapshot now) {
                latest = now.id();
                seen(session, now);
                super.observed(now);
            }

            @Override
            public void ended(List<DeploymentSnapshot> jobs) {
                jobs.stream().filter(DeploymentSnapshot::ended).forEach(it -> ActiveDeployments.this.ended(it.id()));
                super.ended(jobs);
            }

            @Override
            public void failed(RuntimeException why) {
                ActiveDeployments.this.ended(latest);
                super.failed(why);
            }
        };
    }
}
