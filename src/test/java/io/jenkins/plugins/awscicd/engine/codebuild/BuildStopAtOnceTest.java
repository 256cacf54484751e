package io.jenkins.plugins.awscicd.engine.codebuild;

import io.jenkins.plugins.awscicd.localaws.codebuild.Dialect;
import org.junit.jupiter.api.BeforeEach;

/** The same where StopBuild answers with a build that is over, and never shows FINALIZING. */
class BuildStopAtOnceTest extends BuildStopTest {

    @BeforeEach
    void speak() {
        bench.aws().codeBuild().dialect(Dialect.STOPPED_AT_ONCE);
    }
}
