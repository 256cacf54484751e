package io.jenkins.plugins.awscicd.engine.codebuild;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;

/** CodeBuild's builds, as the watcher sees them. */
final class CodeBuildService implements JobService<BuildSnapshot> {

    static CodeBuildClient client(AwsSession session) {
        return session.client(CodeBuildClient.class, CodeBuildClient::builder);
    }

    @Override
    public String observeAction() {
        return CodeBuild.GET_ACTION;
    }

    /** See <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetBuilds.html">BatchGetBuilds</a>. */
    @Override
    public int batchSize() {
        return CodeBuild.MOST_AT_ONCE;
    }

    @Override
    public Map<String, BuildSnapshot> observe(AwsSession session, List<String> ids) {
        Map<String, BuildSnapshot> found = new HashMap<>();
        client(session)
                .batchGetBuilds(request -> request.ids(ids))
                .builds()
                .forEach(build -> found.put(build.id(), BuildReader.read(build)));
        return found;
    }

    @Override
    public String stopAction() {
        return "codebuild:StopBuild";
    }

    @Override
    public void stop(AwsSession session, String id) {
        try {
            client(session).stopBuild(request -> request.id(id));
        } catch (InvalidInputException e) {
            // Perhaps it has ended by itself in the meantime: then how is about to be seen.
            BuildSnapshot now = observe(session, List.of(id)).get(id);
            if (now == null || !now.ended()) {
                throw e;
            }
        }
    }
}
