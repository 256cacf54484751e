package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The network, the time and the threads of the machine that this runs on, with the JDK's own HTTP client. */
final class LocalNetwork implements PartNetwork {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final Duration longest;

    /** @param longest how long it may take to send a part, with the whole answer */
    LocalNetwork(@NonNull Duration longest) {
        this.longest = longest;
    }

    @Override
    public Answer put(URI address, byte[] part) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(longest)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(part))
                .build();
        CompletableFuture<HttpResponse<String>> answering = http.sendAsync(request, head -> new Beginning());
        try {
            HttpResponse<String> answer = answering.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    answer.statusCode(), answer.headers().firstValue("ETag").orElse(null), answer.body());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer, or no end of it, in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answering.cancel(true);
        }
    }

    /** Reads only so much of an answer: an error of S3 is shorter. */
    private static final class Beginning implements HttpResponse.BodySubscriber<String> {

        private static final int MOST = 1 << 16;

        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        /** Comes before all else. */
        private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();

        @Override
        public CompletionStage<String> getBody() {
            return text;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source.complete(subscription);
            subscription.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> read) {
            for (ByteBuffer buffer : read) {
                byte[] some = new byte[Math.min(buffer.remaining(), MOST - bytes.size())];
                buffer.get(some);
                bytes.writeBytes(some);
            }
            if (bytes.size() < MOST) {
                source.join().request(1);
            } else {
                source.join().cancel();
                onComplete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            text.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            text.complete(bytes.toString(StandardCharsets.UTF_8));
        }
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
}
