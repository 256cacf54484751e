package io.jenkins.plugins.awscicd.localaws.wire;

import io.jenkins.plugins.awscicd.localaws.Place;

/**
 * Who signed a request, and for where. The signature itself is not checked.
 *
 * @param accessKeyId {@code null} when the request was not signed
 * @param arn who that is to IAM
 * @param place the account of the key and the region of the credential scope
 * @param service the signing name of the credential scope, such as {@code codebuild}
 */
public record Caller(String accessKeyId, String arn, Place place, String service) {

    /** What CodeBuild calls the initiator: the user's name, or role and session name. */
    public String name() {
        return arn.substring(arn.indexOf('/') + 1);
    }
}
