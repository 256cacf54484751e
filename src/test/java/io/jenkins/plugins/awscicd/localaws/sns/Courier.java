package io.jenkins.plugins.awscicd.localaws.sns;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Posts messages to HTTP endpoints, as often as SNS does by default: three times more, 20 seconds apart, if the endpoint does not answer or
 * answers that it has a problem ("Message delivery retries" in the developer guide).
 */
final class Courier {

    private static final int RETRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final SimulatedTime time;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "local-aws-sns");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private HttpClient client;
    private boolean closed;

    Courier(SimulatedTime time) {
        this.time = time;
    }

    /** @param outcome told of each attempt */
    void post(URI to, Map<String, String> headers, String body, Consumer<String> outcome) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "text/plain; charset=UTF-8")
                .header("User-Agent", "Amazon Simple Notification Service Agent")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        attempt(request.build(), outcome, RETRIES);
    }

    private synchronized void attempt(HttpRequest request, Consumer<String> outcome, int retries) {
        if (closed) {
            return;
        }
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .executor(threads)
                    .build();
        }
        CompletableFuture<?> answered = client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((answer, failure) -> {
                    int status = answer == null ? 0 : answer.statusCode();
                    boolean again = (failure != null || status == 429 || status >= 500) && retries > 0;
                    if (again) {
                        time.after(PAUSE, () -> attempt(request, outcome, retries - 1));
                    }
                    outcome.accept(outcome(status, failure));
                    return null;
                });
        underWay.add(answered);
        answered.whenComplete((done, failure) -> underWay.remove(answered));
    }

    private static String outcome(int status, Throwable failure) {
        if (failure != null) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            return cause.getClass().getSimpleName();
        }
        return status >= 200 && status < 300 ? Delivery.DELIVERED : "HTTP " + status;
    }

    /** Waits for the answers to what is being posted now. */
    void settle() {
        underWay.forEach(CompletableFuture::join);
    }

    synchronized void close() {
        closed = true;
        threads.shutdownNow();
    }
}
