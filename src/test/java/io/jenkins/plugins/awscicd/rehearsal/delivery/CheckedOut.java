package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.nio.file.Path;

/**
 * A Jenkinsfile's {@code scm}: there is nothing to check out, as the Jenkinsfile is read where it lies.
 *
 * @param workspace where the files are
 */
public record CheckedOut(Path workspace) {}
