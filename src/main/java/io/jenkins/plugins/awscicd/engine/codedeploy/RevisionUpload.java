package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.BundleException;
import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.BundleUpload;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes a revision of a workspace: checks its AppSpec file, bundles and uploads it. */
final class RevisionUpload {

    private static final String APP_SPEC = "appspec.yml";
    /** Far above any application, far below what fills a disk unnoticed. */
    private static final long DEFAULT_MAX_UPLOAD_MB = 2048;

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;

    RevisionUpload(AwsSession session, Scheduler scheduler, JobConsole console) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
    }

    @NonNull
    DeploymentRequest upload(DeploymentRequest request, Workspace workspace, String owner)
            throws IOException, InterruptedException {
        Long megabytes = request.maxUploadMb();
        long most = (megabytes == null ? DEFAULT_MAX_UPLOAD_MB : megabytes) << 20;
        BundleSpec spec =
                new BundleSpec(request.text("directory"), request.text("includes"), request.text("excludes"), most);
        String appSpec = request.text("appspec");
        if (appSpec != null) {
            spec = spec.placing(appSpec, APP_SPEC);
        }
        check(workspace, spec, appSpec == null ? APP_SPEC : appSpec);
        String prefix = request.text("keyPrefix");
        S3Location to = new S3Location(
                        String.valueOf(request.text("bucket")),
                        prefix == null ? "jenkins/" + request.application() : prefix,
                        request.text("kmsKey"))
                .of(owner);
        return request.withRevision(
                to.bucket(), new BundleUpload(session, scheduler, console).upload(workspace, spec, to));
    }

    /** AWS would tell of it as well, but only on the instances, minutes later. */
    private static void check(Workspace workspace, BundleSpec spec, String file)
            throws IOException, InterruptedException {
        String text = workspace.text(spec, APP_SPEC);
        if (text == null) {
            String where = spec.directory() == null ? "the workspace" : "'" + spec.directory() + "'";
            throw new BundleException("appspec: there is no appspec.yml at the top of " + where
                    + "; add one, name another file with appspec, or check directory, includes and excludes");
        }
        AppSpec appSpec = new AppSpec(text);
        List<String> problems = new ArrayList<>(appSpec.problems());
        List<String> absent = workspace.absent(spec, appSpec.sources());
        if (!absent.isEmpty()) {
            problems.add("names what is not in the revision: " + String.join(", ", absent)
                    + "; check the names, directory, includes and excludes");
        }
        if (!problems.isEmpty()) {
            throw new BundleException("appspec: " + file + " " + String.join("; and ", problems));
        }
    }
}
