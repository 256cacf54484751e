package io.jenkins.plugins.awscicd.engine.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever takes the parts of an upload may answer what he likes: it fills no memory of an agent, and holds none of its threads for ever. */
@Timeout(20)
class PartAnswersTest {

    private static final String REFUSAL = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private int status = 403;
    private int megabytes;
    private boolean silent;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("ETag", "\"tag\"");
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(REFUSAL.getBytes(StandardCharsets.UTF_8));
            byte[] much = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < megabytes; i++) {
                out.write(much);
            }
            out.flush();
            if (silent) {
                over.await();
            }
        } catch (IOException e) {
            // the agent has had enough
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PartNetwork.Answer put(Duration longest) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/part");
        return new LocalNetwork(longest).put(address, new byte[10]);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403})
    void onlyTheBeginningOfALongAnswerIsRead(int code) throws Exception {
        status = code;
        megabytes = 64;
        PartNetwork.Answer answer = put(Duration.ofMinutes(1));
        assertEquals(code, answer.status());
        assertEquals("\"tag\"", answer.eTag());
        assertTrue(answer.body().startsWith(REFUSAL), answer.body().substring(0, 20));
        assertTrue(answer.body().length() <= 1 << 16, () -> answer.body().length() + " characters");
    }

    @Test
    void aShortAnswerIsReadAsItIs() throws Exception {
        assertEquals(REFUSAL, put(Duration.ofMinutes(1)).body());
    }

    @Test
    void anAnswerThatHasNoEndIsNotWaitedFor() {
        silent = true;
        assertThrows(HttpTimeoutException.class, () -> put(Duration.ofSeconds(1)));
    }
}
