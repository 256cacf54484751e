package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** What one job has made and another can deploy as it is. */
public interface Deliverable {

    /** The archive; null if there is none, or not a single one. */
    @CheckForNull
    S3Object deliverable();
}
