package io.jenkins.plugins.awscicd.engine.log;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.List;

/** Takes in what a log stream says. Called in order. */
public interface LogSink {

    /**
     * @param messages the messages of one page, in order and as they are
     * @param next the token behind them, with which a later reader goes on
     */
    void page(@NonNull List<String> messages, @NonNull String next);

    /** All that is there at the moment has been read. */
    default void caughtUp() {}

    /**
     * The log cannot be read at the moment. It is tried on, seldom: what is there by then is read when it can be. Said once, until
     * it {@linkplain #readable can be read} again.
     */
    default void unreadable(@NonNull AwsCallException why) {}

    /** The log can be read again. */
    default void readable() {}

    /** AWS no longer takes the token where reading was to go on: what comes begins with the stream's first message again. */
    default void again() {}
}
