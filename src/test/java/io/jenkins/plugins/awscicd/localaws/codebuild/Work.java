package io.jenkins.plugins.awscicd.localaws.codebuild;

/** What a provisioned build does from DOWNLOAD_SOURCE on. */
interface Work {

    /** Told when the work is over. */
    @FunctionalInterface
    interface Over {
        void over(Status status);
    }

    /** Begins, and returns at once. */
    void begin(Over over);

    /** Breaks the work off, because the build was stopped or has timed out; the work then reports itself over with that status. */
    void breakOff(Status why);

    /** Goes on, if it is paused at a breakpoint. */
    default void resume() {}
}
