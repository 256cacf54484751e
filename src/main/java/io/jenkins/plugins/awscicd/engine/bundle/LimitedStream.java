package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets so many bytes through, and no more. */
final class LimitedStream extends FilterOutputStream {

    private final String tooMuch;
    private long left;

    /** @param tooMuch what to say when there are more */
    LimitedStream(@NonNull OutputStream out, long most, @NonNull String tooMuch) {
        super(out);
        this.left = most;
        this.tooMuch = tooMuch;
    }

    @Override
    public void write(int b) throws IOException {
        take(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        out.write(bytes, offset, length);
    }

    private void take(int length) throws BundleException {
        left -= length;
        if (left < 0) {
            throw new BundleException(tooMuch);
        }
    }
}
