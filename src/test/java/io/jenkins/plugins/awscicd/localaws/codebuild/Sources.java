package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.Git;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.s3.S3Object;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Brings a build's sources into its folders. */
final class Sources {

    /** A buildspec itself, not the way to one: a path may begin with the word version, too. */
    private static final Pattern INLINE = Pattern.compile("\n|^\\s*\\{|^\\s*[\"']?version[\"']?\\s*:");

    private final S3 s3;
    private final Stores stores;
    private final Git git;

    Sources(S3 s3, Stores stores, Git git) {
        this.s3 = s3;
        this.stores = stores;
        this.git = git;
    }

    /**
     * Fetches a source into an empty directory.
     *
     * @param source a ProjectSource
     * @param version {@code null} for the newest
     * @return the commit, for git; {@code null} otherwise
     */
    String fetch(JsonNode source, String version, Path directory)
            throws IOException, InterruptedException, PhaseFailure {
        String location = source.path("location").asText();
        switch (source.path("type").asText()) {
            case "NO_SOURCE" -> Files.createDirectories(directory);
            case "S3" -> fetchFromS3(location.replaceFirst("^arn:aws[a-z-]*:s3:::", ""), version, directory);
            default -> {
                return checkOut(source, stores.repository(location), version, directory);
            }
        }
        return null;
    }

    private String checkOut(JsonNode source, String url, String version, Path directory)
            throws IOException, InterruptedException, PhaseFailure {
        try {
            return git.checkOut(
                    url,
                    version,
                    source.path("gitCloneDepth").asInt(0),
                    source.path("gitSubmodulesConfig").path("fetchSubmodules").asBoolean(),
                    directory);
        } catch (Git.Failure e) {
            throw PhaseFailure.client(
                    e.getMessage() + " for primary source and source version " + (version == null ? "" : version));
        }
    }

    private void fetchFromS3(String location, String version, Path directory) throws IOException, PhaseFailure {
        Files.createDirectories(directory);
        int slash = location.indexOf('/');
        String bucket = location.substring(0, slash);
        String key = location.substring(slash + 1);
        if (key.isEmpty() || key.endsWith("/")) {
            fetchFolder(bucket, key, directory);
            return;
        }
        Optional<S3Object> object = version == null ? s3.object(bucket, key) : s3.object(bucket, key, version);
        if (object.isEmpty()) {
            String missing = version == null
                    ? "NoSuchKey: The specified key does not exist."
                    : "NoSuchVersion: The specified version does not exist.";
            throw PhaseFailure.client(
                    missing + " status code: 404 for primary source and source version arn:aws:s3:::" + location);
        }
        try {
            Archive.unpack(object.get().file(), directory);
        } catch (IOException e) {
            throw PhaseFailure.client("Error while unzipping arn:aws:s3:::" + location + ": " + e.getMessage());
        }
    }

    private void fetchFolder(String bucket, String prefix, Path directory) throws IOException, PhaseFailure {
        if (!s3.exists(bucket)) {
            throw PhaseFailure.client(
                    "NoSuchBucket: The specified bucket does not exist status code: 404 for " + bucket);
        }
        for (String key : s3.keys(bucket)) {
            if (key.startsWith(prefix) && !key.endsWith("/")) {
                Path target = directory.resolve(key.substring(prefix.length())).normalize();
                if (!target.startsWith(directory)) {
                    throw PhaseFailure.client("The key leads out of the source directory: " + key);
                }
                Files.createDirectories(target.getParent());
                Files.write(target, s3.bytes(bucket, key));
            }
        }
    }

    /** The text of a buildspec: inline, in S3, or a file of the source. */
    String buildspec(String setting, Path sourceDirectory) throws IOException, PhaseFailure {
        if (setting != null && INLINE.matcher(setting).find()) {
            return setting;
        }
        if (setting != null && setting.matches("arn:aws[a-z-]*:s3:::.+/.+")) {
            String location = setting.substring(setting.indexOf(":::") + 3);
            int slash = location.indexOf('/');
            if (s3.object(location.substring(0, slash), location.substring(slash + 1))
                    .isEmpty()) {
                throw new PhaseFailure("YAML_FILE_ERROR", "NoSuchKey: The specified key does not exist. " + setting);
            }
            return new String(
                    s3.bytes(location.substring(0, slash), location.substring(slash + 1)), StandardCharsets.UTF_8);
        }
        Path file = sourceDirectory
                .resolve(setting == null || setting.isEmpty() ? "buildspec.yml" : setting)
                .normalize();
        if (!file.startsWith(sourceDirectory) || !Files.isRegularFile(file)) {
            throw new PhaseFailure("YAML_FILE_ERROR", "stat " + file + ": no such file or directory");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8); // whatever else it may be encoded in
    }
}
