package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/**
 * Whose deployment it is, and how it stands to others of its group.
 *
 * @param name the run, such as {@code web #42}
 * @param order of two runs, the newer one has the larger; milliseconds since the epoch, not negative
 */
public record Turn(@NonNull String name, long order) implements Serializable {

    private static final long serialVersionUID = 1L;
}
