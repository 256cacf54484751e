package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import java.util.List;

/**
 * What a person calls a revision: its version, where it has one, else the run that has deployed it. That a bundle is called
 * {@code web.zip} tells nobody which one it is.
 */
final class RevisionName {

    private static final String SIGN = " @ ";
    private static final int ID = 7;

    private final String title;
    private final boolean run;
    private final String commit;
    private final String content;

    RevisionName(@NonNull Deployment deployment) {
        String revision = deployment.revision();
        int sign = revision == null ? -1 : revision.lastIndexOf(SIGN);
        String place = sign < 0 ? revision : revision.substring(0, sign);
        String id = sign < 0 ? null : revision.substring(sign + SIGN.length());
        boolean file = place != null && place.startsWith("s3://");
        boolean gitHub = !file && id != null && !"inline AppSpec".equals(place); // owner/repository @ commit
        commit = shortened(gitHub ? id : deployment.commit());
        content = gitHub ? null : shortened(id);
        String version = version(deployment, file ? fileName(place) : place, file);
        run = version == null;
        title = run ? Messages.RevisionName_run(deployment.origin().number()) : version;
    }

    @CheckForNull
    private static String version(Deployment deployment, @CheckForNull String name, boolean file) {
        if (deployment.version() != null) {
            return deployment.version();
        }
        if (name == null) {
            return deployment.isRunning() ? null : Messages.ShownDeployment_noRevision();
        }
        if (name.contains(":changeSet/")) {
            return null; // made up of the run by the step that has planned it
        }
        boolean versioned =
                name.replace(deployment.destination().application(), "").chars().anyMatch(Character::isDigit);
        return file && !versioned ? null : Shortened.revision(name);
    }

    /** Without its folders and its type. */
    private static String fileName(String address) {
        String name = address.substring(address.lastIndexOf('/') + 1);
        for (String type : List.of(".tar.gz", ".tgz", ".tar", ".zip", ".war", ".jar", ".yaml", ".yml", ".json")) {
            if (name.length() > type.length() && name.endsWith(type)) {
                return name.substring(0, name.length() - type.length());
            }
        }
        return name;
    }

    @CheckForNull
    private static String shortened(@CheckForNull String id) {
        if (id == null) {
            return null;
        }
        String plain = id.replace("\"", "");
        return plain.substring(0, Math.min(ID, plain.length()));
    }

    /** Whether it is called by the run alone. */
    boolean isRun() {
        return run;
    }

    @NonNull
    String title() {
        return title;
    }

    /** In short; null if it is not known. */
    @CheckForNull
    String commit() {
        return commit;
    }

    /** An S3 version, an ETag or a digest, in short; null if it is not known. */
    @CheckForNull
    String content() {
        return content;
    }
}
