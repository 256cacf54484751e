package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.AwsEngine;
import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.call.CallThreads;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;

/** Endpoints that accept and never answer, on real sockets: nothing here is measured, it only has to come to pass. */
class SilentEndpointsTest {

    private static final int CALLS = 10;

    /** Ports of endpoints that no administrator has named. */
    private final Set<Integer> strangers = ConcurrentHashMap.newKeySet();

    private final AwsEngine engine = AwsEngine.start(
            () -> null, endpoint -> !strangers.contains(endpoint.getPort()), () -> Addresses.DEFAULT, "engine-tests/1");
    private final LocalAws aws = LocalAws.builder().region(Bench.REGION).start();
    private final List<SilentEndpoint> silent = new ArrayList<>();
    private final List<CompletableFuture<?>> unanswered = new ArrayList<>();

    /** Takes whatever comes, and keeps it. */
    private static final class SilentEndpoint implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        private final CountDownLatch asked = new CountDownLatch(1);
        private final List<Socket> callers = new ArrayList<>();

        SilentEndpoint() throws IOException {
            Thread thread = new Thread(() -> {
                while (!door.isClosed()) {
                    try {
                        callers.add(door.accept());
                        asked.countDown();
                    } catch (IOException e) {
                        // closed
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            door.close();
            for (Socket caller : List.copyOf(callers)) {
                caller.close();
            }
        }
    }

    private AwsSession session(String endpoint) {
        return engine.clients().open(new AwsAccess(Bench.REGION, null, null, null, null, endpoint), Bench.ALICE);
    }

    private static CompletableFuture<String> call(AwsSession session, String action) {
        return session.call(
                action,
                AwsSession.PATIENCE,
                RetryListener.NONE,
                () -> session.client(StsClient.class, StsClient::builder)
                        .getCallerIdentity()
                        .arn());
    }

    private void callSilentEndpoints(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            SilentEndpoint endpoint = new SilentEndpoint();
            silent.add(endpoint);
            AwsSession session = session("http://127.0.0.1:" + endpoint.door.getLocalPort());
            for (int n = 0; n < CALLS; n++) {
                unanswered.add(call(session, "service" + n % 5 + ":Call" + n));
            }
        }
        for (SilentEndpoint endpoint : silent) {
            assertTrue(endpoint.asked.await(30, TimeUnit.SECONDS), "Never asked");
        }
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("AWS CI/CD "))
                .toList();
    }

    @Test
    void fortyCallsToFourSilentEndpointsHoldNoOtherAccountUp() throws Exception {
        callSilentEndpoints(4);
        CountDownLatch tick = new CountDownLatch(1);
        engine.scheduler().schedule(Duration.ofMillis(10), tick::countDown);
        Bench.await(tick);
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    "arn:aws:iam::123456789012:user/local",
                    call(session(aws.endpoint().toString()), "sts:GetCallerIdentity")
                            .get(30, TimeUnit.SECONDS));
        }
        assertTrue(unanswered.stream().noneMatch(CompletableFuture::isDone), "The silent ones were waited for");
        assertTrue(threads().size() <= 16, threads().toString());
    }

    @Test
    void moreSilentEndpointsThanThreadsHoldNoOtherAccountUp() throws Exception {
        for (int i = 0; i < 2 * CallThreads.MOST; i++) {
            SilentEndpoint endpoint = new SilentEndpoint();
            silent.add(endpoint);
            strangers.add(endpoint.door.getLocalPort());
            AwsSession stranger = session("http://127.0.0.1:" + endpoint.door.getLocalPort());
            unanswered.add(call(stranger, "sts:GetCallerIdentity"));
        }
        assertEquals(
                "arn:aws:iam::123456789012:user/local",
                call(session(aws.endpoint().toString()), "sts:GetCallerIdentity")
                        .get(30, TimeUnit.SECONDS));
        assertTrue(unanswered.stream().noneMatch(CompletableFuture::isDone), "The silent ones were waited for");
    }

    @Test
    void nothingIsLeftOfAnEngineThatIsClosedWhileItWaits() throws Exception {
        callSilentEndpoints(4);
        List<Thread> running = threads();
        assertFalse(running.isEmpty());
        engine.close();
        for (Thread thread : running) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            assertFalse(thread.isAlive(), thread.getName());
        }
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        aws.close();
        for (SilentEndpoint endpoint : silent) {
            endpoint.close();
        }
    }
}
