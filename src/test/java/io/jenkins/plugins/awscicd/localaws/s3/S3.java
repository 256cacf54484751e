package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.Archive;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** S3 for tests and for the services that read and write there: buckets, and objects kept in files. */
public final class S3 {

    /** Of every part but the last, in bytes ("Amazon S3 multipart upload limits" in the user guide). */
    private static final long SMALLEST_PART = 5L * 1024 * 1024;

    private final SimulatedTime time;
    private final Chance chance;
    private final Place home;
    private final Blobs blobs;
    private final Set<Dialect> dialects = Collections.synchronizedSet(EnumSet.noneOf(Dialect.class));
    private final Map<String, String> encrypting = new ConcurrentHashMap<>();
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();
    private final ConcurrentNavigableMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();
    private volatile long smallestPart = SMALLEST_PART;

    /**
     * @param directory where the objects' bytes are kept
     * @param chance makes up ids
     */
    public S3(Path directory, SimulatedTime time, Chance chance, Place home) throws IOException {
        this.time = time;
        this.chance = chance;
        this.home = home;
        blobs = new Blobs(directory);
    }

    /** Has it speak a dialect from now on. */
    public S3 dialect(Dialect dialect) {
        dialects.add(dialect);
        return this;
    }

    boolean speaks(Dialect dialect) {
        return dialects.contains(dialect);
    }

    /** Takes smaller parts than S3 does from now on, for tests that send many. */
    public S3 smallestPart(long bytes) {
        smallestPart = bytes;
        return this;
    }

    long smallestPart() {
        return smallestPart;
    }

    /** Creates a bucket in the home region, unless there is one of that name. */
    public S3 createBucket(String name, boolean versioned) {
        return createBucket(name, versioned, home.region());
    }

    /** Creates a bucket in a region, unless there is one of that name. */
    public S3 createBucket(String name, boolean versioned, String region) {
        Bucket.Versioning versioning = versioned ? Bucket.Versioning.ENABLED : Bucket.Versioning.NEVER;
        buckets.putIfAbsent(name, new Bucket(name, region, time.now(), chance, versioning));
        return this;
    }

    /** Deletes a bucket, unless there is none. Whether it was empty, and so could be deleted. */
    public boolean deleteBucket(String name) {
        Bucket found = buckets.get(name);
        if (found != null && !found.isEmpty()) {
            return false;
        }
        buckets.remove(name);
        return true;
    }

    /** The region of a bucket; empty when there is no bucket of that name. */
    public Optional<String> region(String bucket) {
        return find(bucket).map(Bucket::region);
    }

    /** Stores an object and returns its version id. */
    public String put(String bucket, String key, byte[] content) {
        return put(bucket, key, new ByteArrayInputStream(content));
    }

    /** Stores an object and returns its version id. */
    public String put(String bucket, String key, InputStream content) {
        return put(bucket, key, content, encryption(encrypting.get(bucket)));
    }

    /** Stores an object that a KMS key encrypts. */
    public void putEncrypted(String bucket, String key, byte[] content, String kmsKey) {
        put(bucket, key, new ByteArrayInputStream(content), encryption(kmsKey));
    }

    /** Has a KMS key encrypt what services put into a bucket from now on. */
    public void encryptWith(String bucket, String kmsKey) {
        encrypting.put(bucket, kmsKey);
    }

    private static Map<String, String> encryption(String kmsKey) {
        return kmsKey == null
                ? Map.of("x-amz-server-side-encryption", "AES256")
                : Map.of(
                        "x-amz-server-side-encryption",
                        "aws:kms",
                        "x-amz-server-side-encryption-aws-kms-key-id",
                        kmsKey);
    }

    /** Has a KMS key refuse to decrypt for everybody from now on. */
    public void refuseDecrypt(String kmsKey) {
        refusing.add(kmsKey);
    }

    boolean refuses(S3Object object) {
        String kmsKey = ObjectHeaders.kmsKey(object.headers());
        return kmsKey != null && refusing.contains(kmsKey);
    }

    private String put(String bucket, String key, InputStream content, Map<String, String> encryption) {
        Bucket target = find(bucket).orElseThrow(() -> new NoSuchElementException("No bucket " + bucket));
        try {
            Blob blob = blobs.store(content, EnumSet.noneOf(ChecksumAlgorithm.class));
            Map<String, String> headers = new LinkedHashMap<>(encryption);
            headers.put("Content-Type", "application/octet-stream");
            S3Object object = new S3Object(
                    key,
                    target.nextVersionId(),
                    ObjectHeaders.etag(headers, blob),
                    blob.file(),
                    blob.size(),
                    time.now(),
                    headers,
                    Map.of());
            target.put(object);
            return object.versionId();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores the files of a directory as one ZIP, with their permission to be executed, and returns its version id. */
    public String putDirectory(String bucket, String key, Path directory) throws IOException {
        Path zip = Files.createTempFile("local-aws", ".zip");
        try {
            Archive.pack(Archive.files(directory), zip);
            try (InputStream in = Files.newInputStream(zip)) {
                return put(bucket, key, in);
            }
        } finally {
            Files.delete(zip);
        }
    }

    /** The newest version of an object; empty when there is no bucket or object of that name. */
    public Optional<S3Object> object(String bucket, String key) {
        return find(bucket).flatMap(found -> found.newest(key)).filter(object -> !object.deleteMarker());
    }

    /** A version of an object. */
    public Optional<S3Object> object(String bucket, String key, String versionId) {
        return find(bucket).flatMap(found -> found.version(key, versionId)).filter(object -> !object.deleteMarker());
    }

    /** Deletes an object, as it can be in its bucket: for good, or by a marker. What is not there is no error. */
    public void delete(String bucket, String key) {
        Bucket found = find(bucket).orElseThrow(() -> new NoSuchElementException("No bucket " + bucket));
        try {
            new ObjectOperations(this).delete(found, key, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of an object's newest version. */
    public byte[] bytes(String bucket, String key) {
        S3Object object =
                object(bucket, key).orElseThrow(() -> new NoSuchElementException("No object " + bucket + "/" + key));
        try {
            return Files.readAllBytes(object.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean exists(String bucket) {
        return buckets.containsKey(bucket);
    }

    /** The keys of a bucket in their order. */
    public List<String> keys(String bucket) {
        return find(bucket).orElseThrow(() -> new NoSuchElementException("No bucket " + bucket)).current().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Multipart uploads of a bucket that were neither completed nor aborted. */
    public int openUploads(String bucket) {
        return find(bucket).map(found -> found.uploads().size()).orElse(0);
    }

    Optional<Bucket> find(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    ConcurrentNavigableMap<String, Bucket> buckets() {
        return buckets;
    }

    Blobs blobs() {
        return blobs;
    }

    Chance chance() {
        return chance;
    }

    SimulatedTime time() {
        return time;
    }
}
