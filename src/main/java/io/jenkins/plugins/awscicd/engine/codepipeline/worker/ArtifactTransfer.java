package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /** What the client sets itself. */
    private static final Set<String> OWN = Set.of("content-length", "host", "expect");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Something that S3 refuses, which it will refuse again. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
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
        HttpRequest request = request(from).GET().build();
        attempt("Input artifact '" + name + "'", () -> {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                check(response);
                try (OutputStream out = Files.newOutputStream(file)) {
                    copy(in, out, most);
                }
            }
        });
    }

    private static void copy(InputStream in, OutputStream out, long most) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all += read;
            if (all > most) {
                throw new RefusedException("has more than the " + (most >> 20) + " MB allowed; raise maxMb");
            }
            out.write(buffer, 0, read);
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
        attempt("Output artifact '" + name + "'", () -> {
            HttpResponse<InputStream> response = http.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                check(response);
            }
        });
    }

    private static HttpRequest.Builder request(SignedRequest signed) {
        return HttpRequest.newBuilder(URI.create(signed.url())).timeout(PATIENCE);
    }

    private static void check(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        if (status / 100 != 2) {
            String body = new String(response.body().readNBytes(4096), StandardCharsets.UTF_8);
            String what = "S3 answered " + status + " " + part(body, "Code") + ": " + part(body, "Message");
            throw status >= 500 || status == 429 ? new IOException(what) : new RefusedException(what);
        }
    }

    private static String part(String xml, String element) {
        int from = xml.indexOf('<' + element + '>');
        int to = xml.indexOf("</" + element + '>');
        return from < 0 || to < from ? "" : xml.substring(from + element.length() + 2, to);
    }

    private static void attempt(String what, Attempt attempt) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                attempt.run();
                return;
            } catch (RefusedException e) {
                throw new IOException(what + ": " + e.getMessage(), e);
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw new IOException(
                            what + " was not transferred after " + TRIES + " attempts: " + e.getMessage(), e);
                }
                Thread.sleep(PAUSE.multipliedBy(tries).toMillis());
            }
        }
    }
}
