package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awscicd.engine.SteppedScheduler;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;

/** Endpoints that answer more than fits into a memory. */
class AnswerLimitTest {

    private HttpServer server;
    private int megabytes;
    private int status = 200;
    private boolean packed;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        if (packed) {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream raw = exchange.getResponseBody();
                OutputStream out = packed ? new GZIPOutputStream(raw) : raw) {
            out.write("{\"projects\":[\"web\"],\"other\":\"".getBytes(StandardCharsets.UTF_8));
            byte[] much = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < megabytes; i++) {
                out.write(much);
            }
            out.write("\"}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // the caller has had enough
        }
    }

    private List<String> projects(boolean trusted) {
        try (AwsClients clients = new AwsClients(
                new SteppedScheduler(SimulatedTime.stepped()), () -> null, endpoint -> trusted, "engine-tests/1")) {
            String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
            AwsSession session = clients.open(
                    new AwsAccess("eu-west-1", null, null, null, null, endpoint),
                    Identity.ofKeys("AKIAALICE00000000000", "alice's secret", null));
            return session.client(CodeBuildClient.class, CodeBuildClient::builder)
                    .listProjects(list -> {})
                    .projects();
        }
    }

    private void assertRefused(boolean trusted, String limit) {
        SdkException failure = assertThrows(SdkException.class, () -> projects(trusted));
        assertTrue(
                AwsCallException.said(failure).contains("The answer has more than " + limit),
                AwsCallException.said(failure));
        assertEquals(AwsFault.REJECTED, AwsFault.of(failure), "asking again changes nothing");
    }

    @Test
    void anAnswerOfUsualSizeIsRead() {
        megabytes = 12;
        assertEquals(List.of("web"), projects(false));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void anEndlessAnswerOfAStrangerIsNotReadToItsEnd(int code) {
        status = code;
        megabytes = 40;
        assertRefused(false, "16 MB");
    }

    @Test
    void norIsOneThatIsPacked() {
        packed = true;
        megabytes = 40;
        assertRefused(false, "16 MB");
    }

    @Test
    void anAnswerIsLimitedWhoeverGivesIt() {
        megabytes = 80;
        assertRefused(true, "64 MB");
    }
}
