package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.Look;
import io.jenkins.plugins.awscicd.engine.bundle.Manifest;
import io.jenkins.plugins.awscicd.engine.bundle.PartNetwork;
import io.jenkins.plugins.awscicd.engine.bundle.UploadPlan;
import io.jenkins.plugins.awscicd.engine.bundle.Uploaded;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** An agent with a workspace, on a {@link Strand}: it sends one part after the other, and each takes its time. */
final class Agent implements Workspace {

    static final int PART_BYTES = 4096;

    private static final DateTimeFormatter SIGNED =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final LocalAws aws;
    private final Duration perPart;
    private final Workspace files;
    private Instant signed;

    /** @param perPart how long it takes to send one */
    Agent(LocalAws aws, Path root, Duration perPart) {
        this.aws = aws;
        this.perPart = perPart;
        files = Workspace.local(root, Network::new);
    }

    @Override
    public int partBytes() {
        return PART_BYTES;
    }

    @Override
    public Manifest scan(BundleSpec spec) throws IOException, InterruptedException {
        Manifest found = files.scan(spec);
        Strand.sleep(Duration.ofSeconds(1));
        return found;
    }

    @Override
    public Uploaded upload(BundleSpec spec, UploadPlan plan) throws IOException, InterruptedException {
        signed = aws.time().now();
        return files.upload(spec, plan);
    }

    @Override
    public String text(BundleSpec spec, String name) throws IOException, InterruptedException {
        return files.text(spec, name);
    }

    @Override
    public <T extends Serializable> T look(BundleSpec spec, Look<T> look) throws IOException, InterruptedException {
        return files.look(spec, look);
    }

    private final class Network implements PartNetwork {

        @Override
        public Answer put(URI address, byte[] part) throws IOException, InterruptedException {
            pause(perPart);
            // Addresses are signed by the machine's clock, on which no time passes here.
            URI dated = URI.create(
                    address.toString().replaceFirst("X-Amz-Date=\\w+", "X-Amz-Date=" + SIGNED.format(signed)));
            SdkHttpRequest request = SdkHttpRequest.builder()
                    .uri(dated)
                    .putHeader("Host", dated.getAuthority())
                    .method(SdkHttpMethod.PUT)
                    .build();
            HttpExecuteResponse answer = aws.httpClient()
                    .prepareRequest(HttpExecuteRequest.builder()
                            .request(request)
                            .contentStreamProvider(() -> new ByteArrayInputStream(part))
                            .build())
                    .call();
            return new Answer(
                    answer.httpResponse().statusCode(),
                    answer.httpResponse().firstMatchingHeader("ETag").orElse(null),
                    answer.responseBody().isPresent()
                            ? text(answer.responseBody().get())
                            : "");
        }

        private static String text(InputStream body) throws IOException {
            try (body) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            try {
                Strand.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // whoever writes the parts is the same thread here
                throw e;
            }
        }

        @Override
        public ExecutorService senders(int atOnce) {
            return new Itself();
        }
    }

    /** The thread that has the parts sent sends them. */
    private static final class Itself extends AbstractExecutorService {

        private boolean over;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            over = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            over = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return over;
        }

        @Override
        public boolean isTerminated() {
            return over;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return over;
        }
    }
}
