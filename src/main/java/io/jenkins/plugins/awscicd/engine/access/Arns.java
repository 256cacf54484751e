package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a> of one account in one region.
 *
 * @param partition such as {@code aws} or {@code aws-cn}
 * @param region such as {@code eu-west-1}, or {@link #ANY}
 * @param account twelve digits, or {@link #ANY}
 */
public record Arns(
        @NonNull String partition,
        @NonNull String region,
        @NonNull String account) {

    /** What stands in a policy for a name that is not known. */
    public static final String ANY = "*";

    /**
     * @param region its id; null if it is not known, which AWS's own partition is taken for
     * @param account null if it is not known
     */
    @NonNull
    public static Arns of(@CheckForNull String region, @CheckForNull String account) {
        String partition =
                region == null ? "aws" : PartitionMetadata.of(Region.of(region)).id();
        return new Arns(partition, orAny(region), orAny(account));
    }

    /** The ARN of a resource of a service, such as {@code codebuild} and {@code project/web}. */
    @NonNull
    public String resource(@NonNull String service, @NonNull String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** A name, or what stands for any. */
    @NonNull
    public static String orAny(@CheckForNull String name) {
        return name == null ? ANY : name;
    }
}
