package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The headers that an object is stored with and that come back with it. */
final class ObjectHeaders {

    private static final List<String> STORED = List.of(
            "Cache-Control",
            "Content-Disposition",
            "Content-Language",
            "Expires",
            "x-amz-storage-class",
            "x-amz-website-redirect-location");
    private static final List<String> ENCRYPTION = List.of(
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-bucket-key-enabled",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-server-side-encryption-customer-key-MD5");

    private ObjectHeaders() {}

    static Map<String, String> of(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        String type = request.header("Content-Type");
        headers.put("Content-Type", type == null ? "binary/octet-stream" : type);
        String encoding = request.header("Content-Encoding");
        if (encoding != null) {
            String own =
                    encoding.replaceAll("(^|,\\s*)aws-chunked(?=\\s*,|$)", "").replaceAll("^\\s*,\\s*", "");
            if (!own.isBlank()) {
                headers.put("Content-Encoding", own);
            }
        }
        copy(request, STORED, headers);
        request.headers().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-amz-meta-")) {
                headers.put(lower, String.join(",", values));
            }
        });
        copy(request, ENCRYPTION, headers);
        // S3 encrypts whatever nobody has asked to have encrypted otherwise.
        if (!headers.containsKey("x-amz-server-side-encryption-customer-algorithm")) {
            headers.putIfAbsent("x-amz-server-side-encryption", "AES256");
        }
        return headers;
    }

    private static void copy(Request request, List<String> names, Map<String, String> headers) {
        for (String name : names) {
            String value = request.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
    }

    /** The KMS key that encrypts an object; {@code null} if none does. */
    static String kmsKey(Map<String, String> headers) {
        return headers.getOrDefault("x-amz-server-side-encryption", "").startsWith("aws:kms")
                ? headers.getOrDefault("x-amz-server-side-encryption-aws-kms-key-id", "alias/aws/s3")
                : null;
    }

    /** An ETag, which is no MD5 of the object where a KMS key encrypts it (API reference, Object: ETag). */
    static String etag(Map<String, String> headers, Blob blob) {
        return kmsKey(headers) == null
                ? blob.etag()
                : new StringBuilder(blob.etag()).reverse().toString();
    }

    /** The part of the headers that says how the object is encrypted. */
    static Map<String, String> encryption(Map<String, String> headers) {
        Map<String, String> encryption = new LinkedHashMap<>(headers);
        encryption.keySet().retainAll(ENCRYPTION);
        return encryption;
    }
}
