package io.jenkins.plugins.awscicd.localaws.beanstalk;

/**
 * What an update makes of an environment.
 *
 * @param version {@code null} to leave it
 * @param options those that are to hold afterwards
 */
record Change(Version version, Options options, Platform platform) {}
