package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

/** Something else was done to the stack since the change set was made, so that AWS does not execute it any more. */
final class ObsoleteChangeSet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ObsoleteChangeSet() {
        super(
                "The change set is obsolete, as the stack was changed since it was made; make another one, and have it approved");
    }
}
