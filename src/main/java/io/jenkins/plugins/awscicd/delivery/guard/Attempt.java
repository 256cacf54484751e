package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A run is about to build in, or to deploy to, a guarded stage.
 *
 * @param stage the stage's name
 * @param target what is deployed to; null for a build
 * @param revision what exactly is deployed, in one line; null if nothing new is
 * @param ofDefault whether that is of the application that the stage names, so that people know which one is meant
 */
record Attempt(
        @NonNull Run<?, ?> run,
        @NonNull String stage,
        @CheckForNull Target target,
        @CheckForNull String revision,
        boolean ofDefault,
        @NonNull Instant now) {

    /** What uploads call their files, by the content. */
    private static final Pattern UPLOADED = Pattern.compile("[0-9a-f]{40,64}(\\.[A-Za-z0-9.]+)?");

    private static final String VERSION = " @ ";

    /** Whether what is known by this name is certainly the revision of this attempt. */
    boolean is(@CheckForNull String known) {
        if (revision == null || known == null || isNameless()) {
            return false;
        }
        return known.equals(revision) || isVersionOf(known, revision) || isVersionOf(revision, known);
    }

    /** Only of what this plugin has uploaded for the very job there are no others of the same name. */
    private boolean isVersionOf(String exact, String name) {
        return exact.startsWith(name + VERSION) && isUploaded(name);
    }

    private boolean isUploaded(String address) {
        int file = address.lastIndexOf('/') + 1;
        String folder =
                new S3Location("", "", null).of(run.getParent().getFullName()).prefix();
        return address.startsWith("s3://")
                && address.substring(0, file).endsWith("/" + folder)
                && UPLOADED.matcher(address.substring(file)).matches();
    }

    /** What people have to be asked about: a revision alone may mean something else in another application. */
    @CheckForNull
    String question() {
        return revision == null ? null : revision + (ofDefault ? "" : ofApplication());
    }

    /** Whether what people were asked about is certainly the revision of this attempt. */
    boolean isAnswered(@CheckForNull String asked) {
        String suffix = ofApplication();
        return asked != null && asked.endsWith(suffix) && !suffix.isEmpty()
                ? is(asked.substring(0, asked.length() - suffix.length()))
                : ofDefault && is(asked);
    }

    private String ofApplication() {
        return target == null ? "" : " of " + target.application();
    }

    /** Whether other revisions are called as this one is. */
    boolean isNameless() {
        return "inline AppSpec".equals(revision);
    }
}
