package io.jenkins.plugins.awscicd.localaws.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The credential scope of a Signature Version 4: access key id, region and signing name ("Signing AWS API requests" in the IAM user
 * guide).
 */
public record Scope(String accessKeyId, String region, String service) {

    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^,\\s]+)");

    /** From the Authorization header, or from the query of a presigned URL. */
    public static Optional<Scope> of(Request request) {
        String authorization = request.header("Authorization");
        if (authorization != null) {
            Matcher matcher = CREDENTIAL.matcher(authorization);
            return matcher.find() ? parse(matcher.group(1)) : Optional.empty();
        }
        if (request.hasQuery("AWSAccessKeyId")) {
            // Version 2, with which the AWS CLI still presigns for endpoints that it does not know. It names no region.
            return Optional.of(new Scope(request.query("AWSAccessKeyId"), "us-east-1", "s3"));
        }
        String credential = request.query("X-Amz-Credential");
        return credential == null ? Optional.empty() : parse(credential);
    }

    private static Optional<Scope> parse(String credential) {
        String[] parts = credential.split("/");
        return parts.length == 5 ? Optional.of(new Scope(parts[0], parts[2], parts[3])) : Optional.empty();
    }
}
