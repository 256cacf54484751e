package io.jenkins.plugins.awscicd.engine.codebuild;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.JobRun;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import java.util.Map;

/** A step's part in a build. */
final class BuildRun extends JobRun<BuildSnapshot> {

    private LogMode logMode = LogMode.STREAM;

    BuildRun(Bench bench, AwsSession session) {
        super(bench, session);
    }

    BuildRun(Bench bench) {
        this(bench, bench.session());
    }

    /** Goes on from what another run has kept. */
    BuildRun after(BuildRun crashed) {
        goOnAfter(crashed);
        return this;
    }

    BuildRun log(LogMode mode) {
        logMode = mode;
        return this;
    }

    BuildRun start(String project) {
        return start(new BuildRequest(Map.of("project", project)));
    }

    BuildRun start(BuildRequest request) {
        start(newJob(), bench.codeBuild().starter(session, request, token(), chosen(), again(), console()));
        return this;
    }

    BuildRun resume(String id) {
        resume(newJob(), id);
        return this;
    }

    private RemoteJob<BuildSnapshot> newJob() {
        return bench.codeBuild().job(session, console(), disk(), logMode, this);
    }
}
