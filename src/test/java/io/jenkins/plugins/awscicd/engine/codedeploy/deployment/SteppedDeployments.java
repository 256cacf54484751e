package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** Deployments on local AWS and stepped time: application {@code web}, group {@code dev}. */
public abstract class SteppedDeployments {

    public static final Duration LONG = Duration.ofMinutes(30);

    @AutoClose
    public final Bench bench = Bench.stepped();

    private final long start = bench.now().toEpochMilli();

    @BeforeEach
    protected final void bucket() {
        bench.aws().s3().createBucket("artifacts", false);
        for (String revision : List.of("1.zip", "2.zip", "3.zip")) {
            bench.aws().s3().put("artifacts", revision, revision.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    protected final GroupSpec group(UnaryOperator<GroupSpec> details) {
        GroupSpec spec = details.apply(GroupSpec.simulated("web", "dev"));
        bench.aws().codeDeploy().group(spec);
        return spec;
    }

    /** Not started yet. */
    protected final DeploymentRun deploy(String revision) {
        return deploy(bench.session(), revision);
    }

    /** Of that run of a job: the lower the number, the older it is. */
    protected final DeploymentRun numbered(int number) {
        return deploy("1.zip").turn("web #" + number, start + number);
    }

    /** With other credentials than Alice's. */
    protected final DeploymentRun deploy(AwsSession session, String revision) {
        return new DeploymentRun(bench, session)
                .with("application", "web")
                .with("deploymentGroup", "dev")
                .with("revision", "s3://artifacts/" + revision);
    }

    /** A revision that runs already. */
    protected final void deployed(String revision) {
        DeploymentRun run = deploy(revision).start();
        untilOver(run);
        assertEquals("Succeeded", run.last().status());
    }

    protected final void untilOver(DeploymentRun run) {
        bench.advanceUntil(run::isOver, LONG);
        assertEquals(1, run.ends());
    }

    /** In AWS, newest first. */
    protected final List<Deployment> deployments() {
        return bench.aws().codeDeploy().deployments();
    }

    protected final long calls(String operation) {
        return bench.aws().calls().count("CodeDeploy." + operation);
    }
}
