package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A run is about to build in, or to deploy to, a guarded stage.
 *
 * @param stage the stage's name
 * @param target what is deployed to; null for a build
 * @param revision what exactly is deployed, in one line; null if nothing new is
 */
record Attempt(
        @NonNull Run<?, ?> run,
        @NonNull String stage,
        @CheckForNull Target target,
        @CheckForNull String revision,
        @NonNull Instant now) {

    /** Of what is called by its content, nothing else can be meant. */
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}");

    private static final String VERSION = " @ ";

    /** Whether what is known by this name is certainly the revision of this attempt. */
    boolean is(@CheckForNull String known) {
        if (revision == null || known == null || isNameless()) {
            return false;
        }
        return known.equals(revision) || isVersionOf(known, revision) || isVersionOf(revision, known);
    }

    private static boolean isVersionOf(String exact, String name) {
        return exact.startsWith(name + VERSION)
                && name.startsWith("s3://")
                && DIGEST.matcher(name).find();
    }

    /** Whether other revisions are called as this one is. */
    boolean isNameless() {
        return "inline AppSpec".equals(revision);
    }
}
