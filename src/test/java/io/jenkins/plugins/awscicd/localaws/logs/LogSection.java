package io.jenkins.plugins.awscicd.localaws.logs;

/**
 * A run of events within a stream, in their order. Events may be made up when they are read: a hundred thousand lines of a simulated
 * build need no memory.
 */
public interface LogSection {

    /**
     * How many of its events, from the first on, have been taken in by then. It never shrinks as time passes.
     *
     * @param millis since the epoch
     */
    int size(long millis);

    /** @param index from 0 to a {@link #size} seen before, exclusive */
    LogEvent event(int index);
}
