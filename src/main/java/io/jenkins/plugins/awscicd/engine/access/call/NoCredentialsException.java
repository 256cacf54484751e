package io.jenkins.plugins.awscicd.engine.access.call;

import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * No credentials could be loaded to sign a call with, so that it was not made. What gives them out, such as a machine's metadata
 * service, may answer the next time. A type of its own, as the SDK says so in many words and types.
 */
public final class NoCredentialsException extends SdkClientException {

    private static final long serialVersionUID = 1L;

    public NoCredentialsException(RuntimeException why) {
        super(SdkClientException.builder().message(AwsCallException.said(why)).cause(why));
    }
}
