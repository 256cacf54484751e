package io.jenkins.plugins.awscicd.localaws;

/**
 * An account in a region: what resources other than S3's belong to, and what is named in their ARNs.
 *
 * @param account 12 digits
 */
public record Place(String account, String region) {

    /** The partition of the region, as in ARNs. */
    public String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** An ARN of this place. */
    public String arn(String service, String resource) {
        return "arn:" + partition() + ":" + service + ":" + region + ":" + account + ":" + resource;
    }
}
