package io.jenkins.plugins.awscicd.engine.beanstalk.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Sha256;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.ApplicationVersionDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.S3Location;

/**
 * Makes the application version that is to be deployed, exactly once: its label says what is in it, and it is looked for before it is
 * made. Blocks no thread. Fails with {@link AwsCallException}, or {@link IllegalArgumentException} naming the argument.
 */
public final class ApplicationVersions {

    private static final String CREATE = "elasticbeanstalk:CreateApplicationVersion";
    public static final String DESCRIBE = "elasticbeanstalk:DescribeApplicationVersions";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PROCESSING_LOOK = Duration.ofSeconds(4);
    private static final Duration LONGEST_PROCESSING = Duration.ofMinutes(10);

    private final Step step;
    private final AwsSession session;
    private final BeanstalkRequest request;
    private final UpdateJournal journal;
    private final LabelMakers makers;

    private volatile BooleanSupplier wanted = () -> true;

    /** @param makers all that make versions */
    public ApplicationVersions(Step step, LabelMakers makers) {
        this.step = step;
        this.session = step.session();
        this.request = step.request();
        this.journal = step.journal();
        this.makers = makers;
    }

    /** Whether AWS refuses to deploy a version because there is none of that label. */
    public static boolean isGone(@NonNull ElasticBeanstalkException refusal) {
        return String.valueOf(refusal.getMessage()).contains("No Application Version named");
    }

    /** Why a version that was there is not. */
    @NonNull
    public static String gone(@NonNull String label) {
        return "version '" + label
                + "' no longer exists: somebody has deleted it, or the application's lifecycle policy has,"
                + " which may delete versions that are not deployed";
    }

    /**
     * The label of the version, once it is there and ready to be deployed.
     *
     * @param stillWanted nothing more is made once this is false: then it fails
     */
    @NonNull
    public CompletableFuture<String> ready(@NonNull BooleanSupplier stillWanted) {
        wanted = stillWanted;
        String existing = request.version();
        if (existing != null) {
            return call(DESCRIBE, existing, () -> find(existing)).thenCompose(found -> {
                if (found == null) {
                    throw new IllegalArgumentException(
                            "version: there is no version '" + existing + "' of application '"
                                    + request.application() + "' in " + session.region()
                                    + ", or these credentials may not see it; check its label, the region and the IAM action "
                                    + DESCRIBE);
                }
                return warned(found).thenCompose(this::processed);
            });
        }
        return content().thenCompose(content -> {
            String label = label(content);
            return whereItIs(label).thenCompose(place -> {
                LabelMakers.Making making = makers.begin(place, step.turn().turn());
                return call(CREATE, label, () -> create(label, content, making))
                        .whenComplete((made, failure) -> makers.end(making))
                        .thenCompose(this::processed);
            });
        });
    }

    /** Says so if it is no longer what its label says. */
    private CompletableFuture<ApplicationVersionDescription> warned(ApplicationVersionDescription version) {
        return session.callWhile(
                        wanted,
                        S3Content.ACTION,
                        PATIENCE,
                        RetryListener.NONE,
                        () -> VersionContent.overwritten(session, version))
                .handle((overwritten, failure) -> {
                    if (overwritten != null) {
                        step.console()
                                .line("Warning: " + overwritten + " was overwritten after version "
                                        + version.versionLabel() + " was created from it; AWS deploys the new content");
                    }
                    return version;
                });
    }

    /** Where AWS does not say which account it is, only those with the same credentials are known to make the same. */
    private CompletableFuture<Object> whereItIs(String label) {
        return session.accountRegion()
                .handle((account, failure) ->
                        List.of(failure == null ? account : session.account(), request.application(), label));
    }

    /** What the bundle is now; null if its key says that. */
    private CompletableFuture<S3Content> content() {
        if (request.uploaded()) {
            return CompletableFuture.completedFuture(null);
        }
        S3Location bundle = bundle();
        String address = "s3://" + bundle.s3Bucket() + "/" + bundle.s3Key();
        return session.callWhile(
                        wanted,
                        S3Content.ACTION,
                        PATIENCE,
                        RetryListener.NONE,
                        () -> S3Content.read(session, bundle.s3Bucket(), bundle.s3Key()))
                .exceptionallyCompose(failure -> {
                    Throwable cause = AwsCallException.unwrap(failure);
                    if (cause instanceof CancellationException) {
                        return CompletableFuture.failedFuture(cause);
                    }
                    return CompletableFuture.failedFuture(
                            AwsFault.of(cause) == AwsFault.NOT_FOUND
                                    ? new IllegalArgumentException("bundle: there is no object " + address
                                            + "; check its bucket and key, and that it was uploaded")
                                    : AwsCallException.of(S3Content.ACTION, "bundle " + address, cause));
                });
    }

