package io.jenkins.plugins.awscicd.engine.log;

import edu.umd.cs.findbugs.annotations.NonNull;

/** A log stream of CloudWatch Logs. */
public record LogLocation(@NonNull String group, @NonNull String stream) {

    @Override
    public String toString() {
        return group + " / " + stream;
    }
}
