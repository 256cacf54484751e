package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/** Multipart uploads ("Uploading and copying objects using multipart upload" in the S3 user guide). */
final class MultipartOperations {

    private static final int MOST_PARTS = 10_000;

    private final S3 s3;

    MultipartOperations(S3 s3) {
        this.s3 = s3;
    }

    Response create(Target target, Request request) throws AwsError {
        Bucket bucket = BucketOperations.bucket(s3, target);
        String id = s3.chance().mixed(64);
        String algorithm = request.header("x-amz-checksum-algorithm");
        String type = request.header("x-amz-checksum-type");
        MultipartUpload upload = new MultipartUpload(
                target.key(),
                ObjectHeaders.of(request),
                ChecksumAlgorithm.named(algorithm).orElse(null),
                "FULL_OBJECT".equals(type) || "CRC64NVME".equals(algorithm),
                s3.time().now());
        bucket.uploads().put(id, upload);
        Response response = Response.xml(Xml.document(
                        "InitiateMultipartUploadResult",
                        S3Api.NAMESPACE,
                        xml -> xml.text("Bucket", target.bucket())
                                .text("Key", target.key())
                                .text("UploadId", id)))
                .with("x-amz-checksum-algorithm", algorithm)
                .with(
                        "x-amz-checksum-type",
                        algorithm == null ? null : upload.fullObjectChecksum() ? "FULL_OBJECT" : "COMPOSITE");
        ObjectHeaders.encryption(upload.headers()).forEach(response::with);
        return response;
    }

    Response uploadPart(Target target, Request request) throws AwsError, IOException {
        MultipartUpload upload = upload(target, request);
        int number = number(request);
        Blob blob = s3.blobs().receive(request);
        upload.put(number, new MultipartUpload.Part(blob, s3.time().now()));
        Response response = Response.empty(200).with("ETag", "\"" + blob.etag() + "\"");
        blob.checksums().forEach((algorithm, value) -> {
            if (algorithm != ChecksumAlgorithm.MD5) {
                response.with(algorithm.header(), ChecksumAlgorithm.base64(value));
            }
        });
        ObjectHeaders.encryption(upload.headers()).forEach(response::with);
        return response;
    }

