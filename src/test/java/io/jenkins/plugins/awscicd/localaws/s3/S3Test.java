package io.jenkins.plugins.awscicd.localaws.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

class S3Test {

    private LocalAws aws;
    private S3Client s3;

    @BeforeEach
    void start() {
        aws = LocalAws.builder().start();
        s3 = Clients.of(aws).s3();
        s3.createBucket(request -> request.bucket("things")
                .createBucketConfiguration(configuration -> configuration.locationConstraint("eu-west-1")));
    }

    @AfterEach
    void stop() {
        s3.close();
        aws.close();
    }

    @Test
    void anObjectComesBackWithWhatItWasStoredWith() {
        PutObjectResponse put = s3.putObject(
                request -> request.bucket("things")
                        .key("a/b c+d%20ü.txt")
                        .contentType("text/plain")
                        .metadata(Map.of("built-by", "job 1"))
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId("alias/builds"),
                RequestBody.fromString("hello"));
        assertNotEquals("\"5d41402abc4b2a76b9719d911017c592\"", put.eTag(), "A KMS key encrypts it");
        assertEquals("alias/builds", put.ssekmsKeyId());
        assertNull(put.versionId());
        ResponseBytes<GetObjectResponse> got =
                s3.getObjectAsBytes(request -> request.bucket("things").key("a/b c+d%20ü.txt"));
        assertEquals("hello", got.asUtf8String());
        assertEquals("text/plain", got.response().contentType());
        assertEquals("job 1", got.response().metadata().get("built-by"));
        assertEquals(ServerSideEncryption.AWS_KMS, got.response().serverSideEncryption());
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket("things").key("a/b c+d%20ü.txt"));
        assertEquals(5, head.contentLength());
        assertEquals(put.eTag(), head.eTag());
        assertEquals("hello", new String(aws.s3().bytes("things", "a/b c+d%20ü.txt"), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void checksumsAreKeptAndChecked(ChecksumAlgorithm algorithm) {
        s3.putObject(
                request -> request.bucket("things").key("k").checksumAlgorithm(algorithm),
                RequestBody.fromString("x".repeat(100_000)));
        // The SDK itself checks what comes back against the checksum that comes with it.
        assertEquals(
                100_000,
                s3.getObjectAsBytes(request -> request.bucket("things").key("k"))
                        .asByteArray()
                        .length);
        assertTrue(aws.s3().object("things", "k").orElseThrow().checksums().size() >= 1);
        S3Exception e = assertThrows(
                S3Exception.class,
                () -> s3.putObject(
                        request -> request.bucket("things")
                                .key("bad")
                                .checksumSHA256("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
                        RequestBody.fromString("not empty")));
        assertEquals("BadDigest", e.awsErrorDetails().errorCode());
        assertFalse(aws.s3().object("things", "bad").isPresent());
    }

    @Test
    void aPartOfAnObject() {
        aws.s3().put("things", "k", "0123456789".getBytes(StandardCharsets.UTF_8));
        assertEquals("345", range("bytes=3-5"));
        assertEquals("789", range("bytes=7-"));
        assertEquals("89", range("bytes=-2"));
        assertEquals(
                416, assertThrows(S3Exception.class, () -> range("bytes=10-")).statusCode());
    }

    private String range(String range) {
        return s3.getObjectAsBytes(request -> request.bucket("things").key("k").range(range))
                .asUtf8String();
    }

    @Test
    void listsArePagedWithPrefixAndDelimiter() {
        IntStream.range(0, 25).forEach(i -> aws.s3().put("things", String.format("dir/%02d", i), new byte[i]));
        IntStream.range(0, 3).forEach(i -> aws.s3().put("things", "other" + i + "/x", new byte[1]));
        List<String> keys = s3
                .listObjectsV2Paginator(
                        request -> request.bucket("things").prefix("dir/").maxKeys(10))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
        assertEquals(25, keys.size());
        assertEquals(3, aws.calls().count("S3.ListObjectsV2"));
        ListObjectsV2Response top = s3.listObjectsV2(
                request -> request.bucket("things").delimiter("/").maxKeys(2));
        assertEquals(
                List.of("dir/", "other0/"),
                top.commonPrefixes().stream().map(CommonPrefix::prefix).toList());
        assertTrue(top.isTruncated());
        ListObjectsV2Response rest = s3.listObjectsV2(
                request -> request.bucket("things").delimiter("/").continuationToken(top.nextContinuationToken()));
        assertEquals(
                List.of("other1/", "other2/"),
                rest.commonPrefixes().stream().map(CommonPrefix::prefix).toList());
        assertFalse(rest.isTruncated());
    }

    @Test
    void versionsAreKeptAndDeletedOneByOne() {
        s3.putBucketVersioning(request -> request.bucket("things")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        assertEquals(
                BucketVersioningStatus.ENABLED,
                s3.getBucketVersioning(request -> request.bucket("things")).status());
        String first = put("k", "one").versionId();
        String second = put("k", "two").versionId();
        assertNotEquals(first, second);
        assertEquals(
                "one",
                s3.getObjectAsBytes(request -> request.bucket("things").key("k").versionId(first))
                        .asUtf8String());
        String marker =
                s3.deleteObject(request -> request.bucket("things").key("k")).versionId();
        assertThrows(
                NoSuchKeyException.class,
                () -> s3.getObjectAsBytes(request -> request.bucket("things").key("k")));
        assertEquals(
                2,
                s3.listObjectVersions(request -> request.bucket("things"))
                        .versions()
                        .size());
        assertEquals(
                1,
                s3.listObjectVersions(request -> request.bucket("things"))
                        .deleteMarkers()
                        .size());
        assertEquals(
                3,
                s3
                        .listObjectVersionsPaginator(
                                request -> request.bucket("things").maxKeys(1))
                        .stream()
                        .mapToInt(page ->
                                page.versions().size() + page.deleteMarkers().size())
                        .sum());
        s3.deleteObject(request -> request.bucket("things").key("k").versionId(marker));
        assertEquals(
                "two",
                s3.getObjectAsBytes(request -> request.bucket("things").key("k"))
                        .asUtf8String());
    }

    @Test
    void objectsAreCopiedAndDeletedManyAtOnce() {
        put("a", "content");
        s3.copyObject(request -> request.sourceBucket("things")
                .sourceKey("a")
                .destinationBucket("things")
                .destinationKey("b ü"));
        assertEquals(
                "content",
                s3.getObjectAsBytes(request -> request.bucket("things").key("b ü"))
                        .asUtf8String());
        s3.deleteObjects(request -> request.bucket("things")
                .delete(delete -> delete.objects(
                        ObjectIdentifier.builder().key("a").build(),
                        ObjectIdentifier.builder().key("b ü").build())));
        assertEquals(List.of(), aws.s3().keys("things"));
    }

    @Test
    void bucketsAreCreatedFoundAndDeleted() {
        assertEquals(
                "eu-west-1",
                s3.getBucketLocation(request -> request.bucket("things")).locationConstraintAsString());
        assertEquals(
                "eu-west-1", s3.headBucket(request -> request.bucket("things")).bucketRegion());
        assertEquals(
                List.of("things"),
                s3.listBuckets().buckets().stream().map(bucket -> bucket.name()).toList());
        put("a", "content");
        assertEquals(
                "BucketNotEmpty",
                assertThrows(S3Exception.class, () -> s3.deleteBucket(request -> request.bucket("things")))
                        .awsErrorDetails()
                        .errorCode());
        s3.deleteObject(request -> request.bucket("things").key("a"));
        s3.deleteBucket(request -> request.bucket("things"));
        assertThrows(NoSuchBucketException.class, () -> s3.headBucket(request -> request.bucket("things")));
        assertThrows(NoSuchBucketException.class, () -> put("a", "content"));
    }

    @Test
    void anObjectIsNotOverwrittenWhenThatIsForbidden() {
        put("k", "one");
        S3Exception e = assertThrows(
                S3Exception.class,
                () -> s3.putObject(
                        request -> request.bucket("things").key("k").ifNoneMatch("*"), RequestBody.fromString("two")));
        assertEquals(412, e.statusCode());
    }

    private PutObjectResponse put(String key, String content) {
        return s3.putObject(request -> request.bucket("things").key(key), RequestBody.fromString(content));
    }
}
