package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What an agent has of a network, of time and of threads when it sends parts of an upload. */
public interface PartNetwork {

    /**
     * What S3 says of a part.
     *
     * @param eTag null if S3 gives none
     * @param body of an error, XML; else empty
     */
    record Answer(
            int status, @CheckForNull String eTag, @NonNull String body) {}

    /**
     * Sends a part, once.
     *
     * @throws IOException if no answer comes
     */
    @NonNull
    Answer put(@NonNull URI address, @NonNull byte[] part) throws IOException, InterruptedException;

    /** Lets time pass before a part is sent again. */
    void pause(@NonNull Duration time) throws InterruptedException;

    /** Threads that send so many parts at once; the caller shuts them down. */
    @NonNull
    ExecutorService senders(int atOnce);

    /** The JDK's, of the machine that this runs on. */
    @NonNull
    static PartNetwork local() {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        return new PartNetwork() {
            @Override
            public Answer put(URI address, byte[] part) throws IOException, InterruptedException {
                HttpRequest request = HttpRequest.newBuilder(address)
                        .timeout(Duration.ofMinutes(10))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(part))
                        .build();
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                return new Answer(
                        answer.statusCode(), answer.headers().firstValue("ETag").orElse(null), answer.body());
            }

            @Override
            public void pause(Duration time) throws InterruptedException {
                Thread.sleep(time.toMillis()); // on the agent, where this thread has nothing else to do
            }

            @Override
            public ExecutorService senders(int atOnce) {
                return Executors.newFixedThreadPool(atOnce, task -> {
                    Thread thread = new Thread(task, "AWS CI/CD upload");
                    thread.setDaemon(true);
                    return thread;
                });
            }
        };
    }
}
