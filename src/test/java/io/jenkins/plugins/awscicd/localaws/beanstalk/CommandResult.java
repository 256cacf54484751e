package io.jenkins.plugins.awscicd.localaws.beanstalk;

/**
 * What has come of deploying to an instance.
 *
 * @param returnCode 0 for success
 * @param output what the instance tells of a failure
 */
record CommandResult(int returnCode, String output) {

    static final CommandResult SUCCESS = new CommandResult(0, "");

    static CommandResult failed(String output) {
        return new CommandResult(1, output);
    }

    boolean success() {
        return returnCode == 0;
    }
}
