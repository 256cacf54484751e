package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import java.util.List;

/**
 * What a change set does.
 *
 * @param changes for people: values that may be secrets are hidden
 * @param touched what of it may be somebody's
 */
public record ChangeSetContent(
        @NonNull List<ResourceChange> changes, @NonNull List<Touched> touched) {

    public ChangeSetContent {
        changes = List.copyOf(changes);
        touched = List.copyOf(touched);
    }
}
