package io.jenkins.plugins.awscicd.engine.queue;

import edu.umd.cs.findbugs.annotations.NonNull;

/** A job was not started, as a newer one takes its place. */
public final class Superseded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Superseded(@NonNull String message) {
        super(message);
    }
}
