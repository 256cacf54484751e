package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;
import software.amazon.awssdk.services.codebuild.model.ListBuildsForProjectResponse;

/** CodeBuild's builds, as the watcher sees them. */
final class CodeBuildService implements JobService<BuildSnapshot> {

    /** The call that lists them, as an IAM action. */
    static final String LIST_ACTION = "codebuild:ListBuildsForProject";

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

    /**
     * The builds of one step, known by their mark.
     *
     * @param token the step's
     * @param since when, by this machine's clock, none of what is looked for had been started
     */
    static Marked<Build> marked(
            @NonNull AwsSession session, @NonNull String project, @NonNull String token, @NonNull Instant since) {
        CodeBuildClient client = client(session);
        return new Marked<>(
                session,
                new Marked.Kind<>(
                        "build",
                        LIST_ACTION,
                        "codebuild:BatchGetBuilds",
                        next -> {
                            // The newest come first if no order is asked for; of more than 100, none may be.
                            ListBuildsForProjectResponse page = client.listBuildsForProject(
                                    builds -> builds.projectName(project).nextToken(next));
                            return new Marked.Page(page.ids(), page.nextToken());
                        },
                        ids -> client.batchGetBuilds(get -> get.ids(ids)).builds(),
                        Build::id,
                        Build::startTime,
                        Build::environment,
                        true),
                project,
                token,
                since);
    }
}
