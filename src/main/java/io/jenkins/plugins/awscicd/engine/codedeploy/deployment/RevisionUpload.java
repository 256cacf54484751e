package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.BundleException;
import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.BundleUpload;
import io.jenkins.plugins.awscicd.engine.bundle.Look;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import io.jenkins.plugins.awscicd.engine.bundle.Tree;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.appspec.AppSpec;
import io.jenkins.plugins.awscicd.engine.codedeploy.appspec.Findings;
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

    private static final int MOST_PROBLEMS = 10;

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;

    RevisionUpload(AwsSession session, Scheduler scheduler, JobConsole console) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
    }

    @NonNull
    DeploymentRequest upload(DeploymentRequest request, Workspace workspace, Uploads uploads)
            throws IOException, InterruptedException {
        Long megabytes = request.maxUploadMb();
        long most = (megabytes == null ? DEFAULT_MAX_UPLOAD_MB : megabytes) << 20;
        BundleSpec spec =
                new BundleSpec(request.text("directory"), request.text("includes"), request.text("excludes"), most);
        String appSpec = request.text("appspec");
        if (appSpec != null) {
            spec = spec.placing(appSpec, APP_SPEC);
        }
        check(request, workspace, spec, appSpec == null ? APP_SPEC : appSpec);
        String prefix = request.text("keyPrefix");
        S3Location to = new S3Location(
                        String.valueOf(request.text("bucket")),
                        prefix == null ? "jenkins/" + request.application() : prefix,
                        request.text("kmsKey"))
                .of(uploads.owner());
        return request.withRevision(new BundleUpload(session, scheduler, console).upload(workspace, spec, to, uploads));
    }

    /** AWS would tell of it as well, but only on the instances, minutes later. */
    private void check(DeploymentRequest request, Workspace workspace, BundleSpec spec, String file)
            throws IOException, InterruptedException {
        String text = workspace.text(spec, APP_SPEC);
        if (text == null) {
            throw new BundleException("appspec: " + missing(workspace, spec));
        }
        AppSpec appSpec = AppSpec.ofInstances(text);
        List<String> problems = new ArrayList<>(appSpec.findings().problems());
        List<String> doubts = new ArrayList<>(appSpec.findings().doubts());
        Look<Findings> install = appSpec.install();
        if (install != null) {
            Findings found = workspace.look(spec, install);
            problems.addAll(found.problems());
            doubts.addAll(found.doubts());
        }
        if (!problems.isEmpty()) {
            int more = problems.size() - MOST_PROBLEMS;
            throw new BundleException("appspec: " + file + " "
                    + String.join("; and ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)))
                    + (more > 0 ? "; and " + more + " more of this kind" : ""));
        }
        String behavior = appSpec.fileExistsBehavior();
        String wanted = request.text("fileExistsBehavior");
        if (behavior != null && wanted != null && !behavior.equals(wanted)) {
            doubts.add("has file_exists_behavior: " + behavior + ", which takes precedence over fileExistsBehavior: '"
                    + wanted + "' of this step");
        }
        doubts.forEach(doubt -> console.line("Warning: " + file + " " + doubt));
    }

    private static String missing(Workspace workspace, BundleSpec spec) throws IOException, InterruptedException {
        String where = spec.directory() == null ? "the workspace" : "'" + spec.directory() + "'";
        String alike = workspace.look(spec, new Alike());
        return "there is no appspec.yml at the top of " + where
                + (alike.isEmpty()
                        ? "; add one, name another file with appspec, or check directory, includes and excludes"
                        : ", but " + alike + "; rename it, or name it with appspec, which gives it the right name");
    }

    /** Looks for a file that was meant to be the AppSpec: a name that differs in case, or ends otherwise. */
    private static final class Alike implements Look<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public String at(Tree tree) {
            return tree.names().stream()
                    .filter(name -> name.matches("(?i)appspec\\.ya?ml"))
                    .findFirst()
                    .orElse("");
        }
    }
}
