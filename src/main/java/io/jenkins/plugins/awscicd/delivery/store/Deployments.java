package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * What was deployed where, by which run: the controller's memory of it, which outlives runs and jobs. It is in
 * {@code aws-cicd/deployments.jsonl} of Jenkins' home, read when it is first asked for, and answers from memory from then on.
 *
 * <p>Of each destination the last {@value DeploymentIndex#OF_DESTINATION} deployments are kept, and the last one that succeeded, however
 * long ago that was; {@value DeploymentIndex#OF_ALL} in all, of {@value DeploymentIndex#DESTINATIONS} destinations, and of these
 * {@value DeploymentIndex#OF_JOB} of a job. The places of configured stages are kept beyond that.
 *
 * <p>What is asked here is not restricted to what a user may see: pages see to that. Whatever changes something writes to
 * disk, so it is not for a program's thread.
 */
@Extension
public class Deployments {

    private static final Logger LOGGER = Logger.getLogger(Deployments.class.getName());

    /** So many are on a page of a history. */
    public static final int PAGE = 25;

    private final Path file;
    private final LineFile log;
    private final BiPredicate<Destination, String> configured;
    private DeploymentIndex index;
    /** What is not on disk yet, in order. */
    private List<DeploymentLine> unwritten = new ArrayList<>();
    /** Held by whoever writes; taken before this object's own. */
    private final Object writing = new Object();

    public Deployments() {
        this(
                Jenkins.get().getRootDir().toPath().resolve("aws-cicd").resolve("deployments.jsonl"),
                PlacesOfStages::isConfigured);
    }

    /** @param file where they are kept */
    public Deployments(@NonNull Path file) {
        this(file, (destination, job) -> false);
    }

    private Deployments(Path file, BiPredicate<Destination, String> configured) {
        this.file = file;
        this.configured = configured;
        this.log = new LineFile(() -> file);
    }

    @NonNull
    public static Deployments get() {
        return ExtensionList.lookupSingleton(Deployments.class);
    }

    private synchronized DeploymentIndex index() {
        DeploymentIndex known = index;
        if (known == null) {
            DeploymentIndex read = new DeploymentIndex(configured);
            log.read(line -> read.apply(DeploymentLine.parse(line)));
            index = read;
            return read;
        }
        return known;
    }

    /**
     * AWS has started a deployment, or a step goes on with one after a restart: what was known of it before stays known.
     *
     * @param deployment running
     */
    public void started(@NonNull Deployment deployment) {
        synchronized (this) {
            Deployment before = index().get(deployment.token());
            change(
                    before == null
                            ? deployment
                            : before.continued(deployment.id(), deployment.revision(), deployment.consoleUrl())
                                    .to(deployment.destination())
                                    .seen(deployment.seen()));
        }
        write();
    }

    /**
     * A deployment has ended. Without effect if none of this token was started.
     *
     * @param revision what was deployed, as is known at the end; null if no more than at the start
     * @param cause why it did not succeed, in a line; null if it did
     */
    public void ended(
            @NonNull String token,
            @NonNull DeploymentVerdict verdict,
            @CheckForNull String revision,
            @CheckForNull String cause,
            @NonNull Instant when) {
        synchronized (this) {
            Deployment running = index().get(token);
            if (running == null || !running.isRunning()) {
                return;
            }
            change(running.ended(verdict, revision, cause, when));
        }
        write();
    }

    private void change(Deployment deployment) {
        report(new DeploymentLine.Told(deployment));
    }

    /** Only with this object's lock. */
    private void report(DeploymentLine line) {
        index().apply(line);
        unwritten.add(line);
    }

    /** A job or a folder was renamed or moved. To be followed by {@link #write}, on another thread than this. */
    synchronized boolean moved(@NonNull String from, @NonNull String to) {
        return reportIfConcerned(from, new DeploymentLine.Moved(from, to));
    }

    /** A job or a folder was deleted, or a run if there is a number. To be followed by {@link #write}, on another thread than this. */
    synchronized boolean gone(@NonNull String item, int run) {
        return reportIfConcerned(item, new DeploymentLine.Gone(item, run));
    }

    private boolean reportIfConcerned(String item, DeploymentLine line) {
        boolean concerned = index().concerns(item);
        if (concerned) {
            report(line);
        }
        return concerned;
    }

    /** Puts on disk what is not there yet. */
    void write() {
        synchronized (writing) {
            List<DeploymentLine> lines;
            List<DeploymentLine> all = null;
            synchronized (this) {
                lines = unwritten;
                unwritten = new ArrayList<>();
                if (lines.isEmpty()) {
                    return;
                }
                if (log.isWordy(index().all().size())) {
                    all = index().all().stream()
                            .<DeploymentLine>map(DeploymentLine.Told::new)
                            .toList();
                }
            }
            try {
                Path directory = file.toAbsolutePath().getParent();
                if (directory != null) {
                    Files.createDirectories(directory);
                }
                if (all == null) {
                    log.append(lines.stream().map(DeploymentLine::toJson).toList());
                } else {
                    log.rewrite(all.stream().map(DeploymentLine::toJson).toList());
                }
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "Cannot write " + file + "; what was deployed is known until a restart");
            }
        }
    }

    /** The deployment of this token; empty if it is not known (any more). */
    @NonNull
    public synchronized Optional<Deployment> find(@NonNull String token) {
        return Optional.ofNullable(index().get(token));
    }

    /** The last deployment of AWS's id; empty if there is none. */
    @NonNull
    public synchronized Optional<Deployment> findById(@NonNull String service, @NonNull String id) {
        return index().all().stream()
                .filter(deployment -> service.equals(deployment.service()) && id.equals(deployment.id()))
                .reduce((first, second) -> second);
    }

    /**
     * The newest deployment of an application to a stage, whatever became of it.
     *
     * @param stage null for those without one
     */
    @NonNull
    public synchronized Optional<Deployment> latest(@CheckForNull String stage, @NonNull String application) {
        return index().of(stage, application).stream().findFirst();
    }

    /** The newest deployment of an application to a stage that succeeded: what runs there, as far as Jenkins knows. */
    @NonNull
    public synchronized Optional<Deployment> latestSuccess(@CheckForNull String stage, @NonNull String application) {
        return index().of(stage, application).stream()
                .filter(Deployment::succeeded)
                .findFirst();
    }

    /** The newest that succeeded of those to a stage that are wanted, whatever the application. */
    @NonNull
    public synchronized Optional<Deployment> latestSuccess(
            @NonNull String stage, @NonNull Predicate<Deployment> wanted) {
        return toStage(stage).filter(wanted.and(Deployment::succeeded)).max(Comparator.comparing(Deployment::started));
    }

    /** What some job has deployed to a stage last, whatever the application, and whatever became of it. */
    @NonNull
    public synchronized Optional<Deployment> latest(@NonNull String stage, @NonNull Predicate<Origin> from) {
        return toStage(stage)
                .filter(deployment -> from.test(deployment.origin()))
                .max(Comparator.comparing(Deployment::started));
    }

    private Stream<Deployment> toStage(String stage) {
        return index().byDestination().entrySet().stream()
                .filter(entry -> stage.equals(entry.getKey().stage()))
                .flatMap(entry -> entry.getValue().stream());
    }

    /**
     * Deployments of an application to a stage, the newest first.
     *
     * @param page from 1 on, {@value #PAGE} each
     */
    @NonNull
    public synchronized List<Deployment> history(@CheckForNull String stage, @NonNull String application, int page) {
        return index().of(stage, application).stream()
                .skip((Math.max(1, page) - 1L) * PAGE)
                .limit(PAGE)
                .toList();
    }

    /** All that are known of an application in a stage, the newest first. */
    @NonNull
    public synchronized List<Deployment> history(@CheckForNull String stage, @NonNull String application) {
        return index().of(stage, application);
    }

    /** Those that have not ended. */
    @NonNull
    public synchronized List<Deployment> running() {
        return index().running();
    }

    /** Each destination with what was deployed to it, the newest first. */
    @NonNull
    public synchronized Map<Destination, List<Deployment>> byDestination() {
        return index().byDestination();
    }
}
