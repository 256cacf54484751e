package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/** What came of a job, and people may be asked about. */
public interface Approvable extends JobResult {

    /** In the arguments of a step that asks by itself, this is what it is going to do. */
    String PLAN = "plan";

    /** What it is, in a few words, such as {@code build web #42}. */
    @NonNull
    String subject();

    /** What exactly was built or deployed, in one line; null if that is not known. */
    @CheckForNull
    String exactly();

    /** What is deployed if this is, in one line, as the step that deploys it says; null if that is not known. */
    @CheckForNull
    default String deployable() {
        return exactly();
    }

    /** What people should know of it before they answer, line by line; empty if nothing more. */
    @NonNull
    default List<String> details() {
        return List.of();
    }

    /** The job's page in the AWS console; empty if it has none. */
    @NonNull
    String getConsoleUrl();
}
