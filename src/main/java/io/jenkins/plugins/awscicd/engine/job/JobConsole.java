package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/** Where a job tells its story: a build's console, a terminal. Called by one thread at a time. */
public interface JobConsole {

    /** Prints a line of our own. */
    void line(@NonNull String text);

    /** Prints a line of our own that leads somewhere. */
    void link(@NonNull String text, @NonNull String url);

    /** Prints what the remote job itself has printed: each part as it is, with its line end if it has one. */
    void raw(@NonNull List<String> parts);

    /** Makes sure that what was printed outlives this process. */
    void flush();
}
