package io.jenkins.plugins.awscicd.engine.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/**
 * Whose deployment it is, and how it stands to others that go to the same place.
 *
 * @param name the run, such as {@code web #42}
 * @param order of two runs, the newer one has the larger; milliseconds since the epoch, not negative
 */
public record Turn(@NonNull String name, long order) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The job whose run it is. */
    @NonNull
    public String job() {
        int number = name.lastIndexOf(" #");
        return number < 0 ? name : name.substring(0, number);
    }
}
