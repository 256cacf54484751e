package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.PageCount;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsResponse;
import software.amazon.awssdk.services.codedeploy.model.TargetFilterName;

/**
 * Reads what AWS says of a deployment's targets
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeploymentTargets.html">ListDeploymentTargets</a>,
 * <a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetDeploymentTargets.html">BatchGetDeploymentTargets</a>).
 * Fails with {@link AwsCallException}.
 */
public final class TargetReader {

    private static final String LIST = "codedeploy:ListDeploymentTargets";
    private static final String READ = "codedeploy:BatchGetDeploymentTargets";
    private static final int BATCH = 25;
    /** What is wrong with one of a batch. The SDK has no class for the latter, which the service's model has. */
    private static final Set<String> OF_ONE_TARGET =
            Set.of("DeploymentTargetDoesNotExistException", "InstanceDoesNotExistException");

    /** They are looked at again anyway. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AwsSession session;
    private final String deployment;
    private final boolean urgent;

    /** @param urgent whether somebody waits for the answer: it is asked for before what others only look at */
    public TargetReader(AwsSession session, String deployment, boolean urgent) {
        this.session = session;
        this.deployment = deployment;
        this.urgent = urgent;
    }

    /** All targets of a deployment to few. Blocks: to be run in a lane. */
    public static List<Target> all(CodeDeployClient client, String deployment) {
        List<String> ids = page(client, deployment, Map.of(), null).targetIds();
        return ids.isEmpty() ? List.of() : read(client, deployment, ids);
    }

    /** The ids of all targets. */
    @NonNull
    public CompletableFuture<List<String>> ids() {
        return ids(Map.of(), new ArrayList<>(), new PageCount(), null);
    }

    /** The ids of the targets in a state, such as {@code Failed}. */
    @NonNull
    public CompletableFuture<List<String>> ids(@NonNull String status) {
        return ids(Map.of(TargetFilterName.TARGET_STATUS, List.of(status)), new ArrayList<>(), new PageCount(), null);
    }

    private CompletableFuture<List<String>> ids(
            Map<TargetFilterName, List<String>> filters,
            List<String> found,
            PageCount pages,
            @CheckForNull String token) {
        pages.next(LIST);
        return call(LIST, () -> page(CodeDeployService.client(session), deployment, filters, token))
                .thenCompose(page -> {
                    found.addAll(page.targetIds());
                    String next = page.nextToken();
                    return next == null ? CompletableFuture.completedFuture(found) : ids(filters, found, pages, next);
                });
    }

    private static ListDeploymentTargetsResponse page(
            CodeDeployClient client,
            String deployment,
            Map<TargetFilterName, List<String>> filters,
            @CheckForNull String token) {
        try {
            return client.listDeploymentTargets(list -> list.deploymentId(deployment)
                    .targetFilters(filters.isEmpty() ? null : filters)
                    .nextToken(token));
        } catch (DeploymentNotStartedException e) {
            return ListDeploymentTargetsResponse.builder().build();
        }
    }

    /** Looks at targets, in the order of their ids here. */
    @NonNull
    public CompletableFuture<List<Target>> read(@NonNull List<String> ids) {
        List<CompletableFuture<List<Target>>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> batch = List.copyOf(ids.subList(from, Math.min(ids.size(), from + BATCH)));
            batches.add(call(READ, () -> batch(batch)));
        }
        return CompletableFuture.allOf(batches.toArray(CompletableFuture<?>[]::new))
                .thenApply(done ->
                        batches.stream().flatMap(it -> it.join().stream()).toList());
    }

    private List<Target> batch(List<String> ids) {
        return read(CodeDeployService.client(session), deployment, ids);
    }

    /** AWS refuses a whole batch for one target in it that is gone: of the others it still tells. */
    private static List<Target> read(CodeDeployClient client, String deployment, List<String> ids) {
        try {
            return readAll(client, deployment, ids);
        } catch (CodeDeployException e) {
            if (e.awsErrorDetails() == null
                    || !OF_ONE_TARGET.contains(
                            String.valueOf(e.awsErrorDetails().errorCode()))) {
                throw e;
            }
            if (ids.size() == 1) {
                return List.of();
            }
            int half = ids.size() / 2;
            List<Target> found = new ArrayList<>(read(client, deployment, ids.subList(0, half)));
            found.addAll(read(client, deployment, ids.subList(half, ids.size())));
            return found;
        }
    }

    private static List<Target> readAll(CodeDeployClient client, String deployment, List<String> ids) {
        return client
                .batchGetDeploymentTargets(get -> get.deploymentId(deployment).targetIds(ids))
                .deploymentTargets()
                .stream()
                .map(Target::of)
                .filter(Objects::nonNull)
                .toList();
    }

    private <T> CompletableFuture<T> call(String action, Supplier<T> call) {
        return session.call(action, PATIENCE, RetryListener.NONE, () -> urgent, call)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        AwsCallException.of(action, deployment + " in " + session.region(), failure)));
    }
}
