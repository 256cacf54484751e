package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;

/**
 * A run is about to build in, or to deploy to, a guarded stage.
 *
 * @param stage the stage's name
 * @param target what is deployed to; null for a build
 * @param delivered what is deployed
 * @param ofDefault whether that is of the application that the stage names, so that people know which one is meant
 */
record Attempt(
        @NonNull Run<?, ?> run,
        @NonNull String stage,
        @CheckForNull Target target,
        @NonNull Delivered delivered,
        boolean ofDefault,
        @NonNull Instant now) {

    private static final String VERSION = " @ ";

    /** What exactly is deployed, in one line; null if nothing new is. */
    @CheckForNull
    String revision() {
        return delivered.revision();
    }

    /** Whether what is known by this name is certainly the revision of this attempt. */
    boolean is(@CheckForNull String known) {
        String revision = revision();
        if (revision == null || known == null || isNameless()) {
            return false;
        }
        return known.equals(revision) || isVersionOf(known, revision) || isVersionOf(revision, known);
    }

    /** Only of what the very job is known to have uploaded there are no others of the same name. */
    private boolean isVersionOf(String exact, String name) {
        return exact.startsWith(name + VERSION) && UploadedObjects.isUploaded(run, name);
    }

    /** What people have to be asked about: a revision alone may mean something else in another application. */
    @CheckForNull
    String question() {
        return revision() == null ? null : revision() + (ofDefault ? "" : ofApplication());
    }

    private String ofApplication() {
        return target == null ? "" : " of " + target.application();
    }

    /** Whether other revisions are called as this one is. */
    boolean isNameless() {
        return "inline AppSpec".equals(revision());
    }
}
