package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;

/** A directory cannot be bundled as asked: the message says which argument is to be changed, or what to do. */
public final class BundleException extends IOException {

    private static final long serialVersionUID = 1L;

    public BundleException(@NonNull String message) {
        super(message);
    }

    /** The bundle's own failure in what came of it, which remoting wraps into others; null if it is something else. */
    @CheckForNull
    public static BundleException in(@CheckForNull Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof BundleException)) {
            cause = cause.getCause();
        }
        return (BundleException) cause;
    }
}
