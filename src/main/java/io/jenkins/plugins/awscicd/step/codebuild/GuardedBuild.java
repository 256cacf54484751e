package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.ProjectContent;
import io.jenkins.plugins.awscicd.step.job.StageGate;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** A build, or a batch of builds, as a stage's guards see it: without the values of its variables. */
record GuardedBuild(
        @NonNull String project,
        @CheckForNull String content,
        @NonNull TreeMap<String, String> live) implements Serializable {

    @NonNull
    static GuardedBuild of(@NonNull BuildRequest whole) {
        return new GuardedBuild(whole.project(), whole.content(), new TreeMap<>(whole.live(OptionDigest::of)));
    }

    /** Fails unless it may be begun, with these roles, which are null if they were not given. May block. */
    void admit(@NonNull StageGate gate, @NonNull List<String> roles) {
        gate.admitRoles(List.of(), roles);
        gate.admitBuild(project, content, live, () -> named(gate.session()));
    }

    private Map<String, String> named(AwsSession session) {
        try {
            return ProjectContent.of(session, project).read(session, OptionDigest::of);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Aborted while the project was read");
        }
    }

    /** The same right before a call, on one of the engine's threads, which asks again if AWS does not answer. */
    void admitCall(@NonNull StageGate gate) {
        gate.admitBuild(
                project,
                content,
                live,
                () -> ProjectContent.of(gate.session(), project).read(OptionDigest::of));
    }
}
