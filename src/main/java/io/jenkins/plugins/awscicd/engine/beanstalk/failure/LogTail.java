package io.jenkins.plugins.awscicd.engine.beanstalk.failure;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Reporting;
import io.jenkins.plugins.awscicd.engine.job.PlainText;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentInfoDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentInfoType;

/**
 * Fetches the end of the logs of an environment's instances and tells what matters of it. Elastic Beanstalk puts them into S3 when it
 * is asked to
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_RequestEnvironmentInfo.html">RequestEnvironmentInfo</a>), and
 * says where they are
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_RetrieveEnvironmentInfo.html">RetrieveEnvironmentInfo</a>), an
 * instance after the other. Those addresses can be read by anybody: they are told to nobody.
 */
final class LogTail {

    private static final String REQUEST = "elasticbeanstalk:RequestEnvironmentInfo";
    private static final String RETRIEVE = "elasticbeanstalk:RetrieveEnvironmentInfo";
    /** How long the verdict may wait for it. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** When so many looks have found no further instance, no further one is waited for. */
    private static final int LOOKS_WITHOUT_NEWS = 3;

    /** The logs of more instances would say the same again. */
    static final int INSTANCES = 3;

    private static final int BYTES = 1 << 20;

    /** The logs of an instance, or where they are. */
    private record Message(String instance, Instant sampled, String text) {}

    private final Reporting in;
    private final EnvironmentSnapshot environment;
    /** Whose logs are wanted, those first that are wanted most; empty if any will do. */
    private final List<String> wanted;

    private final CompletableFuture<Void> reported = new CompletableFuture<>();
    /** What was there before this request, by instance. */
    private final Map<String, Instant> before = new HashMap<>();

    private Scheduler.Task alarm = () -> {};
    private int found;
    private int looksWithoutNews;

    LogTail(Reporting in, EnvironmentSnapshot environment, List<String> wanted) {
        this.in = in;
        this.environment = environment;
        this.wanted = wanted;
    }

    /** @return completes when it is told, or cannot be; within a minute, and never with a failure */
    @NonNull
    CompletableFuture<Void> print() {
        Scheduler.Task deadline = in.scheduler()
                .schedule(
                        LONGEST,
                        () -> end("The instance logs did not arrive within " + LONGEST.toSeconds()
                                + " s; see the AWS console"));
        reported.whenComplete((done, none) -> {
            deadline.cancel();
            synchronized (this) {
                alarm.cancel();
            }
        });
        retrieve()
                .thenCompose(earlier -> {
                    earlier.forEach(message ->
                            before.merge(message.instance(), message.sampled(), (a, b) -> a.isAfter(b) ? a : b));
                    return call(REQUEST, () -> {
                        EnvironmentService.client(in.session())
                                .requestEnvironmentInfo(request ->
                                        request.environmentId(environment.id()).infoType(EnvironmentInfoType.TAIL));
                        return null;
                    });
                })
                .whenComplete((asked, failure) -> {
                    if (failure == null) {
                        lookAgain();
                    } else {
                        cannot(failure);
                    }
                });
        return reported;
    }

    /** Nobody waits for it any more. */
    void leave() {
        reported.complete(null);
    }

    private synchronized void end(String line) {
        if (!reported.isDone()) {
            in.console().line(line);
            reported.complete(null);
        }
    }

    private void cannot(Throwable failure) {
        end("The instance logs cannot be shown: "
                + AwsCallException.unwrap(failure).getMessage());
    }

