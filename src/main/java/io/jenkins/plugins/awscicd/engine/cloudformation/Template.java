package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Json;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Where a template is. One of these is not null, or {@code previous} is true.
 *
 * @param file in the workspace
 * @param body the template itself
 * @param bucket where the object is, in S3
 * @param key the object's
 * @param version the object's; null for what is there now
 * @param url an address in S3 as AWS takes it
 * @param previous that of the stack, as it is
 */
public record Template(
        @CheckForNull String file,
        @CheckForNull String body,
        @CheckForNull String bucket,
        @CheckForNull String key,
        @CheckForNull String version,
        @CheckForNull String url,
        boolean previous) {

    /** What AWS takes in the call itself, in bytes. */
    public static final int LONGEST_BODY = 51_200;

    /** What AWS takes at all, in bytes. */
    public static final long LARGEST = 1L << 20;

    private static final String SCHEME = "s3://";
    private static final Pattern URL = Pattern.compile("https://[^/?#]+\\.amazonaws\\.com(\\.cn)?/.+");
    /** What a template begins with, written down where the name of a file is wanted. */
    private static final Pattern CONTENT =
            Pattern.compile("(?s)\\s*(\\{|---|AWSTemplateFormatVersion\\b).*|(?s).*\\n.*");

    private static final String WANTED = "use a file in the workspace, such as 'infra/fleet.yaml', 's3://bucket/key',"
            + " 'previous', or [body: …] with the template itself";

    /** Reads what was given; fails with {@link IllegalArgumentException} saying what is wanted. */
    @NonNull
    static Template of(@NonNull Object given) {
        if (given instanceof Deliverable) {
            throw new IllegalArgumentException("is the result of another step, which is an archive; " + WANTED);
        }
        if (given instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (!(given instanceof CharSequence)) {
            throw new IllegalArgumentException("is a " + given.getClass().getSimpleName() + "; " + WANTED);
        }
        String text = given.toString().strip();
        if (text.equals("previous")) {
            return new Template(null, null, null, null, null, null, true);
        }
        AwsNames.OBJECT.check(URL.matcher(text).matches() ? "s3://address/" : text);
        if (text.startsWith(SCHEME)) {
            int slash = text.indexOf('/', SCHEME.length());
            if (slash < 0 || slash == text.length() - 1) {
                throw new IllegalArgumentException("'" + text + "' names no object; use 's3://bucket/key'");
            }
            return object(text.substring(SCHEME.length(), slash), text.substring(slash + 1), null);
        }
        if (text.startsWith("https://") || text.startsWith("http://")) {
            if (!URL.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        "is an address outside of S3, which CloudFormation does not accept; " + WANTED);
            }
            return new Template(null, null, null, null, null, text, false);
        }
        if (CONTENT.matcher(text).matches()) {
            throw new IllegalArgumentException("is the template itself; use [body: …], or name its file");
        }
        return new Template(text, null, null, null, null, null, false);
    }

    private static Template ofMap(Map<?, ?> map) {
        Object body = map.get("body");
        if (map.size() == 1 && body != null) {
            String text = body instanceof Map<?, ?> read ? Json.of(read) : body.toString();
            if (text.isBlank()) {
                throw new IllegalArgumentException("has an empty body");
            }
            return new Template(null, text, null, null, null, null, false);
        }
        Object bucket = map.get("bucket");
        Object key = map.get("key");
        Object version = map.get("version");
        int known = (bucket == null ? 0 : 1) + (key == null ? 0 : 1) + (map.containsKey("version") ? 1 : 0);
        if (bucket == null || key == null || known != map.size()) {
            throw new IllegalArgumentException("has " + map.keySet() + "; " + WANTED + ", or [bucket: …, key: …]");
        }
        return object(bucket.toString(), key.toString(), version == null ? null : version.toString());
    }

    /** One in S3. */
    @NonNull
    public static Template object(@NonNull String bucket, @NonNull String key, @CheckForNull String version) {
        AwsNames.BUCKET.check(bucket);
        AwsNames.KEY.check(key);
        return new Template(null, null, bucket, key, version, null, false);
    }

    /** The template itself. */
    @NonNull
    public static Template body(@NonNull String text) {
        return new Template(null, text, null, null, null, null, false);
    }

    /** Its address as AWS takes it; null if it is not in S3. */
    @CheckForNull
    public String url(@NonNull Region region) {
        if (bucket == null || key == null) {
            return url;
        }
        String host = "s3." + region.id() + "." + PartitionMetadata.of(region).dnsSuffix();
        String path = key.startsWith("/") ? key : "/" + key;
        // A dot in a bucket's name is more than the certificate of its own host covers.
        String address = bucket.contains(".") ? host + "/" + bucket + path : bucket + "." + host + path;
        return "https://" + encoded(address) + (version == null ? "" : "?versionId=" + version);
    }

    private static String encoded(String address) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : address.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~/".indexOf(c) >= 0;
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }

    /** What people know it by. */
    @Override
    public String toString() {
        return previous
                ? "the stack's own template"
                : file != null
                        ? "template " + file
                        : bucket != null
                                ? "template s3://" + bucket + "/" + key
                                : url != null ? "template " + url : "the template";
    }
}
