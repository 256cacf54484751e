package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import io.jenkins.plugins.awscicd.engine.codedeploy.TargetReader;
import io.jenkins.plugins.awscicd.engine.codedeploy.WaitType;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.JobStarter;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIsNotInReadyStateException;

/**
 * Goes on with a deployment that waits for it
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ContinueDeployment.html">ContinueDeployment</a>). One
 * that is not in the wait that is meant is left as it is: to end the other one takes the original's way back.
 */
final class Continuation implements JobStarter {

    private static final String ACTION = "codedeploy:ContinueDeployment";

    private final AwsSession session;
    private final String id;
    private final WaitType meant;
    private final JobConsole console;
    private final Gate gate;
    /** Whether a call was not answered: then it is looked for, also for one who does not want it any more. */
    private volatile boolean uncertain;

    /**
     * @param meant the wait that is to end
     * @param console told if the deployment is not in it
     * @param gate asked before the deployment goes on
     */
    Continuation(AwsSession session, String id, WaitType meant, JobConsole console, Gate gate) {
        this.session = session;
        this.id = id;
        this.meant = meant;
        this.console = console;
        this.gate = gate;
    }

    @Override
    @NonNull
    public CompletableFuture<String> start(@NonNull BooleanSupplier wanted) {
        return explained(
                session.callWhile(
                        () -> wanted.getAsBoolean() || uncertain,
                        ACTION,
                        AwsSession.PATIENCE,
                        RetryListener.NONE,
                        () -> goOn(wanted)),
                ACTION,
                session,
                id);
    }

    static CompletableFuture<String> explained(
            CompletableFuture<String> call, String action, AwsSession session, String id) {
        return call.exceptionallyCompose(failure -> {
            Throwable cause = AwsCallException.unwrap(failure);
            return CompletableFuture.failedFuture(
                    cause instanceof CancellationException || cause instanceof Refused
                            ? cause
                            : AwsCallException.of(
                                    action + " (or codedeploy:GetDeployment)",
                                    "deployment " + id + " in " + session.region(),
                                    cause));
        });
    }

    static void pass(AwsSession session, Gate gate, DeploymentInfo info) {
        gate.pass(
                new Gate.Where(info.applicationName(), info.deploymentGroupName(), null),
                new RevisionContent(session, info.revision()).deployed());
    }

    private String goOn(BooleanSupplier wanted) {
        if (!uncertain) {
            check(wanted);
        }
        CodeDeployClient client = CodeDeployService.client(session);
        DeploymentInfo info = client.getDeployment(get -> get.deploymentId(id)).deploymentInfo();
        WaitType now = waitOf(info);
        if (now != meant) {
            console.line(id + " is no longer in its " + meant + " and is only watched"
                    + (now == null ? "" : "; its " + now + " ends with waitType: '" + now + "'"));
            return id;
        }
        check(wanted);
        try {
            pass(session, gate, info);
        } catch (Refused e) {
            console.line(id + " is left in its " + meant + " and can be continued until that ends");
            throw e;
        }
        check(wanted); // those who were asked have taken their time
        try {
            client.continueDeployment(it -> it.deploymentId(id).deploymentWaitType(meant.toString()));
        } catch (DeploymentIsNotInReadyStateException | DeploymentAlreadyCompletedException e) {
            // It has gone on since we looked, such as by a call of ours whose answer was lost: what becomes of it
            // is told.
        } catch (SdkException e) {
            uncertain |= AwsFault.of(e) == AwsFault.TRANSIENT;
            throw e;
        }
        return id;
    }

    private void check(BooleanSupplier wanted) {
        check(wanted, id + " was continued");
    }

    /** @param what is not to be done any more, once it is not wanted */
    static void check(BooleanSupplier wanted, String what) {
        if (!wanted.getAsBoolean()) {
            throw new CancellationException("Aborted before " + what);
        }
    }

    @CheckForNull
    private WaitType waitOf(DeploymentInfo info) {
        DeploymentSnapshot now = DeploymentSnapshot.of(info, false);
        WaitType said = now.waitType();
        if (said != null || !now.mayWaitUnsaid()) {
            return said;
        }
        List<Target> targets = TargetReader.all(CodeDeployService.client(session), id);
        return !targets.isEmpty() && targets.stream().allMatch(Target::shifted) ? WaitType.TERMINATION_WAIT : null;
    }
}
