package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an S3 request is about: the operation, told from method, path and query, and the bucket and key, which are empty where there is
 * none.
 */
record Target(String operation, String bucket, String key) {

    /** bucket.s3.eu-west-1.amazonaws.com, bucket.s3.localhost, bucket.localhost */
    private static final Pattern VIRTUAL_HOST = Pattern.compile("(.+?)\\.(?:s3[.-].*|localhost)(?::\\d+)?");

    static Target of(Request request) {
        String path = URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8)
                .substring(1);
        String host = request.header("Host");
        Matcher virtual = VIRTUAL_HOST.matcher(host == null ? "" : host);
        String bucket;
        String key;
        if (virtual.matches()) {
            bucket = virtual.group(1);
            key = path;
        } else {
            int slash = path.indexOf('/');
            bucket = slash < 0 ? path : path.substring(0, slash);
            key = slash < 0 ? "" : path.substring(slash + 1);
        }
        String operation;
        if (bucket.isEmpty()) {
            operation = request.method().equals("GET") ? "ListBuckets" : unknown(request);
        } else {
            operation = key.isEmpty() ? ofBucket(request) : ofObject(request);
        }
        return new Target(operation, bucket, key);
    }

    private static String ofBucket(Request request) {
        return switch (request.method()) {
            case "PUT" -> {
                if (request.hasQuery("versioning")) {
                    yield "PutBucketVersioning";
                }
                yield subresource(request) ? unknown(request) : "CreateBucket";
            }
            case "GET" -> bucketRead(request);
            case "HEAD" -> "HeadBucket";
            case "DELETE" -> subresource(request) ? unknown(request) : "DeleteBucket";
            case "POST" -> request.hasQuery("delete") ? "DeleteObjects" : unknown(request);
            default -> unknown(request);
        };
    }

    private static String bucketRead(Request request) {
        if (request.hasQuery("location")) {
            return "GetBucketLocation";
        } else if (request.hasQuery("versioning")) {
            return "GetBucketVersioning";
        } else if (request.hasQuery("versions")) {
            return "ListObjectVersions";
        } else if (request.hasQuery("uploads")) {
            return "ListMultipartUploads";
        } else if (request.hasQuery("list-type")) {
            return "ListObjectsV2";
        }
        return subresource(request) ? unknown(request) : "ListObjects";
    }

    private static String ofObject(Request request) {
        boolean upload = request.hasQuery("uploadId");
        boolean copy = request.header("x-amz-copy-source") != null;
        if (!upload && subresource(request) && !request.hasQuery("uploads")) {
            return unknown(request);
        }
        return switch (request.method()) {
            case "PUT" -> upload ? (copy ? "UploadPartCopy" : "UploadPart") : copy ? "CopyObject" : "PutObject";
            case "GET" -> upload ? "ListParts" : "GetObject";
            case "HEAD" -> "HeadObject";
            case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
            case "POST" ->
                upload
                        ? "CompleteMultipartUpload"
                        : request.hasQuery("uploads") ? "CreateMultipartUpload" : unknown(request);
            default -> unknown(request);
        };
    }

    /** Whether the query names a subresource, such as {@code ?tagging}, rather than parameters. */
    private static boolean subresource(Request request) {
        return request.queries().entrySet().stream()
                .anyMatch(query -> query.getValue().isEmpty()
                        && query.getKey().matches("[a-zA-Z]+")
                        && !query.getKey().matches("prefix|delimiter|marker"));
    }

    private static String unknown(Request request) {
        String query = String.join("&", request.queries().keySet());
        return "Unknown " + request.method() + (query.isEmpty() ? "" : " ?" + query);
    }

    String resource() {
        return key.isEmpty() ? bucket : bucket + "/" + key;
    }
}