    /** Equal content gives the same label, whichever run deploys it, and other content under the same key another one. */
    private String label(@CheckForNull S3Content content) {
        String given = request.text("versionLabel");
        if (given != null) {
            return given;
        }
        S3Location bundle = bundle();
        String address = bundle.s3Bucket() + "/" + bundle.s3Key();
        String digest = Sha256.of(content == null ? address : address + "@" + content.id())
                .substring(0, 16);
        String name = request.application();
        return name.substring(0, Math.min(name.length(), 80)) + "-" + digest;
    }

    private S3Location bundle() {
        S3Location bundle = request.bundle();
        if (bundle == null) { // or AWS would deploy its sample application
            throw new IllegalArgumentException("bundle: has not been uploaded yet");
        }
        return bundle;
    }

    /** Run by the lane, and again after a call without an answer: so it looks first each time. */
    private ApplicationVersionDescription create(
            String label, @CheckForNull S3Content content, LabelMakers.Making making) {
        ApplicationVersionDescription there = find(label);
        Instant asked = journal.versionAsked();
        if (there != null) {
            return reused(there, content, asked, makers.rival(making));
        }
        if (!wanted.getAsBoolean()) {
            throw new CancellationException("Aborted before a version was made");
        }
        if (asked == null) {
            journal.versionAsked(step.now());
        }
        try {
            ApplicationVersionDescription made = step.client()
                    .createApplicationVersion(request.toCreateApplicationVersion()
                            .versionLabel(label)
                            .sourceBundle(bundle())
                            .build())
                    .applicationVersion();
            step.console().line("Created version " + label);
            return made;
        } catch (ElasticBeanstalkException e) {
            ApplicationVersionDescription made = e.statusCode() < 500 ? find(label) : null;
            if (made != null) {
                return reused(
                        made, content, asked, makers.rival(making)); // another run was faster, or it was us, unheard
            }
            throw e;
        }
    }

    /** @param asked when this deployment has asked for it before; null if it has not */
    private ApplicationVersionDescription reused(
            ApplicationVersionDescription there,
            @CheckForNull S3Content content,
            @CheckForNull Instant asked,
            @CheckForNull Turn rival) {
        String problem = new VersionReuse(request, bundle(), there).problem(content, asked, rival);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        step.console().line("Version " + there.versionLabel() + " already exists");
        return there;
    }

    @CheckForNull
    private ApplicationVersionDescription find(String label) {
        return VersionContent.find(session, step.application(), label);
    }

    private CompletableFuture<String> processed(ApplicationVersionDescription version) {
        return processed(version, step.scheduler().moment().plus(LONGEST_PROCESSING));
    }

    private CompletableFuture<String> processed(ApplicationVersionDescription version, Moment end) {
        String label = version.versionLabel();
        // The model writes Processed, AWS sends PROCESSED.
        String status = String.valueOf(version.statusAsString()).toUpperCase(Locale.ROOT);
        if (status.equals("FAILED")) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("bundle: AWS could not process version '"
                    + label + "'; check env.yaml and .ebextensions in it, and the events of the application"));
        }
        boolean working = status.equals("PROCESSING") || status.equals("BUILDING");
        if (!working) {
            return CompletableFuture.completedFuture(label);
        }
        if (step.scheduler().moment().isAfter(end)) {
            return CompletableFuture.failedFuture(new IllegalStateException(
                    "AWS did not process version '" + label + "' in " + LONGEST_PROCESSING.toMinutes() + " minutes"));
        }
        return step.scheduler()
                .pause(PROCESSING_LOOK)
                .thenCompose(now -> call(DESCRIBE, label, () -> find(label)))
                .thenCompose(found -> processed(found == null ? version : found, end));
    }

    private <T> CompletableFuture<T> call(String action, String label, Supplier<T> call) {
        return step.call(
                wanted, action, PATIENCE, "version '" + label + "' of application '" + step.application() + "'", () -> {
                    try {
                        return call.get();
                    } catch (ElasticBeanstalkException e) {
                        String cure = VersionCure.of(e, session.region());
                        throw cure == null ? e : new IllegalArgumentException(cure);
                    }
                });
    }
}
