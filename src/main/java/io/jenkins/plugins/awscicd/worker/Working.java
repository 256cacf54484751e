package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.engine.access.AccountRegion;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionType;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobWorker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A worker, and who does its work, with the access that both have. */
final class Working {

    private final String key;
    private final AwsAccess access;
    private final JenkinsWorkHost host;
    private final JobWorker worker;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean ready;

    private Working(String key, CodePipelineActionType type, AwsAccess access) {
        AwsConnections connections = AwsConnections.get();
        this.key = key;
        this.access = access;
        host = new JenkinsWorkHost(
                key, type, CodePipelineActions.get().controller(), new ClaimFiles(key, access, this::knownAccount));
        worker = new JobWorker(
                host.source(),
                () -> connections.open(access, null, "jenkins-codepipeline-worker"),
                connections.engine().scheduler(),
                host);
        host.works(worker);
    }

    /** @param then when it takes up what is kept */
    @NonNull
    static Working start(@NonNull CodePipelineActionType type, @NonNull CompletableFuture<Void> then) {
        Working working = new Working(type.key(), type, type.whole());
        working.start(then);
        return working;
    }

    /** Ends what was taken at a place that is not configured any more; null if it is not known how. */
    @CheckForNull
    static Working finish(@NonNull String place) {
        ClaimFiles.Place at = ClaimFiles.place(place);
        if (at == null) {
            return null;
        }
        ActionType type = at.type();
        Working working = new Working(
                place, new CodePipelineActionType(type.category(), type.provider(), type.version()), at.access());
        working.start(CompletableFuture.completedFuture(null));
        working.worker.finish();
        return working;
    }

    private void start(CompletableFuture<Void> then) {
        then.thenCompose(now -> worker.start()).thenRun(() -> ready = true);
    }

    @NonNull
    String key() {
        return key;
    }

    @NonNull
    JobWorker worker() {
        return worker;
    }

    @NonNull
    JenkinsWorkHost host() {
        return host;
    }

    /** Whether it is what a configuration asks for. */
    boolean isOf(@NonNull CodePipelineActionType type, @NonNull String controller) {
        return !worker.isFinishing()
                && access.equals(type.whole())
                && type.source(controller).equals(host.source());
    }

    boolean isOfTypeOf(@NonNull Working other) {
        return host.source().type().equals(other.host.source().type());
    }

    /** Whether it polls for this type there, as far as is known. */
    boolean isAt(@NonNull ActionType type, @NonNull String account, @NonNull String region) {
        AccountRegion at = knownAccount();
        return host.source().type().equals(type)
                && at != null
                && at.account().equals(account)
                && at.region().equals(region);
    }

    boolean isFinishing() {
        return worker.isFinishing();
    }

    /** Whether it knows what it holds. */
    boolean isReady() {
        return ready;
    }

    /** In which account and where it works: as AWS has told it, or before a restart. */
    @NonNull
    CompletableFuture<AccountRegion> account() {
        AccountRegion kept = ClaimFiles.account(key);
        return kept == null || worker.account().isDone() ? worker.account() : CompletableFuture.completedFuture(kept);
    }

    @CheckForNull
    private AccountRegion knownAccount() {
        return worker.account().getNow(null);
    }

    /** Whether nobody has asked so before: what it holds is handed over once. */
    boolean leave() {
        return left.compareAndSet(false, true);
    }
}
