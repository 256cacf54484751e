package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentInfoType;

/** Versions that really run, on the machine's own clock. */
@Timeout(120)
class FolderEnvironmentTest {

    private static final Duration MOST = Duration.ofSeconds(60);

    /** A server of one file, in the runtime that is surely there. */
    private static final String SERVER = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;
            public class Server {
                public static void main(String[] arguments) throws Exception {
                    int port = Integer.parseInt(System.getenv("PORT"));
                    byte[] answer = (System.getenv("GREETING") + " from " + arguments[0]).getBytes();
                    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
                    server.createContext("/", http -> {
                        http.sendResponseHeaders(200, answer.length);
                        http.getResponseBody().write(answer);
                        http.close();
                    });
                    server.start();
                    System.out.println("serving " + arguments[0]);
                }
            }
            """;

    @TempDir
    Path source;

    private LocalAws aws;
    private ElasticBeanstalkClient beanstalk;

    @BeforeEach
    void start() {
        aws = LocalAws.builder().beanstalkTiming(BeanstalkTiming.NONE).start();
        aws.s3().createBucket("bundles", false);
        aws.beanstalk().environment(EnvironmentSpec.folders("web", "web-dev").variable("GREETING", "hello"));
        beanstalk = Clients.of(aws).beanstalk();
    }

    @AfterEach
    void stop() {
        beanstalk.close();
        aws.close();
    }

    private void write(String name, String text) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String deploy(String label) throws IOException, InterruptedException {
        aws.s3().putDirectory("bundles", label, source);
        aws.beanstalk().version("web", label, "bundles", label);
        String request = beanstalk
                .updateEnvironment(update -> update.environmentName("web-dev").versionLabel(label))
                .responseMetadata()
                .requestId();
        assertTrue(aws.beanstalk().environment("web-dev").awaitReady(MOST));
        return request;
    }

    private String answer() throws IOException {
        try (InputStream in =
                URI.create(aws.beanstalk().environment("web-dev").url()).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private EnvironmentDescription describe() {
        return beanstalk
                .describeEnvironments(request -> request.environmentNames("web-dev"))
                .environments()
                .get(0);
    }

    private List<String> reported(String requestId) {
        return beanstalk.describeEvents(request -> request.requestId(requestId)).events().stream()
                .map(event -> event.message())
                .toList();
    }

    private String log() throws IOException, InterruptedException {
        beanstalk.requestEnvironmentInfo(
                request -> request.environmentName("web-dev").infoType(EnvironmentInfoType.TAIL));
        assertTrue(aws.beanstalk().environment("web-dev").awaitLogs(MOST));
        String url = beanstalk
                .retrieveEnvironmentInfo(
                        request -> request.environmentName("web-dev").infoType(EnvironmentInfoType.TAIL))
                .environmentInfo()
                .get(0)
                .message();
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theApplicationRunsUntilTheNextIsDeployed() throws Exception {
        write("Server.java", SERVER);
        write("Procfile", "web: java Server.java one\n");
        String request = deploy("one");
        assertEquals(
                "Environment update completed successfully.", reported(request).get(0));
        assertEquals("hello from one", answer());
        assertEquals("one", describe().versionLabel());
        assertEquals("Green", describe().healthAsString());
        assertEquals(
                aws.beanstalk().environment("web-dev").url(),
                "http://" + describe().endpointURL());
        assertTrue(Files.exists(aws.beanstalk().folder("web-dev").resolve("var/app/current/Procfile")));
        write("Procfile", "# another\nweb: java Server.java two\n");
        deploy("two");
        assertEquals("hello from two", answer());
        String log = log();
        assertTrue(log.contains("serving one") && log.contains("serving two"), log);
        int port = URI.create(aws.beanstalk().environment("web-dev").url()).getPort();
        aws.close();
        assertFalse(listens(port));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aBadBundleIsNotDeployed() throws Exception {
        write("Procfile", "worker: true\n");
        String request = deploy("bad");
        assertEquals("Failed to deploy application.", reported(request).get(1));
        assertEquals("Sample Application", describe().versionLabel());
        assertTrue(log().contains("Procfile declares no web process"));
        write("Procfile", "web: true\n");
        write(".platform/hooks/predeploy/01.sh", "no program");
        assertEquals("Failed to deploy application.", reported(deploy("hook")).get(1));
    }

    @Test
    void anApplicationThatEndsIsNotHealthy() throws Exception {
        write("Procfile", "web: echo broken; exit 3\n");
        String request = deploy("broken");
        assertEquals(
                "Environment update completed successfully.", reported(request).get(0));
        assertEquals("Red", describe().healthAsString());
        assertEquals(
                List.of("Following services are not running: web."),
                beanstalk
                        .describeEnvironmentHealth(
                                health -> health.environmentName("web-dev").attributeNamesWithStrings("All"))
                        .causes());
        assertTrue(log().contains("broken"));
    }
}