    private static int number(Request request) throws AwsError {
        try {
            int number = Integer.parseInt(request.queries().getOrDefault("partNumber", ""));
            if (number >= 1 && number <= MOST_PARTS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in AWS's words.
        }
        throw AwsError.badRequest("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
    }

    Response complete(Target target, Request request) throws AwsError, IOException {
        Bucket bucket = BucketOperations.bucket(s3, target);
        S3Object earlier = bucket.completed().get(request.query("uploadId"));
        if (earlier != null && s3.speaks(Dialect.COMPLETES_AGAIN)) {
            return completed(target, request, bucket, earlier);
        }
        MultipartUpload upload = upload(target, request);
        List<Map<String, String>> listed = XmlBody.read(request.body()).items("Part");
        AssembledObject assembled = AssembledObject.of(upload, chosen(upload, listed), s3.blobs());
        S3Object object = new S3Object(
                target.key(),
                bucket.nextVersionId(),
                assembled.etag(),
                assembled.file(),
                Files.size(assembled.file()),
                s3.time().now(),
                upload.headers(),
                assembled.checksums());
        bucket.put(object);
        bucket.uploads().remove(request.query("uploadId"));
        bucket.completed().put(request.query("uploadId"), object);
        upload.discard();
        return completed(target, request, bucket, object);
    }

    private static Response completed(Target target, Request request, Bucket bucket, S3Object object) {
        Response response = Response.xml(Xml.document("CompleteMultipartUploadResult", S3Api.NAMESPACE, xml -> {
                    xml.text("Location", "http://" + request.header("Host") + "/" + target.resource())
                            .text("Bucket", target.bucket())
                            .text("Key", target.key())
                            .text("ETag", "\"" + object.etag() + "\"");
                    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
                        if (object.checksums().containsKey(algorithm.header())) {
                            xml.text("Checksum" + algorithm, object.checksums().get(algorithm.header()))
                                    .text("ChecksumType", object.checksums().get("x-amz-checksum-type"));
                        }
                    }
                }))
                .with("x-amz-version-id", ObjectOperations.shown(bucket, object));
        ObjectHeaders.encryption(object.headers()).forEach(response::with);
        return response;
    }

    private List<Blob> chosen(MultipartUpload upload, List<Map<String, String>> listed) throws AwsError {
        if (listed.isEmpty()) {
            throw AwsError.badRequest(
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        NavigableMap<Integer, MultipartUpload.Part> parts = upload.parts();
        List<Blob> chosen = new ArrayList<>();
        int previous = 0;
        for (Map<String, String> one : listed) {
            int number = Integer.parseInt(one.getOrDefault("PartNumber", "0"));
            if (number <= previous) {
                throw AwsError.badRequest(
                        "InvalidPartOrder",
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            previous = number;
            MultipartUpload.Part part = parts.get(number);
            if (part == null
                    || !one.getOrDefault("ETag", "")
                            .replace("\"", "")
                            .equals(part.blob().etag())) {
                throw AwsError.badRequest(
                        "InvalidPart",
                        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the"
                                + " specified entity tag may not match the part's entity tag.");
            }
            checksum(upload, number, one);
            chosen.add(part.blob());
        }
        for (Blob blob : chosen.subList(0, chosen.size() - 1)) {
            if (blob.size() < s3.smallestPart()) {
                throw AwsError.badRequest(
                        "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
            }
        }
        return chosen;
    }

    /** One over the checksums of the parts needs them all, whoever has computed them. */
    private static void checksum(MultipartUpload upload, int number, Map<String, String> listed) throws AwsError {
        ChecksumAlgorithm algorithm = upload.algorithm();
        if (algorithm != null && !upload.fullObjectChecksum() && !listed.containsKey("Checksum" + algorithm)) {
            throw AwsError.badRequest(
                    "InvalidRequest",
                    "The upload was created using a " + algorithm.name().toLowerCase(Locale.ROOT)
                            + " checksum. The complete request must include the checksum for each part. It was missing for"
                            + " part " + number + " in the request.");
        }
    }

    Response abort(Target target, Request request) throws AwsError, IOException {
        upload(target, request).discard();
        BucketOperations.bucket(s3, target).uploads().remove(request.query("uploadId"));
        return Response.empty(204);
    }

    Response listParts(Target target, Request request) throws AwsError {
        MultipartUpload upload = upload(target, request);
        int after = Integer.parseInt(request.queries().getOrDefault("part-number-marker", "0"));
        int most = Math.min(1000, Integer.parseInt(request.queries().getOrDefault("max-parts", "1000")));
        NavigableMap<Integer, MultipartUpload.Part> rest = upload.parts().tailMap(after, false);
        List<Integer> page = rest.keySet().stream().limit(most).toList();
        boolean truncated = page.size() < rest.size();
        return Response.xml(Xml.document("ListPartsResult", S3Api.NAMESPACE, xml -> {
            xml.text("Bucket", target.bucket())
                    .text("Key", target.key())
                    .text("UploadId", request.query("uploadId"))
                    .text("PartNumberMarker", after)
                    .text("NextPartNumberMarker", page.isEmpty() ? after : page.get(page.size() - 1))
                    .text("MaxParts", most)
                    .text("IsTruncated", truncated)
                    .text("StorageClass", "STANDARD");
            for (int number : page) {
                MultipartUpload.Part part = rest.get(number);
                xml.element(
                        "Part",
                        one -> one.text("PartNumber", number)
                                .text("LastModified", ListOperations.iso(part.lastModified()))
                                .text("ETag", "\"" + part.blob().etag() + "\"")
                                .text("Size", part.blob().size()));
            }
        }));
    }

    Response list(Target target, Request request) throws AwsError {
        Bucket bucket = BucketOperations.bucket(s3, target);
        String prefix = request.queries().getOrDefault("prefix", "");
        return Response.xml(Xml.document("ListMultipartUploadsResult", S3Api.NAMESPACE, xml -> {
            xml.text("Bucket", target.bucket()).text("MaxUploads", 1000).text("IsTruncated", false);
            for (Map.Entry<String, MultipartUpload> upload : bucket.uploads().entrySet()) {
                if (upload.getValue().key().startsWith(prefix)) {
                    xml.element(
                            "Upload",
                            one -> one.text("Key", upload.getValue().key())
                                    .text("UploadId", upload.getKey())
                                    .text("StorageClass", "STANDARD")
                                    .text(
                                            "Initiated",
                                            ListOperations.iso(upload.getValue().begun())));
                }
            }
        }));
    }

    private MultipartUpload upload(Target target, Request request) throws AwsError {
        MultipartUpload upload = BucketOperations.bucket(s3, target).uploads().get(request.query("uploadId"));
        if (upload == null || !upload.key().equals(target.key())) {
            throw noSuchUpload();
        }
        return upload;
    }

    static AwsError noSuchUpload() {
        return new AwsError(
                404,
                "NoSuchUpload",
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");
    }
}
