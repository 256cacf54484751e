package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** What an agent has of a network, of time and of threads when it sends parts of an upload. */
public interface PartNetwork {

    /**
     * What S3 says of a part.
     *
     * @param eTag null if S3 gives none
     * @param body of an error, XML; else empty
     */
    record Answer(
            int status, @CheckForNull String eTag, @NonNull String body) {}

    /**
     * Sends a part, once.
     *
     * @throws IOException if no answer comes
     */
    @NonNull
    Answer put(@NonNull URI address, @NonNull byte[] part) throws IOException, InterruptedException;

    /** Lets time pass before a part is sent again. */
    void pause(@NonNull Duration time) throws InterruptedException;

    /** Threads that send so many parts at once; the caller shuts them down. */
    @NonNull
    ExecutorService senders(int atOnce);

    /** The JDK's, of the machine that this runs on. */
    @NonNull
    static PartNetwork local() {
        return new LocalNetwork(Duration.ofMinutes(10));
    }
}
