package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.time.Instant;

/**
 * Logs of an instance that can be fetched.
 *
 * @param type tail, bundle or analyze
 * @param url where they are, for a time
 */
record EnvironmentInfo(String type, String instanceId, Instant sampled, String url) {}
