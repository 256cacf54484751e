package io.jenkins.plugins.awscicd.engine.codebuild;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import java.util.List;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.services.codebuild.model.Project;
import software.amazon.awssdk.services.codebuild.model.SourceType;

/** Where the source of a build goes that is uploaded from a workspace: where the step says, else where the project has its own. */
final class SourceLocation {

    private static final String ACTION = "codebuild:BatchGetProjects";

    private final AwsSession session;

    SourceLocation(AwsSession session) {
        this.session = session;
    }

    S3Location of(BuildRequest request) throws InterruptedException {
        String kmsKey = request.text("kmsKey");
        String prefix = request.text("keyPrefix");
        String named = request.text("bucket");
        if (named != null) {
            return new S3Location(named, prefix != null ? prefix : "jenkins/" + request.project(), kmsKey);
        }
        Project project = project(request.project());
        if (project.source().type() != SourceType.S3 || project.source().location() == null) {
            throw new IllegalArgumentException("bucket: name the S3 bucket to upload the workspace to, as project '"
                    + project.name() + "' has its source in " + project.source().typeAsString() + ", not in S3");
        }
        // An S3 source is bucket/path/object.zip, or bucket/path/.
        String location = project.source().location().replaceFirst("^arn:[^:]*:s3:::", "");
        int slash = location.indexOf('/');
        String bucket = slash < 0 ? location : location.substring(0, slash);
        String folder = slash < 0 ? "" : location.substring(slash + 1, location.lastIndexOf('/') + 1);
        return new S3Location(bucket, prefix != null ? prefix : folder, kmsKey);
    }

    private Project project(String name) throws InterruptedException {
        String resource = "project '" + name + "' in " + session.region();
        List<Project> projects;
        try {
            projects = session.await(session.call(
                    ACTION,
                    AwsSession.PATIENCE,
                    RetryListener.NONE,
                    () -> CodeBuildService.client(session)
                            .batchGetProjects(get -> get.names(name))
                            .projects()));
        } catch (ExecutionException e) {
            throw AwsCallException.of(ACTION, resource, e.getCause());
        }
        if (projects.isEmpty()) {
            throw new IllegalArgumentException(
                    "project: there is no " + resource + "; check its name, the region and the account");
        }
        return projects.get(0);
    }
}
