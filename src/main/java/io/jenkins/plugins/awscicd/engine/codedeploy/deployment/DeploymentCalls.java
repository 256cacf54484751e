package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.Marker;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.queue.Superseded;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsResponse;

/**
 * Creates a deployment exactly once. CreateDeployment knows no token: the deployment's description ends with a {@link Marker},
 * and whenever a call may have been carried out unheard, the group's deployments are looked through for it. As a group takes
 * one deployment at a time, AWS itself tells of ours if that search was too early.
 *
 * <p>The methods call AWS and block: they are run in the session's lanes, one after the other.
 */
final class DeploymentCalls {

    static final String CREATE = "codedeploy:CreateDeployment";
    static final String LIST = "codedeploy:ListDeployments";
    private static final String READ = "codedeploy:BatchGetDeployments";
    private static final String GET = "codedeploy:GetDeployment";
    /** So far this machine's clock may have been set since. What is looked for is known by its marker, not by when it was made. */
    private static final Duration SET_SINCE = Duration.ofDays(1);

    private final AwsSession session;
    private final DeploymentRequest request;
    private final Turn turn;
    private final Marker marker;
    private final Instant chosen;
    private final Gate gate;
    /** Whether a call may have been carried out whose answer we do not have. */
    private volatile boolean uncertain;

    /**
     * @param token chosen for this deployment alone
     * @param chosen when it was chosen
     * @param again whether a call with it may have been made already, before a restart
     * @param gate asked each time before the deployment is created
     */
    DeploymentCalls(
            AwsSession session,
            DeploymentRequest request,
            Turn turn,
            String token,
            Instant chosen,
            boolean again,
            Gate gate) {
        this.session = session;
        this.request = request;
        this.turn = turn;
        this.marker = new Marker(token, turn.order());
        this.chosen = chosen;
        this.uncertain = again;
        this.gate = gate;
    }

    /**
     * Creates the deployment, or finds it if it was created before.
     *
     * @param stillWanted run before anything is created, to fail if nothing is to be any more
     * @param inTheWay names a deployment that is in the way, whatever AWS says; gives null if there is none
     * @return its id
     * @throws GroupBusy if another one is active in the group
     * @throws Superseded if the newest is to win, and a newer one was there first
     */
    @NonNull
    String create(Runnable stillWanted, Supplier<String> inTheWay) {
        Optional<String> found = uncertain ? find() : Optional.empty();
        if (found.isPresent()) {
            return found.get();
        }
        stillWanted.run();
        if (request.newestWins()) {
            yieldToNewer();
        }
        String known = allowed(READ, inTheWay);
        // Each time, and after all else that takes time: hours may have passed since the last.
        RevisionContent content = new RevisionContent(session, request.revision());
        gate.pass(new Gate.Where(request.application(), request.group(), null), content.now());
        stillWanted.run(); // those who were asked have taken their time
        if (known != null) {
            throw new GroupBusy(
                    "The Deployment Group '" + request.group() + "' already has an active Deployment '" + known + "'");
        }
        try {
            return client().createDeployment(createDeployment(content)).deploymentId();
        } catch (DeploymentLimitExceededException e) {
            GroupBusy busy = new GroupBusy(AwsCallException.said(e).replaceFirst("\\.$", ""));
            String active = busy.blocking();
            if (uncertain
                    && active != null
                    && isOurs(allowed(GET, () -> client().getDeployment(get -> get.deploymentId(active)))
                            .deploymentInfo())) {
                return active;
            }
            throw busy;
        } catch (SdkException e) {
            uncertain |= AwsFault.of(e) == AwsFault.TRANSIENT;
            throw e;
        }
    }

    /** Whether it may be there although AWS has not said so. */
    boolean mayBeCreated() {
        return uncertain;
    }

    private CreateDeploymentRequest createDeployment(RevisionContent content) {
        String described = request.text("description");
        CreateDeploymentRequest.Builder create =
                request.toCreateDeployment().description(marker.under(described == null ? turn.name() : described));
        if (content.pinned() != null) { // what the gate has let through, and nothing that is put there meanwhile
            create.revision(content.pinned());
        }
        if (request.restarts()) {
            create.overrideConfiguration(it -> it.addPlugin(new RestartMode()));
        }
        return create.build();
    }

    /** The deployment that was created with our token before a restart. */
    @NonNull
    Optional<String> find() {
        return search(this::isOurs, chosen).map(DeploymentInfo::deploymentId);
    }

    private boolean isOurs(DeploymentInfo info) {
        Marker theirs = marker(info);
        return theirs != null && theirs.token().equals(marker.token());
    }

    /** Of two runs the newer one is to be deployed last: whatever became of its deployment, ours would undo it. */
    private void yieldToNewer() {
        search(
                        info -> {
                            Marker theirs = marker(info);
                            return theirs != null && theirs.order() > marker.order();
                        },
                        Instant.ofEpochMilli(turn.order()))
                .ifPresent(newer -> {
                    throw new Superseded("Stepped aside for " + Marker.without(newer.description())
                            + ", which is newer and was deployed first (" + newer.deploymentId() + ")");
                });
    }

    @CheckForNull
    private static Marker marker(DeploymentInfo info) {
        return info.description() == null ? null : Marker.in(info.description());
    }

    /** @param since what was created from then on, by this machine's clock; all if nobody knows what AWS's has shown */
    private Optional<DeploymentInfo> search(Predicate<DeploymentInfo> wanted, Instant since) {
        Instant there = session.time().at(since);
        Instant start = there == null ? null : there.minus(SET_SINCE);
        String next = null;
        do {
            String page = next;
            ListDeploymentsResponse list = allowed(
                    LIST,
                    () -> client().listDeployments(all -> all.applicationName(request.application())
                            .deploymentGroupName(request.group())
                            .createTimeRange(range -> range.start(start))
                            .nextToken(page)));
            List<String> ids = list.deployments();
            for (int from = 0; from < ids.size(); from += 25) {
                List<String> batch = ids.subList(from, Math.min(ids.size(), from + 25));
                Optional<DeploymentInfo> found = allowed(
                                READ, () -> client().batchGetDeployments(get -> get.deploymentIds(batch)))
                        .deploymentsInfo()
                        .stream()
                        .filter(wanted)
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
            next = list.nextToken();
        } while (next != null);
        return Optional.empty();
    }

    /** What is looked up on the way needs rights of its own: a refusal is to name them. */
    private <T> T allowed(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            if (AwsFault.of(e) != AwsFault.DENIED) {
                throw e;
            }
            throw AwsCallException.of(
                    action,
                    "deployment group '" + request.group() + "' of application '" + request.application() + "' in "
                            + session.region(),
                    e);
        }
    }

    private CodeDeployClient client() {
        return CodeDeployService.client(session);
    }
}
