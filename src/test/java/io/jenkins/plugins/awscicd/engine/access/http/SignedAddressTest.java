package io.jenkins.plugins.awscicd.engine.access.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.SteppedScheduler;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsClients;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Which addresses in AWS's answers the controller goes to. */
class SignedAddressTest {

    private static AwsSession session(AwsClients clients, String region, String endpoint) {
        return clients.open(new AwsAccess(region, null, null, null, null, endpoint), Bench.ALICE);
    }

    private static AwsClients clients(Predicate<URI> trusted) {
        return new AwsClients(new SteppedScheduler(SimulatedTime.stepped()), () -> null, trusted, "engine-tests/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elasticbeanstalk-us-west-2-123456789012.s3.amazonaws.com/resources/tail?Signature=x",
                "https://elasticbeanstalk-us-west-2-123456789012.s3.us-west-2.amazonaws.com/resources/tail",
                "https://elasticbeanstalk-us-west-2-123456789012.s3-us-west-2.amazonaws.com/resources/tail",
                "https://s3.us-west-2.amazonaws.com/elasticbeanstalk-us-west-2-123456789012/resources/tail",
                "https://logs.s3.dualstack.us-west-2.amazonaws.com/tail",
                "https://logs.s3-fips.us-west-2.amazonaws.com/tail",
                "https://LOGS.S3.us-west-2.amazonaws.com:443/tail",
            })
    void amazonS3IsFollowed(String address) {
        try (AwsClients clients = clients(endpoint -> false)) {
            assertTrue(session(clients, "us-west-2", null).follows(address));
            assertFalse(session(clients, "cn-north-1", null).follows(address), "in another partition");
        }
    }

    @Test
    void chinaHasHostsOfItsOwn() {
        try (AwsClients clients = clients(endpoint -> false)) {
            String address = "https://logs.s3.cn-north-1.amazonaws.com.cn/tail";
            assertTrue(session(clients, "cn-north-1", null).follows(address));
            assertFalse(session(clients, "us-west-2", null).follows(address));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/iam/security-credentials/controller",
                "https://169.254.169.254/latest/meta-data",
                "http://logs.s3.us-west-2.amazonaws.com/tail",
                "https://logs.s3.us-west-2.amazonaws.com:8443/tail",
                "https://user@logs.s3.us-west-2.amazonaws.com/tail",
                "https://logs.s3.us-west-2.amazonaws.com.example.com/tail",
                "https://logs.s3.us-west-2.amazonaws.com@example.com/tail",
                "https://example.com/https://logs.s3.us-west-2.amazonaws.com/tail",
                "https://example.com#.s3.us-west-2.amazonaws.com/tail",
                "https://examples3.us-west-2.amazonaws.com/tail",
                "https://jenkins.us-west-2.elb.amazonaws.com/tail",
                "https://logs.s3-website.us-west-2.amazonaws.com/tail",
                "https://vpce-1.s3.us-west-2.vpce.amazonaws.com/tail",
                "https://localhost/tail",
                "https:///tail",
                "file:///etc/passwd",
                "no address",
            })
    void nothingElseIsFollowed(String address) {
        try (AwsClients clients = clients(endpoint -> true)) {
            AwsSession session = session(clients, "us-west-2", null);
            assertFalse(session.follows(address));
            assertThrows(IllegalArgumentException.class, () -> session.read(address, 100));
        }
    }

    @Test
    void anEndpointIsFollowedToItselfIfAnAdministratorHasNamedIt() {
        try (AwsClients clients = clients(endpoint -> endpoint.getPort() == 8000)) {
            AwsSession ours = session(clients, "us-west-2", "http://127.0.0.1:8000");
            assertTrue(ours.follows("http://127.0.0.1:8000/logs/tail"));
            assertTrue(ours.follows("https://logs.s3.us-west-2.amazonaws.com/tail"));
            assertFalse(ours.follows("http://127.0.0.1:8001/logs/tail"));
            assertFalse(ours.follows("http://169.254.169.254:8000/latest/meta-data"));
            AwsSession theirs = session(clients, "us-west-2", "http://127.0.0.1:8001");
            assertFalse(theirs.follows("http://127.0.0.1:8001/logs/tail"));
            assertFalse(theirs.follows("https://logs.s3.us-west-2.amazonaws.com/tail"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://169.254.169.254", "http://169.254.170.2/", "https://[fd00:ec2::254]", "http://[fe80::1]"
            })
    void noEndpointIsTheMachinesOwnMetadata(String endpoint) {
        try (AwsClients clients = clients(named -> true)) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> session(clients, "us-west-2", endpoint));
            assertTrue(e.getMessage().startsWith("endpoint: '" + endpoint + "' is where"), e.getMessage());
        }
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        AtomicInteger reached = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/logs", exchange -> {
            exchange.getResponseHeaders().add("Location", endpoint + "/latest/meta-data");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/latest", exchange -> {
            reached.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try (AwsClients clients = clients(named -> true)) {
            AwsSession session = session(clients, "us-west-2", endpoint);
            assertThrows(AwsServiceException.class, () -> session.read(endpoint + "/logs/tail", 100));
            assertEquals(0, reached.get());
        } finally {
            server.stop(0);
        }
    }
}
