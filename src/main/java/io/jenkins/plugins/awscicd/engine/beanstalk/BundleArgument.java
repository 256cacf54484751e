package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Written;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticbeanstalk.model.S3Location;

/**
 * What {@code bundle} may be: a file or directory of the workspace, or where it is in S3. Fails with
 * {@link IllegalArgumentException} saying what is wanted.
 */
final class BundleArgument {

    private BundleArgument() {}

    /** Where the bundle is in S3; null if it is in the workspace. */
    @CheckForNull
    static S3Location read(@NonNull Object given) {
        if (given instanceof Deliverable made) {
            throw new IllegalArgumentException(
                    "'" + made
                            + "' did not put a single archive into S3; let it create a zip file (packaging: 'ZIP'), or name the object");
        }
        if (given instanceof Map<?, ?> map) {
            if (!map.keySet().equals(Set.of("bucket", "key")) || map.get("bucket") == null || map.get("key") == null) {
                throw new IllegalArgumentException("in S3 must be [bucket: …, key: …] and nothing else");
            }
            return at(
                    Written.line(map.get("bucket").toString()),
                    Written.line(map.get("key").toString()));
        }
        if (!(given instanceof CharSequence)) {
            throw new IllegalArgumentException("is a " + given.getClass().getSimpleName()
                    + "; use a file or directory of the workspace, 's3://bucket/key' or the result of codeBuild");
        }
        String text = AwsNames.OBJECT.check(given.toString());
        if (!text.startsWith("s3://")) {
            return null;
        }
        int slash = text.indexOf('/', "s3://".length());
        if (slash < 0 || slash == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' must have the form 's3://bucket/key'");
        }
        return at(text.substring("s3://".length(), slash), text.substring(slash + 1));
    }

    private static S3Location at(String bucket, String key) {
        return S3Location.builder()
                .s3Bucket(AwsNames.BUCKET.check(bucket))
                .s3Key(AwsNames.KEY.check(key))
                .build();
    }
}