    private <T> CompletableFuture<T> call(String action, Supplier<T> call) {
        return in.session()
                .call(action, PATIENCE, RetryListener.NONE, () -> true, call)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(AwsCallException.of(
                        action, environment.name() + " in " + in.session().region(), failure)));
    }

    private CompletableFuture<List<Message>> retrieve() {
        return call(
                RETRIEVE,
                () -> EnvironmentService.client(in.session())
                        .retrieveEnvironmentInfo(request ->
                                request.environmentId(environment.id()).infoType(EnvironmentInfoType.TAIL))
                        .environmentInfo()
                        .stream()
                        .filter(info -> info.ec2InstanceId() != null && info.message() != null)
                        .map(LogTail::message)
                        .toList());
    }

    private static Message message(EnvironmentInfoDescription info) {
        Instant sampled = info.sampleTimestamp();
        return new Message(info.ec2InstanceId(), sampled == null ? Instant.EPOCH : sampled, info.message());
    }

    private synchronized void lookAgain() {
        if (!reported.isDone()) {
            alarm = in.scheduler().schedule(BETWEEN_LOOKS, this::look);
        }
    }

    private void look() {
        retrieve().whenComplete((messages, failure) -> {
            if (failure != null) {
                cannot(failure);
            } else {
                Map<String, Message> fresh = fresh(messages);
                if (complete(fresh)) {
                    print(fresh);
                } else {
                    lookAgain();
                }
            }
        });
    }

    /** Those of this request, by instance. */
    private synchronized Map<String, Message> fresh(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.sampled().isAfter(before.getOrDefault(message.instance(), Instant.MIN)))
                .collect(Collectors.toMap(
                        Message::instance, it -> it, (a, b) -> a.sampled().isAfter(b.sampled()) ? a : b));
    }

    private synchronized boolean complete(Map<String, Message> fresh) {
        looksWithoutNews = fresh.size() == found ? looksWithoutNews + 1 : 0;
        found = fresh.size();
        return !fresh.isEmpty()
                && (!wanted.isEmpty() && fresh.keySet().containsAll(wanted) || looksWithoutNews >= LOOKS_WITHOUT_NEWS);
    }

    private void print(Map<String, Message> fresh) {
        List<Message> telling = new ArrayList<>();
        wanted.stream().filter(fresh::containsKey).map(fresh::get).forEach(telling::add);
        if (telling.isEmpty() && !wanted.isEmpty()) {
            end("The failed instances are gone, and so are their logs");
            return;
        }
        if (telling.isEmpty()) {
            fresh.keySet().stream().sorted().map(fresh::get).forEach(telling::add);
        }
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (Message message : telling.subList(0, Math.min(INSTANCES, telling.size()))) {
            all = all.thenCompose(done -> fetch(message)).thenAccept(text -> print(message.instance(), text));
        }
        all.whenComplete((done, failure) -> {
            if (failure == null) {
                leave();
            } else {
                cannot(failure);
            }
        });
    }

    private CompletableFuture<String> fetch(Message message) {
        if (!message.text().matches("https?://\\S+")) {
            return CompletableFuture.completedFuture(message.text());
        }
        if (!in.session().follows(message.text())) {
            in.console()
                    .line("The logs of " + message.instance()
                            + " are not at an Amazon S3 address and are not fetched: see the AWS console");
            return CompletableFuture.completedFuture(null);
        }
        String action = "s3:GetObject";
        return in.session()
                .call(
                        "logs of instances",
                        PATIENCE,
                        RetryListener.NONE,
                        () -> true,
                        () -> new String(in.session().read(message.text(), BYTES), StandardCharsets.UTF_8))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        AwsCallException.of(action, "the logs of " + message.instance(), failure)));
    }

    private synchronized void print(String instance, @CheckForNull String text) {
        if (text == null || reported.isDone()) {
            return;
        }
        List<LogExcerpt> excerpts = LogExcerpt.of(text);
        if (excerpts.isEmpty()) {
            in.console().line(instance + " has nothing in its logs");
        }
        for (LogExcerpt excerpt : excerpts) {
            String file = excerpt.file().isEmpty() ? "its logs" : PlainText.line(excerpt.file());
            in.console().line(instance + ", last lines of " + file + ":");
            in.console()
                    .raw(excerpt.lines().stream()
                            .map(line -> "    " + PlainText.colored(line) + "\n")
                            .toList());
        }
    }
}
