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

    /** What exactly is deployed, in one line; null if nothing new is. */
    @CheckForNull
    String revision() {
        return delivered.revision();
    }

    /** Whether something is, or was, called as this is, apart from its version. */
    boolean isNamed(@CheckForNull String known) {
        String revision = revision();
        return revision != null && known != null && name(known).equals(name(revision));
    }

    private static String name(String revision) {
        int version = revision.lastIndexOf(" @ ");
        return version < 0 ? revision : revision.substring(0, version);
    }

    /** What people have to be asked about: a revision alone may mean something else in another application. */
    @CheckForNull
    String question() {
        return revision() == null ? null : revision() + (ofDefault ? "" : ofApplication());
    }

    private String ofApplication() {
        return target == null ? "" : " of " + target.application();
    }

    /** Whether something is built, and nothing deployed. */
    boolean isBuild() {
        return target == null && revision() != null;
    }

    /** Whether other revisions are called as this one is. */
    boolean isNameless() {
        return "inline AppSpec".equals(revision());
    }
}
