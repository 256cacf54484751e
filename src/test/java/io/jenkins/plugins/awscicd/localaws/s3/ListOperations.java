package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** Lists what is in a bucket, a page at a time, with prefix and delimiter. */
final class ListOperations {

    private static final int PAGE = 1000;
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * One page.
     *
     * @param last the last key or common prefix in it
     */
    private record Page(List<S3Object> objects, Set<String> prefixes, String last, boolean truncated) {}

    private final S3 s3;

    ListOperations(S3 s3) {
        this.s3 = s3;
    }

    static String iso(Instant instant) {
        return ISO.format(instant);
    }

    Response objectsV2(Target target, Request request) throws AwsError {
        Bucket bucket = BucketOperations.bucket(s3, target);
        String token = request.query("continuation-token");
        String after = token != null ? token : request.queries().getOrDefault("start-after", "");
        Page page = page(bucket.current(), request, after, "");
        return Response.xml(Xml.document("ListBucketResult", S3Api.NAMESPACE, xml -> {
            head(xml, target, request);
            xml.text("KeyCount", page.objects().size() + page.prefixes().size())
                    .text("IsTruncated", page.truncated())
                    .text("StartAfter", encoded(request, request.query("start-after")))
                    .text("ContinuationToken", token)
                    .text("NextContinuationToken", page.truncated() ? page.last() : null);
            contents(xml, page, request);
        }));
    }

    Response objects(Target target, Request request) throws AwsError {
        Bucket bucket = BucketOperations.bucket(s3, target);
        String marker = request.queries().getOrDefault("marker", "");
        Page page = page(bucket.current(), request, marker, "");
        return Response.xml(Xml.document("ListBucketResult", S3Api.NAMESPACE, xml -> {
            head(xml, target, request);
            xml.text("Marker", encoded(request, marker))
                    .text("IsTruncated", page.truncated())
                    .text(
                            "NextMarker",
                            page.truncated() && request.hasQuery("delimiter") ? encoded(request, page.last()) : null);
            contents(xml, page, request);
        }));
    }

    Response versions(Target target, Request request) throws AwsError {
        Bucket bucket = BucketOperations.bucket(s3, target);
        String keyMarker = request.queries().getOrDefault("key-marker", "");
        String versionMarker = request.queries().getOrDefault("version-id-marker", "");
        Page page = page(bucket.all(), request, keyMarker, versionMarker);
        S3Object last = page.objects().isEmpty()
                ? null
                : page.objects().get(page.objects().size() - 1);
        return Response.xml(Xml.document("ListVersionsResult", S3Api.NAMESPACE, xml -> {
            head(xml, target, request);
            xml.text("KeyMarker", encoded(request, keyMarker))
                    .text("VersionIdMarker", versionMarker)
                    .text("IsTruncated", page.truncated());
            if (page.truncated()) {
                xml.text("NextKeyMarker", encoded(request, page.last()))
                        .text(
                                "NextVersionIdMarker",
                                last != null && last.key().equals(page.last()) ? last.versionId() : null);
            }
            for (S3Object object : page.objects()) {
                boolean latest =
                        bucket.newest(object.key()).filter(object::equals).isPresent();
                xml.element(object.deleteMarker() ? "DeleteMarker" : "Version", one -> {
                    one.text("Key", encoded(request, object.key()))
                            .text("VersionId", object.versionId())
                            .text("IsLatest", latest);
                    details(one, object);
                    one.element("Owner", owner -> owner.text("ID", "local"));
                });
            }
            prefixes(xml, page, request);
        }));
    }

    private static void head(Xml xml, Target target, Request request) throws XMLStreamException {
        xml.text("Name", target.bucket())
                .text("Prefix", encoded(request, request.queries().getOrDefault("prefix", "")))
                .text("Delimiter", encoded(request, request.query("delimiter")))
                .text("MaxKeys", request.queries().getOrDefault("max-keys", Integer.toString(PAGE)))
                .text("EncodingType", request.query("encoding-type"));
    }

    private static void contents(Xml xml, Page page, Request request) throws XMLStreamException {
        for (S3Object object : page.objects()) {
            xml.element("Contents", one -> details(one.text("Key", encoded(request, object.key())), object));
        }
        prefixes(xml, page, request);
    }

    private static void prefixes(Xml xml, Page page, Request request) throws XMLStreamException {
        for (String prefix : page.prefixes()) {
            xml.element("CommonPrefixes", one -> one.text("Prefix", encoded(request, prefix)));
        }
    }

    private static void details(Xml xml, S3Object object) throws XMLStreamException {
        xml.text("LastModified", iso(object.lastModified()));
        if (!object.deleteMarker()) {
            xml.text("ETag", "\"" + object.etag() + "\"")
                    .text("Size", object.size())
                    .text("StorageClass", object.headers().getOrDefault("x-amz-storage-class", "STANDARD"));
        }
    }

    /**
     * @param after the key (or common prefix) after which the page begins
     * @param afterVersion the version of that key after which it begins; empty for after all of them
     */
    private static Page page(List<S3Object> all, Request request, String after, String afterVersion) throws AwsError {
        String prefix = request.queries().getOrDefault("prefix", "");
        String delimiter = request.queries().getOrDefault("delimiter", "");
        int most = maxKeys(request);
        Page page = new Page(new ArrayList<>(), new LinkedHashSet<>(), "", false);
        String last = "";
        boolean versionSeen = afterVersion.isEmpty();
        for (S3Object object : all) {
            String key = object.key();
            if (!versionSeen && key.equals(after)) {
                versionSeen = object.versionId().equals(afterVersion);
                continue;
            }
            boolean sameKey = !afterVersion.isEmpty() && key.equals(after);
            int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String common = key.startsWith(prefix) && cut >= 0 ? key.substring(0, cut + delimiter.length()) : null;
            String position = common == null ? key : common;
            if (!key.startsWith(prefix)
                    || (position.compareTo(after) <= 0 && !sameKey)
                    || page.prefixes().contains(position)) {
                continue;
            }
            if (page.objects().size() + page.prefixes().size() >= most) {
                return new Page(page.objects(), page.prefixes(), last, most > 0);
            }
            last = position;
            if (common == null) {
                page.objects().add(object);
            } else {
                page.prefixes().add(common);
            }
        }
        return page;
    }

    private static int maxKeys(Request request) throws AwsError {
        try {
            return Math.min(PAGE, Integer.parseUnsignedInt(request.queries().getOrDefault("max-keys", "1000")));
        } catch (NumberFormatException e) {
            throw AwsError.badRequest("InvalidArgument", "Provided max-keys not an integer or within integer range");
        }
    }

    private static String encoded(Request request, String text) {
        if (text == null || !"url".equals(request.query("encoding-type"))) {
            return text;
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("*", "%2A");
    }
}
