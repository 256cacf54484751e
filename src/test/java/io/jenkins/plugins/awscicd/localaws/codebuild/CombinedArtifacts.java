package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * COMBINE_ARTIFACTS: the primary artifacts of a batch's builds in one place, packed as the project says. How they are laid out there AWS
 * does not publish: here each build's are below its identifier.
 */
final class CombinedArtifacts {

    private final S3 s3;
    private final Path scratch;

    CombinedArtifacts(S3 s3, Path scratch) {
        this.s3 = s3;
        this.scratch = scratch;
    }

    /**
     * Combines them.
     *
     * @param builds by their identifiers
     * @return the BuildArtifacts structure of the batch
     */
    ObjectNode of(BuildSettings settings, String batch, Map<String, Build> builds) {
        JsonNode target = settings.artifacts();
        ObjectNode node = BuildArtifacts.initial(target, settings, batch);
        if (!target.path("type").asText().equals("S3")) {
            return node;
        }
        try {
            Path folder = Files.createTempDirectory(scratch, "combined");
            for (Map.Entry<String, Build> build : builds.entrySet()) {
                fetch(build.getValue(), Files.createDirectories(folder.resolve(build.getKey())));
            }
            put(target, BuildArtifacts.key(target, name(target, settings), batch), Archive.files(folder), node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return node;
    }

    private static String name(JsonNode target, BuildSettings settings) {
        return target.path("name").asText(settings.projectName());
    }

    private void put(JsonNode target, String key, Map<String, Path> files, ObjectNode node) throws IOException {
        String bucket = target.path("location").asText();
        String location = BuildArtifacts.arn(target, key);
        if (target.path("packaging").asText("NONE").equals("ZIP")) {
            Path zip = Files.createTempFile(scratch, "combined", ".zip");
            Archive.pack(files, zip);
            s3.put(bucket, key, Files.readAllBytes(zip));
            new BuildArtifacts.Uploaded(
                            location, ArtifactUpload.digest(zip, "SHA-256"), ArtifactUpload.digest(zip, "MD5"))
                    .describe(node);
            return;
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            s3.put(bucket, key + "/" + file.getKey(), Files.readAllBytes(file.getValue()));
        }
        new BuildArtifacts.Uploaded(location, null, null).describe(node);
    }

    private void fetch(Build build, Path folder) throws IOException {
        JsonNode artifacts = build.toJson().path("artifacts");
        String[] place = artifacts
                .path("location")
                .asText()
                .replaceFirst("^arn:aws:s3:::", "")
                .split("/", 2);
        if (place.length < 2) {
            return;
        }
        if (artifacts.has("sha256sum")) {
            Path zip = Files.createTempFile(scratch, "part", ".zip");
            Files.write(zip, s3.bytes(place[0], place[1]));
            Archive.unpack(zip, folder);
            return;
        }
        List<String> keys = s3.keys(place[0]);
        for (String key : keys) {
            if (key.startsWith(place[1] + "/")) {
                Path file = folder.resolve(key.substring(place[1].length() + 1));
                Files.createDirectories(file.getParent());
                Files.write(file, s3.bytes(place[0], key));
            }
        }
    }

    /** Where a build's own go until they are combined: apart from the others'. */
    static ObjectNode apart(ObjectNode artifacts, String batch, String identifier) {
        if (!artifacts.path("type").asText().equals("S3")) {
            return artifacts;
        }
        ObjectNode apart = artifacts.deepCopy();
        String path = artifacts.path("path").asText("");
        String uuid = batch.substring(batch.indexOf(':') + 1);
        return apart.put("path", (path.isEmpty() ? "" : path + "/") + uuid + "/" + identifier);
    }
}
