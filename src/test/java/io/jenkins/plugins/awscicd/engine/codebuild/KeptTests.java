package io.jenkins.plugins.awscicd.engine.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** Keeps what it is given, as XML. */
public final class KeptTests implements TestRecorder {

    private final TestResults mode;
    public final List<String> files = new ArrayList<>();
    final List<Path> paths = new ArrayList<>();
    public final List<String> builds = new ArrayList<>();
    public final List<String> unstable = new ArrayList<>();
    Throwable failure;

    public KeptTests(TestResults mode) {
        this.mode = mode;
    }

    @Override
    public TestResults mode() {
        return mode;
    }

    @Override
    public CompletableFuture<Void> record(String build, Path folder) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        try (Stream<Path> all = Files.list(folder)) {
            StringBuilder xml = new StringBuilder("<all>");
            for (Path file : all.sorted().toList()) {
                assertTrue(file.toString().endsWith(".xml"), file.toString());
                xml.append(Files.readString(file).replaceFirst("<\\?xml[^>]*>", ""));
            }
            files.add(xml + "</all>");
            paths.add(folder);
            builds.add(build);
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void unstable(String why) {
        unstable.add(why);
    }

    Document xml() throws Exception {
        assertEquals(1, files.size());
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(files.get(0).getBytes(StandardCharsets.UTF_8)));
    }
}
