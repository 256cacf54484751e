package io.jenkins.plugins.awscicd.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.engine.StepFiles;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Trees;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.s3.S3Object;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What lies in the workspaces of runs and is uploaded from there, and what AWS was given of it to deploy. */
final class Workspaces implements AutoCloseable {

    static final String DIRECTORY = "dist";
    private static final String APP_SPEC = "appspec.yml";

    /** From this moment on it was like that: files by name, with what is in them. */
    private record Content(Instant since, Map<String, Integer> files) {}

    /** AWS was given that to deploy. Null if S3 did not have it. */
    private record Delivery(Instant at, Map<String, Integer> files) {}

    private final LocalAws aws;
    private final Map<Integer, Happening> asked = new LinkedHashMap<>();
    private final Map<Integer, List<Content>> contents = new HashMap<>();
    private final Map<Integer, Map<String, Delivery>> deliveries = new HashMap<>();
    private final List<Instant> replaced = new ArrayList<>();
    /** By controller, which remembers them over its restarts. */
    private final Map<String, Uploads> uploads = new HashMap<>();

    private Path root;

    Workspaces(LocalAws aws) {
        this.aws = aws;
        aws.s3().smallestPart(Agent.PART_BYTES);
    }

    /** There is one for a run that uploads: so many files, each as large as a part. */
    void open(Happening step) {
        int run = step.number("run");
        try {
            root = root == null ? Files.createTempDirectory("workspaces") : root;
            Path directory = Files.createDirectories(directory(run));
            Files.writeString(directory.resolve(APP_SPEC), "version: 0.0\nos: linux\n");
            for (int i = 0; i < step.number("upload"); i++) {
                write(directory, i, step.number("content", run));
            }
            asked.put(run, step);
            contents.put(run, new ArrayList<>());
            deliveries.put(run, new LinkedHashMap<>());
            note(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something writes to it while the step is at work, or before. */
    void write(Happening one) {
        int run = one.number("run");
        if (contents.containsKey(run)) {
            try {
                write(directory(run), one.number("file"), 1000 + one.number("content"));
                note(run);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void write(Path directory, int file, int content) throws IOException {
        byte[] bytes = new byte[Agent.PART_BYTES];
        new Random(content * 31L + file).nextBytes(bytes);
        Files.write(directory.resolve("file-" + file), bytes);
    }

    private Path directory(int run) {
        return workspace(run).resolve(DIRECTORY);
    }

    private Path workspace(int run) {
        return root.resolve(Integer.toString(run));
    }

    private void note(int run) throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (var all = Files.list(directory(run))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        contents.get(run).add(new Content(aws.time().now(), files));
    }

    /** Where a step finds its files. */
    WorkspaceSource source(Happening step) {
        if (!step.has("upload")) {
            return StepFiles.none();
        }
        Agent agent = new Agent(aws, workspace(step.number("run")), step.seconds("perPart"));
        return new WorkspaceSource() {
            @Override
            public Workspace workspace() {
                return agent;
            }

            @Override
            public Uploads uploads() {
                return uploads.computeIfAbsent(step.text("on", "a"), on -> Uploads.of("delivery"));
            }
        };
    }

    /** Writes down what AWS was given to deploy; after each turn, as it may be replaced later. */
    void look(Ledger ledger) {
        asked.forEach((run, step) -> {
            if (step.what().equals("deploy")) {
                for (Deployment one : ledger.deployments(run)) {
                    deliveries.get(run).computeIfAbsent(one.id(), id -> delivered(one));
                }
            } else if (!deliveries.get(run).containsKey("v" + run)) {
                aws.beanstalk()
                        .bundle("web", "v" + run)
                        .ifPresent(at -> deliveries
                                .get(run)
                                .put("v" + run, new Delivery(aws.time().now(), files(object(at)))));
            }
        });
    }

    private Delivery delivered(Deployment one) {
        JsonNode at = one.request().at("/revision/s3Location");
        String bucket = at.path("bucket").asText();
        String key = at.path("key").asText();
        Optional<S3Object> object = at.hasNonNull("version")
                ? aws.s3().object(bucket, key, at.path("version").asText())
                : aws.s3().object(bucket, key);
        return new Delivery(aws.time().now(), files(object));
    }

    private Optional<S3Object> object(String at) {
        int slash = at.indexOf('/');
        return aws.s3().object(at.substring(0, slash), at.substring(slash + 1));
    }

    private static Map<String, Integer> files(Optional<S3Object> object) {
        if (object.isEmpty()) {
            return null;
        }
        Map<String, Integer> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(
                new ByteArrayInputStream(Files.readAllBytes(object.get().file())))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), Arrays.hashCode(zip.readAllBytes()));
            }
        } catch (IOException e) {
            files.put("no archive: " + e.getMessage(), 0);
        }
        return files;
    }

    /** What AWS was given of a run to deploy, and did not lie in its workspace at any time while the step was at it. */
    List<String> foreign(int run) {
        List<String> foreign = new ArrayList<>();
        deliveries.getOrDefault(run, Map.of()).forEach((id, given) -> {
            boolean others = replaced.stream()
                    .anyMatch(at -> !at.isBefore(contents.get(run).get(0).since()) && !at.isAfter(given.at()));
            boolean own = others // who were faster than AWS: it is told of an object's name, and not of what is in it
                    || contents.get(run).stream()
                            .anyMatch(content -> !content.since().isAfter(given.at())
                                    && content.files().equals(given.files()));
            if (!own) {
                foreign.add(id);
            }
        });
        return foreign;
    }

    /** How many uploads S3 has that were neither completed nor given up. */
    int openUploads() {
        return asked.isEmpty()
                ? 0
                : Stream.of("artifacts", "versioned", aws.beanstalk().storageLocation())
                        .mapToInt(aws.s3()::openUploads)
                        .sum();
    }

    /** Somebody puts something else in the place of all that was uploaded, or takes it away. */
    void replace(boolean delete) {
        replaced.add(aws.time().now());
        for (String bucket : List.of("artifacts", "versioned", aws.beanstalk().storageLocation())) {
            if (aws.s3().exists(bucket)) {
                aws.s3().keys(bucket).stream()
                        .filter(key -> key.startsWith("jenkins/"))
                        .forEach(key -> {
                            if (delete) {
                                aws.s3().delete(bucket, key);
                            } else {
                                aws.s3().put(bucket, key, new byte[] {3});
                            }
                        });
            }
        }
    }

    @Override
    public void close() {
        if (root != null) {
            try {
                Trees.delete(root);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
