package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.Serializable;

/**
 * A question about the files of a bundle, answered where they are. Sent to the agent, and so to use nothing but the JDK and
 * this room.
 *
 * @param <T> the answer, which is sent back
 */
@FunctionalInterface
public interface Look<T extends Serializable> extends Serializable {

    /** The answer. */
    @NonNull
    T at(@NonNull Tree tree) throws IOException;
}
