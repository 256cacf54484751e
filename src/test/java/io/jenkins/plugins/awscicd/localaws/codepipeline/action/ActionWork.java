package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

/** What an action does. Called with the timeline held. */
public interface ActionWork {

    /** How far it is. */
    enum State {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    /** Begins, and says of the action's run what it has begun. */
    State begin();

    /** Looks at what it has begun. */
    State look();
}
