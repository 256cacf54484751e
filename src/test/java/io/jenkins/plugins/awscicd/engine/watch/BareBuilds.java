package io.jenkins.plugins.awscicd.engine.watch;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;

/** Builds as watched by a service that is as bare as one can be. */
public final class BareBuilds implements JobService<BareBuilds.Seen> {

    /** How many were asked for in each call. */
    final List<Integer> batches = new ArrayList<>();

    /** What is seen of one. */
    public record Seen(String id, String stage, boolean ended) implements Snapshot {}

    public static CodeBuildClient client(AwsSession session) {
        return session.client(CodeBuildClient.class, CodeBuildClient::builder);
    }

    @Override
    public String observeAction() {
        return "codebuild:BatchGetBuilds";
    }

    @Override
    public int batchSize() {
        return 100;
    }

    @Override
    public Map<String, Seen> observe(AwsSession session, List<String> ids) {
        batches.add(ids.size());
        Map<String, Seen> found = new HashMap<>();
        client(session)
                .batchGetBuilds(it -> it.ids(ids))
                .builds()
                .forEach(it -> found.put(it.id(), new Seen(it.id(), it.currentPhase(), it.buildComplete())));
        return found;
    }

    @Override
    public String stopAction() {
        return "codebuild:StopBuild";
    }

    @Override
    public void stop(AwsSession session, String id) {
        throw new UnsupportedOperationException();
    }
}
