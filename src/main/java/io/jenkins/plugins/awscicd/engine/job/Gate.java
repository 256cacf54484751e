package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/** Asked before anything is deployed, once it is known what is deployed where. May read files. */
@FunctionalInterface
public interface Gate {

    /** Everything passes. */
    Gate OPEN = (application, target, revision) -> {};

    /**
     * @param application as AWS calls it
     * @param target the deployment group or the environment
     * @param revision what exactly is deployed, in one line; null if that is not known
     * @throws Refused if it is not to be deployed
     */
    void pass(@NonNull String application, @NonNull String target, @CheckForNull String revision);

    /**
     * Asked before two environments change places, or one is prepared for that: each will be known as the other one is now.
     *
     * @param live that has the name which the other one is to get
     * @param next that has or gets the revision
     * @throws Refused if they are not to
     */
    default void exchange(
            @NonNull String application, @NonNull String live, @NonNull String next, @CheckForNull String revision) {
        pass(application, live, revision);
        pass(application, next, revision);
    }
}
