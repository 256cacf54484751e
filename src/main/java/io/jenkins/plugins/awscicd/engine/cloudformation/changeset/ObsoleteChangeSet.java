package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

/** Something else was done to the stack since the change set was made, so that AWS does not execute it any more. */
public final class ObsoleteChangeSet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ObsoleteChangeSet() {
        super(
                "The change set is obsolete, because the stack has changed since it was created; create another one and have it approved");
    }
}
