package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Sha256;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.codedeploy.appspec.AppSpec;
import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Json;
import io.jenkins.plugins.awscicd.engine.option.Written;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/**
 * What {@code revision} may be: {@code 'workspace'}, an address or a map that says where the revision is. Fails with
 * {@link IllegalArgumentException} saying what is wanted.
 */
final class RevisionArgument {

    static final String WORKSPACE = "workspace";

    private static final String SCHEME = "s3://";
    private static final Pattern PATH = Pattern.compile("[\\w.-]+/[\\w./-]+");

    private static final List<String> S3 = List.of("bucket", "key", "type", "version", "eTag");
    private static final List<String> GIT_HUB = List.of("repository", "commit");
    private static final List<String> APP_SPEC = List.of("appSpec", "sha256");
    private static final List<String> TYPES = List.of("zip", "tar", "tgz", "YAML", "JSON");

    private RevisionArgument() {}

    /** Where the revision is; null if it is to be made of the workspace. */
    @CheckForNull
    static RevisionLocation read(@NonNull Object given) {
        if (given instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (given instanceof Deliverable made) {
            throw new IllegalArgumentException(
                    "'" + made
                            + "' did not put a single archive into S3; let it create a zip file (packaging: 'ZIP'), or name the object");
        }
        if (given instanceof Revision deployed) {
            throw new IllegalArgumentException("'" + deployed
                    + "' was given inline, and AWS does not return its content; give it again, as [appSpec: …]");
        }
        if (!(given instanceof CharSequence)) {
            throw wanted("is a " + given.getClass().getSimpleName());
        }
        String text = given.toString();
        if (text.equals(WORKSPACE)) {
            return null;
        }
        return at(text, Map.of());
    }

    /** @param address with bucket and key */
    private static RevisionLocation at(String address, Map<?, ?> more) {
        AwsNames.OBJECT.check(address);
        if (PATH.matcher(address).matches()) {
            throw new IllegalArgumentException("'" + address + "' is a path; use 's3://" + address
                    + "' if that is in S3, or 'workspace' with directory");
        }
        int slash = address.indexOf('/', SCHEME.length());
        if (!address.startsWith(SCHEME) || slash < 0 || slash == address.length() - 1) {
            throw wanted("'" + address + "' is not known");
        }
        return s3(address.substring(SCHEME.length(), slash), address.substring(slash + 1), more);
    }

    private static IllegalArgumentException wanted(String problem) {
        return new IllegalArgumentException(problem
                + "; use 'workspace', 's3://bucket/key', the result of codeBuild, [bucket: …, key: …],"
                + " [repository: 'owner/name', commit: …] or [appSpec: …]");
    }

    private static RevisionLocation ofMap(Map<?, ?> map) {
        if (map.containsKey("bucket") || map.containsKey("key")) {
            known(map, S3);
            String key = text(map, "key");
            return !map.containsKey("bucket") && key != null && key.startsWith(SCHEME)
                    ? at(key, map)
                    : s3(text(map, "bucket"), key, map);
        }
        if (map.containsKey("repository") || map.containsKey("commit")) {
            known(map, GIT_HUB);
            String repository = text(map, "repository");
            String commit = text(map, "commit");
            if (repository == null || commit == null || !repository.matches("[^/\\s]+/[^/\\s]+")) {
                throw new IllegalArgumentException(
                        "on GitHub must name both, such as [repository: 'owner/name', commit: '0a1b2c…']");
            }
            return RevisionLocation.builder()
                    .revisionType(RevisionLocationType.GIT_HUB)
                    .gitHubLocation(at -> at.repository(repository).commitId(commit))
                    .build();
        }
        if (map.containsKey("appSpec")) {
            known(map, APP_SPEC);
            return appSpec(content(map), text(map, "sha256"));
        }
        throw wanted("has " + String.join(", ", names(map)));
    }

    private static RevisionLocation s3(@CheckForNull String bucket, @CheckForNull String key, Map<?, ?> more) {
        if (bucket == null || key == null) {
            throw new IllegalArgumentException("in S3 must name both, such as [bucket: 'artifacts', key: 'web.zip']");
        }
        AwsNames.BUCKET.check(bucket);
        AwsNames.KEY.check(key);
        String type = text(more, "type");
        String bundle = type == null ? typeOf(key) : type;
        if (bundle == null || !TYPES.contains(bundle)) {
            throw new IllegalArgumentException(
                    (type == null ? "'" + key + "' does not show its type" : "the type '" + type + "' is not known")
                            + "; use [bucket: …, key: …, type: …] with one of " + String.join(", ", TYPES));
        }
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(at -> at.bucket(bucket)
                        .key(key)
                        .bundleType(BundleType.fromValue(bundle))
                        .version(text(more, "version"))
                        .eTag(text(more, "eTag")))
                .build();
    }

    @CheckForNull
    private static String typeOf(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
            return "tgz";
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "zip" -> "zip";
            case "tar" -> "tar";
            case "yml", "yaml" -> "YAML";
            case "json" -> "JSON";
            default -> null;
        };
    }

    /** The AppSpec itself; a map, as readYaml gives it, in JSON. */
    @CheckForNull
    private static String content(Map<?, ?> map) {
        Object given = map.get("appSpec");
        return given instanceof Map<?, ?> read && !read.isEmpty() ? Json.of(read) : text(map, "appSpec");
    }

    private static RevisionLocation appSpec(@CheckForNull String content, @CheckForNull String sha256) {
        if (content == null) {
            throw new IllegalArgumentException(
                    "has an empty appSpec; give its content, such as readFile('appspec.yaml')");
        }
        List<String> problems = AppSpec.ofResources(content).findings().problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("has an appSpec that " + String.join("; and ", problems));
        }
        String digest = Sha256.of(content);
        if (sha256 != null && !sha256.equalsIgnoreCase(digest)) {
            throw new IllegalArgumentException("has an appSpec whose SHA-256 is " + digest + ", not " + sha256
                    + "; leave sha256 out, or give the right one");
        }
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                .appSpecContent(it -> it.content(content).sha256(digest))
                .build();
    }

    /** What is doubtful about an AppSpec that is given as it is, a sentence each; empty for everything else. */
    static List<String> doubts(@CheckForNull Object given) {
        String content = given instanceof Map<?, ?> map ? content(map) : null;
        return content == null
                ? List.of()
                : AppSpec.ofResources(content).findings().doubts().stream()
                        .map(doubt -> "Warning: the AppSpec " + doubt)
                        .toList();
    }

    private static void known(Map<?, ?> map, List<String> names) {
        TreeSet<String> unknown = names(map);
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "has " + String.join(", ", unknown) + "; known with the rest are " + String.join(", ", names));
        }
    }

    private static TreeSet<String> names(Map<?, ?> map) {
        TreeSet<String> names = new TreeSet<>();
        map.keySet().forEach(key -> names.add(String.valueOf(key)));
        return names;
    }

    @CheckForNull
    private static String text(Map<?, ?> map, String name) {
        Object value = map.get(name);
        return value == null || value.toString().isBlank() ? null : Written.line(value.toString());
    }
}
