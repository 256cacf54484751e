package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The operations on single objects, and DeleteObjects. */
final class ObjectOperations {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final S3 s3;

    ObjectOperations(S3 s3) {
        this.s3 = s3;
    }

    Response put(Target target, Request request) throws AwsError, IOException {
        Bucket bucket = BucketOperations.bucket(s3, target);
        Blob blob = s3.blobs().receive(request);
        if ("*".equals(request.header("If-None-Match"))
                && s3.object(target.bucket(), target.key()).isPresent()) {
            Files.delete(blob.file());
            throw preconditionFailed();
        }
        Map<String, String> headers = ObjectHeaders.of(request);
        S3Object object = new S3Object(
                target.key(),
                bucket.nextVersionId(),
                ObjectHeaders.etag(headers, blob),
                blob.file(),
                blob.size(),
                s3.time().now(),
                headers,
                checksums(blob));
        bucket.put(object);
        Response response = Response.empty(200)
                .with("ETag", "\"" + object.etag() + "\"")
                .with("x-amz-version-id", shown(bucket, object));
        ObjectHeaders.encryption(headers).forEach(response::with);
        object.checksums().forEach(response::with);
        return response;
    }

    private static Map<String, String> checksums(Blob blob) {
        Map<String, String> checksums = new LinkedHashMap<>();
        blob.checksums().forEach((algorithm, value) -> {
            if (algorithm != ChecksumAlgorithm.MD5) {
                checksums.put(algorithm.header(), ChecksumAlgorithm.base64(value));
                checksums.put("x-amz-checksum-type", "FULL_OBJECT");
            }
        });
        return checksums;
    }

