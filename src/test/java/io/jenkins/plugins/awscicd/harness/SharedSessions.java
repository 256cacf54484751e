package io.jenkins.plugins.awscicd.harness;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Restarts the Jenkins that test classes share: for a test in a class {@link WithSharedJenkins} that goes on after a restart. The first
 * session is the Jenkins that is there, and the last one stays for the next test, so that each restart is one start.
 */
public final class SharedSessions implements BeforeEachCallback, AfterEachCallback {

    /** What is done in one session. */
    public interface Step {
        void run(JenkinsRule jenkins) throws Throwable;
    }

    private ExtensionContext context;
    private JenkinsOfJvm jenkins;

    @Override
    public void beforeEach(ExtensionContext of) {
        context = of;
    }

    /** A session after which Jenkins goes down, with all that shutdown means. It is down until the next one. */
    public void then(Step step) throws Throwable {
        last(step);
        jenkins.shutDown();
    }

    /** The last session of a test. */
    public void last(Step step) throws Throwable {
        if (jenkins == null) {
            jenkins = SharedJenkins.running(context);
        } else {
            jenkins.start();
        }
        step.run(jenkins.rule());
    }

    @Override
    public void afterEach(ExtensionContext of) {
        if (jenkins != null && jenkins.isDown() && of.getExecutionException().isEmpty()) {
            throw new IllegalStateException("Make the test's last session last(): the next test needs its Jenkins");
        }
    }
}
