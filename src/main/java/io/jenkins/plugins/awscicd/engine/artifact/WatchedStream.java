package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/** An answer that is cut off when nothing of it has come for a while: the JDK's client waits for the rest without end. */
final class WatchedStream extends FilterInputStream {

    private final Thread guard;
    private volatile long heard = System.nanoTime();
    private volatile boolean silent;
    private volatile boolean closed;

    WatchedStream(@NonNull InputStream in, @NonNull Duration longest) {
        super(in);
        guard = new Thread(() -> watch(longest.toNanos()), "AWS CI/CD download");
        guard.setDaemon(true);
        guard.start();
    }

    private void watch(long longest) {
        try {
            while (!closed) {
                long left = longest - (System.nanoTime() - heard);
                if (left <= 0) {
                    silent = true;
                    in.close();
                    return;
                }
                Thread.sleep(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (IOException e) {
            silent = true; // whoever reads hears of it
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(buffer, offset, length);
        } catch (IOException e) {
            if (silent) {
                throw silence();
            }
            throw e;
        }
        if (silent) {
            throw silence();
        }
        heard = System.nanoTime();
        return count;
    }

    private static IOException silence() {
        return new InterruptedIOException("S3 sent nothing more");
    }

    @Override
    public void close() throws IOException {
        closed = true;
        guard.interrupt();
        in.close();
    }
}