    Response copy(Target target, Request request) throws AwsError, IOException {
        Bucket bucket = BucketOperations.bucket(s3, target);
        String[] source =
                request.header("x-amz-copy-source").replaceFirst("^/", "").split("\\?versionId=", 2);
        String path = URLDecoder.decode(source[0].replace("+", "%2B"), StandardCharsets.UTF_8);
        int slash = path.indexOf('/');
        if (slash < 1) {
            throw AwsError.badRequest(
                    "InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
        Target from = new Target("GetObject", path.substring(0, slash), path.substring(slash + 1));
        S3Object original = find(from, source.length == 2 ? source[1] : null);
        Map<String, String> headers = "REPLACE".equalsIgnoreCase(request.header("x-amz-metadata-directive"))
                ? ObjectHeaders.of(request)
                : new LinkedHashMap<>(original.headers());
        if (request.header("x-amz-server-side-encryption") != null) {
            headers.putAll(ObjectHeaders.encryption(ObjectHeaders.of(request)));
        }
        Blob blob;
        try (InputStream in = Files.newInputStream(original.file())) {
            blob = s3.blobs().store(in, EnumSet.noneOf(ChecksumAlgorithm.class));
        }
        S3Object copy = new S3Object(
                target.key(),
                bucket.nextVersionId(),
                ObjectHeaders.etag(headers, blob),
                blob.file(),
                blob.size(),
                s3.time().now(),
                headers,
                original.checksums());
        bucket.put(copy);
        Response response = Response.xml(Xml.document(
                        "CopyObjectResult",
                        S3Api.NAMESPACE,
                        xml -> xml.text("LastModified", ListOperations.iso(copy.lastModified()))
                                .text("ETag", "\"" + copy.etag() + "\"")))
                .with("x-amz-version-id", shown(bucket, copy))
                .with(
                        "x-amz-copy-source-version-id",
                        original.versionId().equals(S3Object.NO_VERSION) ? null : original.versionId());
        ObjectHeaders.encryption(headers).forEach(response::with);
        return response;
    }

    /** GetObject and HeadObject. */
    Response get(Target target, Request request, Caller caller) throws AwsError {
        Bucket bucket = BucketOperations.bucket(s3, target);
        S3Object object = find(target, request.query("versionId"));
        boolean decrypts = !request.method().equals("HEAD") || s3.speaks(Dialect.HEAD_TAKES_DECRYPT);
        if (decrypts && s3.refuses(object)) {
            throw new AwsError(
                    403,
                    "AccessDenied",
                    s3.speaks(Dialect.KMS_DENIAL_UNNAMED)
                            ? "Access Denied"
                            // As published in ministryofjustice/modernisation-platform #11726.
                            : "User: " + caller.arn() + " is not authorized to perform: kms:Decrypt on resource: "
                                    + ObjectHeaders.kmsKey(object.headers())
                                    + " because no identity-based policy allows the kms:Decrypt action");
        }
        checkConditions(request, object);
        ByteRange range = ByteRange.parse(request.header("Range"), object.size());
        Response response = range == null
                ? Response.file(200, object.file(), 0, object.size())
                : Response.file(206, object.file(), range.first(), range.length())
                        .with("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + object.size());
        object.headers().forEach(response::with);
        response.with("Accept-Ranges", "bytes")
                .with("ETag", "\"" + object.etag() + "\"")
                .with("Last-Modified", HTTP_DATE.format(object.lastModified()))
                .with("x-amz-version-id", shown(bucket, object));
        if (range == null && "ENABLED".equalsIgnoreCase(request.header("x-amz-checksum-mode"))) {
            object.checksums().forEach(response::with);
        }
        for (String header :
                new String[] {"content-type", "content-disposition", "cache-control", "content-encoding"}) {
            response.with(header.equals("content-type") ? "Content-Type" : header, request.query("response-" + header));
        }
        return response;
    }

    private static void checkConditions(Request request, S3Object object) throws AwsError {
        String match = request.header("If-Match");
        if (match != null && !match.equals("*") && !match.contains(object.etag())) {
            throw preconditionFailed();
        }
        String noneMatch = request.header("If-None-Match");
        if (noneMatch != null && (noneMatch.equals("*") || noneMatch.contains(object.etag()))) {
            throw new AwsError(304, "NotModified", "Not Modified");
        }
    }

    private S3Object find(Target target, String versionId) throws AwsError {
        Bucket bucket = BucketOperations.bucket(s3, target);
        if (versionId == null) {
            return bucket.newest(target.key())
                    .filter(object -> !object.deleteMarker())
                    .orElseThrow(ObjectOperations::noSuchKey);
        }
        S3Object object = bucket.version(target.key(), versionId)
                .orElseThrow(() -> new AwsError(404, "NoSuchVersion", "The specified version does not exist."));
        if (object.deleteMarker()) {
            throw new AwsError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
        }
        return object;
    }

    Response delete(Target target, Request request) throws AwsError, IOException {
        S3Object gone = delete(BucketOperations.bucket(s3, target), target.key(), request.query("versionId"));
        Response response = Response.empty(204);
        if (gone != null) {
            response.with("x-amz-version-id", gone.versionId())
                    .with("x-amz-delete-marker", gone.deleteMarker() ? "true" : null);
        }
        return response;
    }

    Response deleteMany(Target target, Request request) throws AwsError, IOException {
        Bucket bucket = BucketOperations.bucket(s3, target);
        XmlBody body = XmlBody.read(request.body());
        boolean paused = "true".equals(body.text("Quiet"));
        Map<Map<String, String>, S3Object> gone = new LinkedHashMap<>();
        for (Map<String, String> object : body.items("Object")) {
            gone.put(object, delete(bucket, object.get("Key"), object.get("VersionId")));
        }
        return Response.xml(Xml.document("DeleteResult", S3Api.NAMESPACE, xml -> {
            if (paused) {
                return;
            }
            for (Map.Entry<Map<String, String>, S3Object> one : gone.entrySet()) {
                xml.element("Deleted", deleted -> {
                    deleted.text("Key", one.getKey().get("Key"))
                            .text("VersionId", one.getKey().get("VersionId"));
                    if (one.getValue() != null && one.getValue().deleteMarker()) {
                        deleted.text("DeleteMarker", "true")
                                .text("DeleteMarkerVersionId", one.getValue().versionId());
                    }
                });
            }
        }));
    }

    /** @return the version that was removed or the marker that was set; {@code null} where neither can be told */
    S3Object delete(Bucket bucket, String key, String versionId) throws IOException {
        if (versionId != null) {
            return bucket.remove(key, versionId).orElse(null);
        }
        if (bucket.versioning() == Bucket.Versioning.NEVER) {
            bucket.remove(key, S3Object.NO_VERSION);
            return null;
        }
        Instant now = s3.time().now();
        S3Object marker = new S3Object(key, bucket.nextVersionId(), "", null, 0, now, Map.of(), Map.of());
        bucket.put(marker);
        return marker;
    }

    /** The version id as responses show it: not at all in a bucket that has never had versions. */
    static String shown(Bucket bucket, S3Object object) {
        return bucket.versioning() == Bucket.Versioning.NEVER ? null : object.versionId();
    }

    static AwsError noSuchKey() {
        return new AwsError(404, "NoSuchKey", "The specified key does not exist.");
    }

    private static AwsError preconditionFailed() {
        return new AwsError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }
}
