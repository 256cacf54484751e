package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Overview;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import io.jenkins.plugins.awscicd.engine.codedeploy.TargetReader;
import io.jenkins.plugins.awscicd.engine.codedeploy.TargetResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * How a deployment's targets ended.
 *
 * @param results all of them
 * @param detailed those of which more is known than their state: all of a few, the first failed ones of many
 */
record Outcomes(
        @NonNull List<TargetResult> results, @NonNull List<Target> detailed) {

    private static final List<String> STATES =
            List.of("Failed", "Succeeded", "Skipped", "InProgress", "Pending", "Ready", "Unknown");

    /** @param known the ids of the targets, if all of them are known; else empty */
    static CompletableFuture<Outcomes> read(AwsSession session, DeploymentSnapshot deployment, List<String> known) {
        TargetReader reader = new TargetReader(session, deployment.id(), true);
        if (!TargetProgressLog.many(deployment.overview())) {
            return (known.isEmpty() ? reader.ids() : CompletableFuture.completedFuture(known))
                    .thenCompose(reader::read)
                    .thenApply(all ->
                            new Outcomes(all.stream().map(TargetResult::of).toList(), all));
        }
        return reader.ids("Failed")
                .thenCompose(
                        failed -> reader.read(failed.subList(0, Math.min(failed.size(), TargetProgressLog.FAILURES))))
                .thenCompose(detailed -> ofMany(reader, deployment.overview(), detailed));
    }

    /** A list per state instead of a look at each: it takes a fortieth of the calls. */
    private static CompletableFuture<Outcomes> ofMany(TargetReader reader, Overview overview, List<Target> detailed) {
        List<TargetResult> results = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Target target : detailed) {
            results.add(TargetResult.of(target));
            known.add(target.id());
        }
        CompletableFuture<?> all = CompletableFuture.completedFuture(null);
        for (String state : STATES) {
            if (overview.count(state) > 0) {
                all = all.thenCompose(done -> reader.ids(state)
                        .thenAccept(ids -> ids.stream()
                                .filter(known::add)
                                .forEach(id -> results.add(new TargetResult(id, state, null)))));
            }
        }
        return all.thenApply(done -> new Outcomes(results, detailed));
    }
}
