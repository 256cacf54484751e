package io.jenkins.plugins.awscicd.engine.beanstalk.version;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.BundleUpload;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import io.jenkins.plugins.awscicd.engine.bundle.UploadedObject;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** A bundle of the workspace on its way to S3. */
public record WorkspaceBundle(@NonNull Step step) {

    private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\.(zip|war|jar)");

    /**
     * Uploads it, to Elastic Beanstalk's own bucket unless another is named. Blocks while files are read and sent: not to be called on
     * one of the engine's threads.
     *
     * @param uploads whose bundle it is: equal bundles of one owner are sent once
     * @return the request, now for the uploaded bundle
     */
    @NonNull
    public BeanstalkRequest upload(@NonNull Workspace workspace, @NonNull Uploads uploads)
            throws IOException, InterruptedException {
        BeanstalkRequest request = step.request();
        String bundle = String.valueOf(request.text("bundle"));
        long most = request.maxBytes();
        BundleSpec spec = ARCHIVE.matcher(bundle).matches()
                ? BundleSpec.archive(bundle, most)
                : new BundleSpec(bundle, request.text("includes"), request.text("excludes"), most).named("bundle");
        String bucket = request.text("bucket");
        String prefix = request.text("keyPrefix");
        S3Location to = new S3Location(
                        bucket == null ? storage() : bucket,
                        prefix == null ? "jenkins/" + request.application() : prefix,
                        request.text("kmsKey"))
                .of(uploads.owner());
        UploadedObject made =
                new BundleUpload(step.session(), step.scheduler(), step.console()).upload(workspace, spec, to, uploads);
        return request.withBundle(made.bucket(), made.key());
    }

    private String storage() throws InterruptedException {
        String action = "elasticbeanstalk:CreateStorageLocation";
        try {
            return step.session()
                    .await(step.call(
                            action, () -> step.client().createStorageLocation().s3Bucket()));
        } catch (ExecutionException e) {
            throw AwsCallException.of(
                    action, "Elastic Beanstalk's bucket in " + step.session().region(), e.getCause());
        }
    }
}
