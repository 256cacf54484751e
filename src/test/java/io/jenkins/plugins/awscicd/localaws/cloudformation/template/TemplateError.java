package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

/**
 * A template, or what it is to be made with, is not as CloudFormation wants it: a ValidationError at the call, or the reason why a
 * resource fails.
 *
 * <p>It has no stack trace, as {@link io.jenkins.plugins.awscicd.localaws.wire.AwsError} has none.
 */
public final class TemplateError extends Exception {

    public TemplateError(String message) {
        super(message, null, false, false);
    }
}
