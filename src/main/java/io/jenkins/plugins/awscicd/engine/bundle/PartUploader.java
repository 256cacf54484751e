package io.jenkins.plugins.awscicd.engine.bundle;

import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes in a stream and sends it on in parts, several at a time, while it is still being written. What is in memory is bounded
 * by the parts under way. Runs on the agent, without the SDK and without credentials.
 */
final class PartUploader extends OutputStream {

    private static final int AT_ONCE = 3;
    private static final int TRIES = 6;

    private final UploadPlan plan;
    private final PartNetwork network;
    private final ExecutorService senders;
    /** One more than are sent: the part that is being filled. */
    private final Semaphore room = new Semaphore(AT_ONCE + 1);

    private final List<Future<String>> parts = new ArrayList<>();
    private byte[] part;
    private int filled;
    private long bytes;
    private volatile boolean failed;

    PartUploader(UploadPlan plan, PartNetwork network) {
        this.plan = plan;
        this.network = network;
        senders = network.senders(AT_ONCE);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (part == null) {
                newPart();
            }
            int count = Math.min(left, part.length - filled);
            System.arraycopy(data, from, part, filled, count);
            filled += count;
            from += count;
            left -= count;
            if (filled == part.length) {
                send();
            }
        }
    }

    private void newPart() throws IOException {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (failed) {
            finish(""); // throws what went wrong: to read the rest of the files would be in vain
        }
        part = new byte[plan.partBytes()];
        filled = 0;
    }

    private void send() throws IOException {
        byte[] body = filled == part.length ? part : Arrays.copyOf(part, filled);
        String url = plan.url(parts.size());
        int number = parts.size() + 1;
        bytes += filled;
        part = null;
        String sent = plan.sent(number - 1);
        if (sent != null) {
            room.release();
            parts.add(CompletableFuture.completedFuture(sent));
            return;
        }
        parts.add(senders.submit(() -> {
            try {
                return put(url, number, body);
            } catch (IOException | RuntimeException e) {
                failed = true;
                throw e;
            } finally {
                room.release();
            }
        }));
    }

    private String put(String url, int number, byte[] body) throws IOException, InterruptedException {
        String trouble = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                PartNetwork.Answer answer = network.put(URI.create(url), body);
                if (answer.status() == 200) {
                    if (answer.eTag() == null) {
                        throw new IOException("S3 returned no ETag");
                    }
                    return answer.eTag();
                }
                String code = part(answer.body(), "Code");
                String message = part(answer.body(), "Message");
                trouble = "S3 answered " + answer.status() + " " + code + ": " + message;
                AwsFault fault = AwsFault.ofAnswer(answer.status(), code, message);
                if (fault == AwsFault.EXPIRED) {
                    throw new EndedAddressException(failed(number, trouble));
                }
                if (!fault.passes()) {
                    break;
                }
            } catch (EndedAddressException e) {
                throw e;
            } catch (IOException e) {
                trouble = e.toString();
            }
            if (attempt < TRIES) {
                network.pause(Duration.ofMillis(250L << attempt));
            }
        }
        // Never the address: it is a credential.
        throw new BundleException(failed(number, trouble));
    }

    private static String failed(int number, String trouble) {
        return "Part " + number + " of the bundle could not be uploaded: " + trouble;
    }

    /** A part of S3's answer, which is XML, or of what a proxy says instead; empty if it is not there. */
    private static String part(String body, String name) {
        int from = body.indexOf("<" + name + ">");
        int to = body.indexOf("</" + name + ">");
        if (from < 0 || to < from) {
            return "";
        }
        String text =
                body.substring(from + name.length() + 2, to).lines().findFirst().orElse("");
        return text.substring(0, Math.min(200, text.length()));
    }

    /** Sends what is left and waits for all of it. */
    Uploaded finish(String digest) throws IOException {
        if (part != null && filled > 0) {
            send();
        }
        List<String> eTags = new ArrayList<>();
        for (Future<String> sent : parts) {
            eTags.add(tag(sent));
        }
        return new Uploaded(eTags, bytes, digest);
    }

    /** Waits for what is under way, after an address has ended. */
    Uploaded unfinished() throws IOException {
        List<String> eTags = new ArrayList<>();
        String why = "";
        for (Future<String> sent : parts) {
            try {
                eTags.add(tag(sent));
            } catch (EndedAddressException e) {
                eTags.add(null);
                why = String.valueOf(e.getMessage());
            }
        }
        return Uploaded.unfinished(eTags, why);
    }

    private static String tag(Future<String> sent) throws IOException {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("The upload was interrupted");
    }

    @Override
    public void close() {
        senders.shutdownNow();
        try {
            // S3 might take a part that is still under way after the upload was aborted, and keep it.
            senders.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
