package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Archive;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the documentation, deployed as it is. */
@Timeout(120)
class WebExampleTest extends FolderDeployments {

    private final Path example = Path.of("docs/examples/web").toAbsolutePath();
    private final String path = Path.of(System.getProperty("java.home"), "bin")
            + File.pathSeparator
            + System.getenv().getOrDefault("PATH", "/usr/bin:/bin");

    @Test
    void theAppRunsOnAfterItsDeployment() throws Exception {
        int port = freePort();
        aws.codeDeploy()
                .group(dev.variable("PATH", path)
                        .variable("WEB_HOME", "${LOCAL_INSTANCE_ROOT}/opt/web")
                        .variable("WEB_PORT", port));
        deployVersion("1.0.1");
        assertTrue(answer(port, "/").contains("1.0.1"), () -> "Not the version that was deployed");
        long first = pid();
        deployVersion("1.0.2");
        assertTrue(answer(port, "/").contains("1.0.2"), () -> "Not the version that was deployed");
        assertFalse(ProcessHandle.of(first).filter(ProcessHandle::isAlive).isPresent());
        long second = pid();
        aws.close();
        assertFalse(ProcessHandle.of(second).filter(ProcessHandle::isAlive).isPresent());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private long pid() throws IOException {
        return Long.parseLong(read("opt/web/web.pid").strip());
    }

    private void deployVersion(String version) throws IOException, InterruptedException {
        Path source = directory.resolve(version);
        for (Map.Entry<String, Path> file : Archive.files(example).entrySet()) {
            if (!file.getKey().startsWith("target/")) {
                Path copy = source.resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                Files.copy(file.getValue(), copy);
                assertTrue(copy.toFile().setExecutable(Files.isExecutable(file.getValue())));
            }
        }
        ProcessBuilder build = new ProcessBuilder("./build.sh", "package", version)
                .directory(source.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("build.log").toFile());
        build.environment().put("PATH", path);
        Process process = build.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(directory.resolve("build.log")));
        aws.s3().putDirectory("revisions", version + ".zip", source);
        succeeded(deploy(version + ".zip"));
    }

    private static String answer(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
