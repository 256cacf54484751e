package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.bundle.BundleException;
import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.BundleUpload;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import io.jenkins.plugins.awscicd.engine.bundle.UploadedObject;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterFile;
import io.jenkins.plugins.awscicd.engine.cloudformation.ParameterValues;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.Template;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Takes a template, and files of parameters, from a workspace: small ones in the call itself, large ones by S3. */
public final class TemplateUpload {

    private final AwsSession session;
    private final Scheduler scheduler;
    private final JobConsole console;
    private final StackRequest request;

    public TemplateUpload(
            @NonNull AwsSession session,
            @NonNull Scheduler scheduler,
            @NonNull JobConsole console,
            @NonNull StackRequest request) {
        this.session = session;
        this.scheduler = scheduler;
        this.console = console;
        this.request = request;
    }

    /** The request, now with the template where AWS gets it from. Blocks while files are read and sent. */
    @NonNull
    public StackRequest template(@NonNull Workspace workspace, @NonNull Uploads uploads)
            throws IOException, InterruptedException {
        Template template = request.template();
        String file = template == null ? null : template.file();
        if (file == null) {
            return request;
        }
        String text = text(workspace, file, "template");
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (text.isBlank()) {
            throw new BundleException("template: " + file + " is empty");
        }
        String bucket = request.text("bucket");
        if (bytes > Template.LARGEST) {
            throw new BundleException("template: " + file + " has " + bytes + " bytes, more than the "
                    + Template.LARGEST + " that AWS accepts; move parts of it into nested stacks");
        }
        if (bytes <= Template.LONGEST_BODY) {
            return request.withTemplate(Template.body(text));
        }
        if (bucket == null) {
            throw new BundleException("bucket: " + file + " has " + bytes + " bytes, more than the "
                    + Template.LONGEST_BODY + " that AWS accepts in a call; name an S3 bucket for the upload");
        }
        String prefix = request.text("keyPrefix");
        S3Location to = new S3Location(
                        bucket, prefix == null ? "jenkins/" + request.stack() : prefix, request.text("kmsKey"))
                .of(uploads.owner());
        UploadedObject sent = new BundleUpload(session, scheduler, console)
                .upload(workspace, BundleSpec.archive(file, Template.LARGEST).named("template"), to, uploads);
        return request.withTemplate(Template.object(sent.bucket(), sent.key(), sent.version()));
    }

    /** The values of parameters from files and arguments; the latter win. Blocks while files are read. */
    @NonNull
    public ParameterValues parameters(@NonNull Workspace workspace) throws IOException, InterruptedException {
        ParameterValues values = ParameterValues.none();
        for (String file : request.parameterFiles()) {
            values = values.with(ParameterFile.read(file, text(workspace, file, "parameterFiles")));
        }
        return values.with(request.parameters());
    }

    private static String text(Workspace workspace, String file, String argument)
            throws IOException, InterruptedException {
        String name = file.replace('\\', '/').replaceFirst("^(\\./)+", "");
        String text = workspace.text(new BundleSpec(null, name, null, Template.LARGEST), name);
        if (text == null) {
            throw new BundleException(
                    argument + ": '" + file
                            + "' does not exist in the workspace; check out before this step, or name its path relative to the workspace");
        }
        return text;
    }
}
