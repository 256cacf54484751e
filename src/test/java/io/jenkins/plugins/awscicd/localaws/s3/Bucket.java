package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.Chance;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A bucket: its objects, all versions of each, the newest first. */
final class Bucket {

    /** Whether new versions replace old ones ("Using versioning in S3 buckets" in the user guide). */
    enum Versioning {
        NEVER,
        ENABLED,
        SUSPENDED
    }

    private final String name;
    private final String region;
    private final Instant created;
    private final Chance chance;
    private final NavigableMap<String, List<S3Object>> versions = new TreeMap<>();
    private final Map<String, MultipartUpload> uploads = new ConcurrentHashMap<>();
    private final Map<String, S3Object> completed = new ConcurrentHashMap<>();
    private volatile Versioning versioning;

    Bucket(String name, String region, Instant created, Chance chance, Versioning versioning) {
        this.name = name;
        this.region = region;
        this.created = created;
        this.chance = chance;
        this.versioning = versioning;
    }

    String name() {
        return name;
    }

    String region() {
        return region;
    }

    Instant created() {
        return created;
    }

    Versioning versioning() {
        return versioning;
    }

    void versioning(Versioning value) {
        versioning = value;
    }

    /** The multipart uploads in progress by id. */
    Map<String, MultipartUpload> uploads() {
        return uploads;
    }

    /** What the multipart uploads that were completed have become, by their ids. */
    Map<String, S3Object> completed() {
        return completed;
    }

    /** The id that the next version is to have. */
    String nextVersionId() {
        return versioning == Versioning.ENABLED ? chance.mixed(32) : S3Object.NO_VERSION;
    }

    synchronized void put(S3Object object) throws IOException {
        List<S3Object> all = versions.computeIfAbsent(object.key(), key -> new ArrayList<>());
        if (object.versionId().equals(S3Object.NO_VERSION)) {
            discard(all, S3Object.NO_VERSION);
        }
        all.add(0, object);
    }

    /** The newest version, which may be a delete marker. */
    synchronized Optional<S3Object> newest(String key) {
        return Optional.ofNullable(versions.get(key)).map(all -> all.get(0));
    }

    synchronized Optional<S3Object> version(String key, String versionId) {
        return versions.getOrDefault(key, List.of()).stream()
                .filter(object -> object.versionId().equals(versionId))
                .findFirst();
    }

    /** Removes one version for good and says which it was. */
    synchronized Optional<S3Object> remove(String key, String versionId) throws IOException {
        List<S3Object> all = versions.get(key);
        if (all == null) {
            return Optional.empty();
        }
        Optional<S3Object> removed = discard(all, versionId);
        if (all.isEmpty()) {
            versions.remove(key);
        }
        return removed;
    }

    private static Optional<S3Object> discard(List<S3Object> all, String versionId) throws IOException {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).versionId().equals(versionId)) {
                S3Object object = all.remove(i);
                if (!object.deleteMarker()) {
                    Files.deleteIfExists(object.file());
                }
                return Optional.of(object);
            }
        }
        return Optional.empty();
    }

    /** The newest versions in the order of their keys, without deleted ones. */
    synchronized List<S3Object> current() {
        return versions.values().stream()
                .map(all -> all.get(0))
                .filter(object -> !object.deleteMarker())
                .toList();
    }

    /** All versions, by key and then from new to old. */
    synchronized List<S3Object> all() {
        return versions.values().stream().flatMap(List::stream).toList();
    }

    synchronized boolean isEmpty() {
        return versions.isEmpty();
    }
}
