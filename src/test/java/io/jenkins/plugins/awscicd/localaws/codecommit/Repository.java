package io.jenkins.plugins.awscicd.localaws.codecommit;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A repository.
 *
 * @param description may be null
 * @param directory the bare git repository
 */
public record Repository(String name, String id, String arn, String description, Instant created, Path directory) {}
