package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.time.Instant;

/**
 * A saved configuration.
 *
 * @param description may be {@code null}
 */
record Template(String name, String description, Platform platform, Options options, Instant created) {}
