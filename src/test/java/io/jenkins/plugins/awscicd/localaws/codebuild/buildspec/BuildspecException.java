package io.jenkins.plugins.awscicd.localaws.codebuild.buildspec;

/** A buildspec that cannot be read. */
public final class BuildspecException extends Exception {

    BuildspecException(String message) {
        super(message);
    }
}
