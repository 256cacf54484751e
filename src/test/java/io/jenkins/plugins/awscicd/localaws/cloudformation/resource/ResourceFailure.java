package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

/** A service has refused to make, change or delete a resource. The message is the reason that the event gives. */
public final class ResourceFailure extends Exception {

    public ResourceFailure(String message) {
        super(message, null, false, false);
    }
}
