package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.ArtifactSpec;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** UPLOAD_ARTIFACTS: takes files out of a build's folder to S3, packed or as they are. */
final class ArtifactUpload {

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    /** A pattern, and the directory that it is relative to: the base, or one outside of it that an absolute path or dots lead to. */
    private record Sought(Path directory, String pattern) {

        static Sought of(Path base, String text) {
            Matcher wildcard = WILDCARD.matcher(text);
            String fixed = wildcard.find() ? text.substring(0, wildcard.start()) : text;
            int slash = fixed.lastIndexOf('/') + 1;
            Path directory = base.resolve(text.substring(0, slash)).normalize();
            String rest = text.substring(slash);
            return directory.startsWith(base)
                    ? new Sought(base, base.relativize(directory).resolve(rest).toString())
                    : new Sought(directory, rest);
        }
    }

    private final Build build;
    private final S3 s3;
    private final BuildLog log;
    private final Shell shell;
    private final Path source;
    private final Path scratch;

    /** @param source the directory to which base directories are relative */
    ArtifactUpload(Build build, S3 s3, BuildLog log, Shell shell, Path source, Path scratch) {
        this.build = build;
        this.s3 = s3;
        this.log = log;
        this.shell = shell;
        this.source = source;
        this.scratch = scratch;
    }

    void upload(Buildspec buildspec) throws IOException, InterruptedException, PhaseFailure {
        if (buildspec.artifacts() != null) {
            upload(buildspec.artifacts(), build.settings().artifacts(), null);
        }
        for (Map.Entry<String, ArtifactSpec> secondary :
                buildspec.secondaryArtifacts().entrySet()) {
            upload(secondary.getValue(), secondaryTarget(secondary.getKey()), secondary.getKey());
        }
    }

    private JsonNode secondaryTarget(String identifier) throws PhaseFailure {
        for (JsonNode target : build.settings().secondaryArtifacts()) {
            if (target.path("artifactIdentifier").asText().equals(identifier)) {
                return target;
            }
        }
        throw PhaseFailure.client("no definition for secondary artifact " + identifier + " in the project");
    }

    private void upload(ArtifactSpec spec, JsonNode target, String identifier)
            throws IOException, InterruptedException, PhaseFailure {
        if (!target.path("type").asText().equals("S3")) {
            return;
        }
        Map<String, Path> files = select(spec);
        String bucket = target.path("location").asText();
        if (!s3.exists(bucket)) {
            throw PhaseFailure.client(
                    "Error in UPLOAD_ARTIFACTS phase: NoSuchBucket: The specified bucket does not exist: " + bucket);
        }
        String key = BuildArtifacts.key(target, name(spec, target), build.id());
        String location = BuildArtifacts.arn(target, key);
        if (target.path("packaging").asText("NONE").equals("ZIP")) {
            Path zip = Files.createTempFile(scratch, "artifact", ".zip");
            Archive.pack(files, zip);
            put(bucket, key, zip);
            build.uploaded(
                    identifier, new BuildArtifacts.Uploaded(location, digest(zip, "SHA-256"), digest(zip, "MD5")));
        } else {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                put(bucket, key.isEmpty() ? file.getKey() : key + "/" + file.getKey(), file.getValue());
            }
            build.uploaded(identifier, new BuildArtifacts.Uploaded(location, null, null));
        }
    }

    private Map<String, Path> select(ArtifactSpec spec) throws IOException, InterruptedException, PhaseFailure {
        Map<String, Path> files = new LinkedHashMap<>();
        String baseDirectory = spec.baseDirectory() == null ? "." : evaluated(spec.baseDirectory());
        List<String> wanted = evaluated(spec.files());
        List<String> exclude = evaluated(spec.exclude());
        for (Path base : bases(baseDirectory)) {
            log.container("Expanding base directory path: " + baseDirectory);
            log.container("Assembling file list");
            for (String pattern : wanted) {
                Sought sought = Sought.of(base, pattern);
                for (Path file : Globs.files(sought.directory(), List.of(sought.pattern()), exclude)) {
                    Path found = sought.directory().resolve(file);
                    Path relative = found.startsWith(base)
                            ? base.relativize(found)
                            : found.getRoot().relativize(found);
                    files.put(spec.discardPaths() ? file.getFileName().toString() : relative.toString(), found);
                }
            }
        }
        if (files.isEmpty()) {
            throw PhaseFailure.client("no matching artifact paths found");
        }
        log.container("Found " + files.size() + " file(s)");
        return files;
    }

    private List<Path> bases(String directory) throws IOException, PhaseFailure {
        if (directory.equals(".")) {
            return List.of(source);
        }
        Sought sought = Sought.of(source, directory.replaceAll("/+$", ""));
        List<Path> found = Globs.directories(sought.directory(), sought.pattern());
        if (found.isEmpty()) {
            throw PhaseFailure.client("no matching base directory path found for " + directory);
        }
        return found.stream().map(sought.directory()::resolve).toList();
    }

    private List<String> evaluated(List<String> texts) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>();
        for (String text : texts) {
            values.add(evaluated(text));
        }
        return values;
    }

    /** With the values of the build's variables, as they are at its end. */
    private String evaluated(String text) throws IOException, InterruptedException {
        return text.contains("$") ? shell.evaluate("printf %s \"" + text.replace("\"", "\\\"") + "\"") : text;
    }

    /** The project's name for it, unless the project lets the buildspec name it; that name may have variables and commands in it. */
    private String name(ArtifactSpec spec, JsonNode target) throws IOException, InterruptedException {
        if (spec.name() != null && target.path("overrideArtifactName").asBoolean()) {
            return evaluated(spec.name());
        }
        return target.path("name").asText(build.projectName());
    }

    private void put(String bucket, String key, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            s3.put(bucket, key, in);
        }
    }

    static String digest(Path file, String algorithm) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
