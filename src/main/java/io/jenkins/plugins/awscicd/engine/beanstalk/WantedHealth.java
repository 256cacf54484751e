package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.List;

/**
 * The health that an environment is to have after an update.
 *
 * @param colours those that will do; empty if any will
 * @param hold for how long it has to have one of them
 * @param patience how long it may take to get there
 */
public record WantedHealth(
        @NonNull List<String> colours,
        @NonNull Duration hold,
        @NonNull Duration patience) {}
