package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;

/**
 * Makes a start that is repeated the same start: chosen for one step alone, and kept before anything is started with it.
 *
 * @param chosen when that was
 */
public record StartToken(@NonNull String token, @NonNull Instant chosen) {}
