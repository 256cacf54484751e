package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.util.function.Consumer;

/** What is done at the instances of one environment. */
interface InstanceWork {

    /**
     * What an instance is to do.
     *
     * @param batch from 1
     */
    record Command(Instance instance, Version version, int batch) {}

    /** Called before the first command of a deployment. */
    void beginDeployment(Version version);

    /**
     * Begins to deploy to an instance, and returns at once.
     *
     * @param over told, on the timeline and never before this method has returned, how it went
     */
    void deploy(Command command, Consumer<CommandResult> over);

    /** Breaks off whatever is under way. What was begun need not be told any more. */
    void breakOff();

    /** Has the application of every instance begin anew. */
    void restart();

    /** What an instance is like with this version when nothing is done to the environment. */
    Health health(Instance instance, String versionLabel);

    /** Where the instance answers; {@code null} if it does not. */
    String address(Instance instance);

    /** The end of the instance's log files. */
    String log(Instance instance);

    /** The instance is no more. */
    void terminate(Instance instance);

    /** Ends whatever runs, once it has been broken off. */
    void close();
}
