package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Artifacts between S3 and a file, on the agent, with the JDK's own HTTP client and no credentials. No address is in what it throws.
 */
public final class ArtifactTransfer {

    private static final int TRIES = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    /** What the client sets itself. */
    private static final Set<String> OWN = Set.of("content-length", "host", "expect");

    private final Duration pause;
    private final Duration silence;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public ArtifactTransfer() {
        this(PAUSE, SILENCE);
    }

    /**
     * @param pause between attempts
     * @param silence after how long without anything a connection counts as broken
     */
    ArtifactTransfer(@NonNull Duration pause, @NonNull Duration silence) {
        this.pause = pause;
        this.silence = silence;
    }

    /** Something that S3 refuses, which it will refuse again. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        /** Whether a permission is missing, and S3 does not say which. */
        private final boolean denied;

        RefusedException(String message) {
            this(message, false);
        }

        RefusedException(String message, boolean denied) {
            super(message);
            this.denied = denied;
        }
    }

    @FunctionalInterface
    private interface Reached {
        long bytes() throws IOException;
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Reads an artifact into a file.
     *
     * @param most bytes that are read; more fails
     */
    public void get(@NonNull String name, @NonNull SignedRequest from, @NonNull Path file, long most)
            throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        Reading reading = new Reading(from, file, null, most);
        attempt("Input artifact '" + name + "'", reading::attempt, reading::size);
    }

    /**
     * Reads an object into a file, behind what is in it already. When the connection breaks, it goes on where it was.
     *
     * @throws EndedAccessException if the address is good no more
     */
    void fetch(@NonNull FileToFetch object, @NonNull Path file) throws IOException, InterruptedException {
        if (Files.exists(file) && Files.size(file) == object.size()) {
            return;
        }
        Reading reading = new Reading(object.from(), file, object.eTag(), object.size());
        try {
            attempt("'" + object.path() + "'", reading::attempt, reading::size);
        } catch (ArtifactException e) {
            throw e.getCause() instanceof RefusedException refused && refused.denied
                    ? new ArtifactException(
                            e.getMessage() + ". Reading it takes s3:GetObject, and kms:Decrypt on "
                                    + (object.kmsKey() == null ? "its KMS key, if one encrypts it" : object.kmsKey()),
                            e)
                    : e;
        }
    }

    /** One object, over as many connections as it takes. */
    private final class Reading {

        private final SignedRequest from;
        private final Path file;
        private final long most;
        private String eTag;

        Reading(SignedRequest from, Path file, @CheckForNull String eTag, long most) {
            this.from = from;
            this.file = file;
            this.eTag = eTag;
            this.most = most;
        }

        long size() throws IOException {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        }

        void attempt() throws IOException, InterruptedException {
            long there = eTag == null ? 0 : size();
            HttpRequest.Builder request = request(from).timeout(silence).GET(); // till S3 begins to answer
            if (eTag != null) {
                request.header("If-Match", eTag);
            }
            if (there > 0) {
                request.header("Range", "bytes=" + there + "-");
            }
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = new WatchedStream(response.body(), silence)) {
                if (response.statusCode() == 416) { // there is more of it here than S3 has
                    Files.deleteIfExists(file);
                }
                check(response, in);
                boolean goesOn = response.statusCode() == 206 && there > 0;
                if (!goesOn) {
                    Files.deleteIfExists(file);
                }
                if (eTag == null) {
                    eTag = response.headers().firstValue("ETag").orElse(null);
                }
                try (OutputStream out = Files.newOutputStream(
                        file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
                    copy(in, out, goesOn ? there : 0);
                }
            }
        }

        private void copy(InputStream in, OutputStream out, long there) throws IOException, InterruptedException {
            byte[] buffer = new byte[1 << 16];
            long all = there;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all += read;
                if (all > most) {
                    throw new RefusedException("has more than the " + (most >> 20) + " MB allowed; raise maxMb");
                }
                out.write(buffer, 0, read);
                if (Thread.interrupted()) {
                    throw new InterruptedException("Not wanted any more");
                }
            }
        }
    }

    /** Puts a file where an artifact is to be. */
    public void put(@NonNull String name, @NonNull Path file, @NonNull SignedRequest to)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder = request(to).PUT(HttpRequest.BodyPublishers.ofFile(file));
        to.headers().forEach((header, value) -> {
            if (!OWN.contains(header.toLowerCase(Locale.ROOT))) {
                builder.header(header, value);
            }
        });
        attempt(
                "Output artifact '" + name + "'",
                () -> {
                    HttpResponse<InputStream> response =
                            http.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
                    try (InputStream body = response.body()) {
                        check(response, body);
                    }
                },
                () -> 0);
    }

    private static HttpRequest.Builder request(SignedRequest signed) {
        return HttpRequest.newBuilder(URI.create(signed.url())).timeout(PATIENCE);
    }

    private static void check(HttpResponse<?> response, InputStream in) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        String body = new String(in.readNBytes(4096), StandardCharsets.UTF_8);
        String code = part(body, "Code");
        String message = part(body, "Message");
        String what = "S3 answered " + status + " " + code + ": " + message;
        if (status == 412) {
            throw new RefusedException("S3 has something else in its place by now");
        }
        AwsFault fault = AwsFault.ofAnswer(status, code, message);
        if (fault == AwsFault.EXPIRED) {
            throw new EndedAccessException(what);
        }
        throw fault.passes() || status == 416
                ? new IOException(what)
                : new RefusedException(
                        what, fault == AwsFault.DENIED && !message.contains("not authorized to perform"));
    }

    private static String part(String xml, String element) {
        int from = xml.indexOf('<' + element + '>');
        int to = xml.indexOf("</" + element + '>');
        return from < 0 || to < from ? "" : xml.substring(from + element.length() + 2, to);
    }

    /** Some attempts, and as many again after each that has got further. */
    private void attempt(String what, Attempt attempt, Reached reached) throws IOException, InterruptedException {
        int tries = 1;
        long before = reached.bytes();
        while (true) {
            try {
                attempt.run();
                return;
            } catch (RefusedException e) {
                throw new ArtifactException(what + ": " + e.getMessage(), e);
            } catch (EndedAccessException e) {
                throw new EndedAccessException(what + ": " + e.getMessage());
            } catch (IOException e) {
                long now = reached.bytes();
                if (now > before) {
                    tries = 1;
                    before = now;
                } else if (tries++ == TRIES) {
                    throw new IOException(
                            what + " was not transferred after " + TRIES + " attempts: " + e.getMessage(), e);
                }
                Thread.sleep(pause.multipliedBy(tries).toMillis());
            }
        }
    }
}
