package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Makes the CodeBuild projects that a delivery builds: their source is the workspace, their artifacts go to a bucket. */
final class LocalProjects {

    static final String BUCKET = "artifacts";

    private final LocalAws aws;
    private final Path workspace;
    private final Console console;
    private final RehearsalOptions options;
    private final Set<Place> stored = new HashSet<>();

    LocalProjects(LocalAws aws, RehearsalOptions options, Console console) {
        this.aws = aws;
        this.workspace = options.workspace();
        this.options = options;
        this.console = console;
        aws.s3().createBucket(BUCKET, true);
    }

    void prepare(Place place, BuildRequest request) {
        String source = prepare(place, request.project());
        if (!request.fromWorkspace() && request.text("sourceLocation") == null) {
            store(bucket(place), source);
        }
    }

    /**
     * The same for what builds by itself.
     *
     * @return where the project's source is in the {@linkplain #bucket bucket}
     */
    private String prepare(Place place, String project) {
        String source = project + "/source.zip";
        String bucket = bucket(place);
        if (stored.add(place)) {
            options.parameters().forEach(aws.codeBuild(place)::parameter);
            options.secrets().forEach(aws.codeBuild(place)::secret);
        }
        if (!aws.codeBuild(place).has(project)) {
            ProjectSpec spec = ProjectSpec.named(project)
                    .source("S3", bucket + "/" + source)
                    .artifacts(bucket, project + ".zip")
                    .batches();
            spec.node()
                    .withObject("/artifacts")
                    .put("path", project + "/builds")
                    .put("namespaceType", "BUILD_ID");
            aws.codeBuild(place).project(spec);
            console.note("Created the project '" + project
                    + "' in local AWS: its source is the workspace, its artifacts go to s3://" + bucket);
        }
        return source;
    }

    /** Makes a project, and gives where the workspace is in the {@linkplain #bucket bucket}. */
    String withSource(Place place, String project) {
        String source = prepare(place, project);
        store(bucket(place), source);
        return source;
    }

    private void store(String bucket, String source) {
        try {
            aws.s3().putDirectory(bucket, source, workspace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One in each region, as a project's artifacts go no further; that of the home region has the plain name. */
    String bucket(Place place) {
        String region = place.region();
        String name = region.equals(aws.home().region()) ? BUCKET : BUCKET + "-" + region;
        if (!aws.s3().exists(name)) {
            aws.s3().createBucket(name, true, region);
        }
        return name;
    }
}
