package io.jenkins.plugins.awscicd.bench;

import io.jenkins.plugins.awscicd.bench.naive.NaiveBuildStep;
import java.util.concurrent.TimeUnit;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller: a process of its own, so that what it uses is its own. */
final class Controller {

    private final RealJenkinsExtension jenkins;

    Controller(RealJenkinsExtension jenkins) {
        this.jenkins = jenkins;
    }

    /** A Jenkins that is not running yet. */
    static RealJenkinsExtension newJenkins() {
        return new RealJenkinsExtension()
                .javaOptions("-Xmx2g", "-Daws.accessKeyId=AKIDEXAMPLE", "-Daws.secretAccessKey=example")
                .withDebugServer(false)
                .withTimeout(0)
                .addSyntheticPlugin(new RealJenkinsExtension.SyntheticPlugin(NaiveBuildStep.class)
                        .shortName("naive")
                        .header(
                                "Plugin-Dependencies",
                                "workflow-step-api:0,aws-java-sdk2-core:0,aws-java-sdk2-codebuild:0"));
    }

    void up(String endpoint) throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(InController::configure, endpoint);
    }

    String about() throws Throwable {
        return jenkins.runRemotely(InController::about);
    }

    Reading read() throws Throwable {
        return jenkins.runRemotely(InController::read);
    }

    /** Has it receive the messages of a queue. */
    void listen(String arn) throws Throwable {
        jenkins.runRemotely(InController::listen, arn);
    }

    void listenNoMore() throws Throwable {
        jenkins.runRemotely(InController::listenNoMore);
    }

    void start(String name, String script) throws Throwable {
        jenkins.runRemotely(InController::start, name, script);
    }

    void awaitSteps(String name, String function, int count) throws Throwable {
        if (!jenkins.runRemotely(InController::awaitSteps, name, function, count)) {
            throw new IllegalStateException("Never in " + count + " " + function + " at once:\n"
                    + await(name).log());
        }
    }

    RunEnd await(String name) throws Throwable {
        return jenkins.runRemotely(InController::await, name);
    }

    /** Waits for the end of a run that is to succeed. */
    RunEnd awaitSuccess(String name) throws Throwable {
        RunEnd end = await(name);
        if (!end.result().equals("SUCCESS")) {
            throw new IllegalStateException(name + " ended with status " + end.result() + ":\n" + end.log());
        }
        return end;
    }

    void abort(String name) throws Throwable {
        jenkins.runRemotely(InController::abort, name);
    }

    void delete(String name) throws Throwable {
        jenkins.runRemotely(InController::delete, name);
    }

    /** Asks for a safe end; says whether it has come in the time given. */
    boolean goDownSafely(int seconds) throws Throwable {
        jenkins.runRemotely(InController::goDownSafely);
        return jenkins.getProcess().waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Starts it again in its home. */
    void upAgain() throws Exception {
        jenkins.stopJenkinsForcibly(); // by now only forgets the process that has ended
        jenkins.startJenkins();
    }
}
