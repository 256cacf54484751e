package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.codedeploy.model.GitHubLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.S3Location;

/**
 * What is deployed
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_RevisionLocation.html">RevisionLocation</a>).
 */
public final class Revision implements JobResult, Serializable {

    private static final long serialVersionUID = 1L;

    private static final String APP_SPEC = "appSpec";
    private static final String SIGN = " @ ";

    private final String type;
    private final String location;
    private final String version;
    private final LinkedHashMap<String, String> argument = new LinkedHashMap<>();

    private Revision(String type, String location, @CheckForNull String version) {
        this.type = type;
        this.location = location;
        this.version = version;
    }

    private Revision with(String name, @CheckForNull String value) {
        if (value != null) {
            argument.put(name, value);
        }
        return this;
    }

    /** Null if AWS names none, as for a deployment that restarts an application. */
    @CheckForNull
    public static Revision of(@CheckForNull RevisionLocation at) {
        if (at == null) {
            return null;
        }
        S3Location s3 = at.s3Location();
        if (s3 != null) {
            String version = s3.version() != null ? s3.version() : s3.eTag();
            return new Revision("S3", "s3://" + s3.bucket() + "/" + s3.key(), version)
                    .with("bucket", s3.bucket())
                    .with("key", s3.key())
                    .with("type", s3.bundleTypeAsString())
                    .with("version", s3.version())
                    .with("eTag", s3.eTag());
        }
        GitHubLocation gitHub = at.gitHubLocation();
        if (gitHub != null) {
            return new Revision("GitHub", gitHub.repository(), gitHub.commitId())
                    .with("repository", gitHub.repository())
                    .with("commit", gitHub.commitId());
        }
        if (at.appSpecContent() != null) {
            return new Revision(
                            "AppSpecContent",
                            "inline AppSpec",
                            at.appSpecContent().sha256())
                    .with(APP_SPEC, at.appSpecContent().content());
        }
        return at.string() == null
                ? null
                : new Revision("String", "inline AppSpec", at.string().sha256())
                        .with(APP_SPEC, at.string().content());
    }

    /** With which it is deployed again, to another group; empty if AWS does not say enough. */
    @NonNull
    public Map<String, String> argument() {
        return Map.copyOf(argument);
    }

    /** {@code S3}, {@code GitHub}, {@code AppSpecContent} or {@code String}. */
    @NonNull
    public String getType() {
        return type;
    }

    /** Such as {@code s3://bucket/key} or {@code owner/repository}. */
    @NonNull
    public String getLocation() {
        return location;
    }

    /** A version of the object or its ETag, a commit, an AppSpec's digest; null if none is named. */
    @CheckForNull
    public String getVersion() {
        return version;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Revision that
                && type.equals(that.type)
                && location.equals(that.location)
                && Objects.equals(version, that.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, location, version);
    }

    /** In one line, such as {@code owner/repository @ 0a1b2c3d}. */
    @Override
    public String toString() {
        // A key with the sign in it is not to look as the version of another one.
        String plain = location.contains(SIGN) ? '"' + location + '"' : location;
        return version == null ? plain : plain + SIGN + version;
    }
}
