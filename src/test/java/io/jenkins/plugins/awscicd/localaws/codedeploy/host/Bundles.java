package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.Git;
import io.jenkins.plugins.awscicd.localaws.ProcessTree;
import io.jenkins.plugins.awscicd.localaws.Trees;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.s3.S3Object;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Where instances get revisions from: local S3, and repositories of this machine in GitHub's stead. */
public final class Bundles {

    private final S3 s3;
    private final Map<String, Path> repositories = new ConcurrentHashMap<>();

    public Bundles(S3 s3) {
        this.s3 = s3;
    }

    /** @param name as GitHub names it: {@code account/repository} */
    public void repository(String name, Path path) {
        repositories.put(name, path);
    }

    /**
     * Fetches and unpacks a revision into a directory that is made.
     *
     * @param host whose root absolute links begin at
     */
    void fetch(JsonNode revision, Path directory, HostFolder host, ProcessTree processes)
            throws IOException, InterruptedException, HostException {
        if (revision.path("revisionType").asText().equals("GitHub")) {
            checkOut(revision.path("gitHubLocation"), directory, processes);
            return;
        }
        JsonNode location = revision.path("s3Location");
        S3Object object = object(location);
        Files.createDirectories(directory);
        String type = location.path("bundleType").asText();
        try {
            if (type.equals("zip")) {
                Archive.unpack(object.file(), directory, host::linked);
            } else {
                Archive.unpackTar(object.file(), type.equals("tgz"), directory, host::linked);
            }
        } catch (IOException e) {
            throw new HostException("The revision " + location.path("key").asText() + " could not be unpacked as "
                    + type + ": " + e.getMessage());
        }
        withoutTopFolder(directory);
    }

    /** What has one folder at its top, with something like an AppSpec in it, is taken as if that folder were the top. */
    private static void withoutTopFolder(Path directory) throws IOException {
        List<Path> top = list(directory);
        if (top.size() != 1 || !Files.isDirectory(top.get(0))) {
            return;
        }
        boolean appSpec = list(top.get(0)).stream()
                .anyMatch(file ->
                        file.getFileName().toString().toLowerCase(Locale.ROOT).contains("appspec"));
        if (appSpec) {
            Path aside = directory.resolveSibling("deployment-archive-temp");
            Files.move(directory, aside);
            Files.move(aside.resolve(top.get(0).getFileName()), directory);
            Files.delete(aside);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private S3Object object(JsonNode location) throws HostException {
        String bucket = location.path("bucket").asText();
        String key = location.path("key").asText();
        String version = location.path("version").asText("");
        if (!s3.exists(bucket)) {
            throw new HostException("The specified bucket does not exist");
        }
        Optional<S3Object> object = version.isEmpty() ? s3.object(bucket, key) : s3.object(bucket, key, version);
        if (object.isEmpty()) {
            throw new HostException(
                    version.isEmpty() ? "The specified key does not exist." : "The specified version does not exist.");
        }
        String wanted = location.path("eTag").asText("").replace("\"", "");
        if (!wanted.isEmpty() && !wanted.equals(object.get().etag())) {
            throw new HostException("Expected deployment artifact bundle etag " + wanted + " but was actually "
                    + object.get().etag());
        }
        return object.get();
    }

    private void checkOut(JsonNode location, Path directory, ProcessTree processes)
            throws IOException, InterruptedException, HostException {
        String name = location.path("repository").asText();
        Path repository = repositories.get(name);
        if (repository == null) {
            throw new HostException("404 Not Found: there is no repository " + name);
        }
        Path home = Files.createTempDirectory("local-aws-git");
        try {
            new Git(home, processes)
                    .checkOut(
                            repository.toUri().toString(),
                            location.path("commitId").asText(),
                            0,
                            false,
                            directory);
            // GitHub sends an archive, which has no history.
            Trees.delete(directory.resolve(".git"));
        } catch (Git.Failure e) {
            throw new HostException("404 Not Found: " + e.getMessage());
        } finally {
            Trees.delete(home);
        }
    }

    /** What scripts are told of their revision. */
    static Map<String, String> variables(JsonNode revision) {
        Map<String, String> variables = new LinkedHashMap<>();
        JsonNode s3Location = revision.path("s3Location");
        set(variables, "BUNDLE_BUCKET", s3Location.path("bucket"));
        set(variables, "BUNDLE_KEY", s3Location.path("key"));
        set(variables, "BUNDLE_VERSION", s3Location.path("version"));
        set(variables, "BUNDLE_ETAG", s3Location.path("eTag"));
        set(variables, "BUNDLE_COMMIT", revision.path("gitHubLocation").path("commitId"));
        return variables;
    }

    private static void set(Map<String, String> variables, String name, JsonNode value) {
        if (value.isTextual()) {
            variables.put(name, value.textValue());
        }
    }
}
