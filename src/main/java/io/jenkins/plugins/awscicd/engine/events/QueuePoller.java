package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.SessionHolder;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.PoolScheduler;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Receives the messages of one queue, one long poll after the other, and deletes each once its listener has taken it in; those that are no
 * events, or mean nothing here, as well. What cannot be done for now is told once and tried again for as long as it lives.
 */
public class QueuePoller implements AutoCloseable {

    /** AWS's limit for a long poll. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final Logger LOGGER = Logger.getLogger(QueuePoller.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 9;
    private static final Duration TEST_PATIENCE = Duration.ofSeconds(30);

    private final QueueAddress queue;
    private final SessionHolder holder;
    private final Scheduler scheduler;
    private final Executor thread;
    private final Duration wait;
    private final Executor idle;
    private final EventListener listener;
    private final QueueTests tests;
    private final PollerLog log;
    private QueueCalls calls;
    /** What is still to be deleted. */
    private List<String> undeleted = List.of();

    private int failures;

    /**
     * A poller with a thread of its own, which is held while AWS has nothing to tell.
     *
     * @param opener opens the session; may block and may fail, and is asked again then
     */
    @NonNull
    public static QueuePoller of(
            @NonNull QueueAddress queue,
            @NonNull Supplier<AwsSession> opener,
            @NonNull Scheduler scheduler,
            @NonNull EventListener listener) {
        ExecutorService thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                PoolScheduler.threadFactory("AWS CI/CD queue " + queue.name()),
                new ThreadPoolExecutor.DiscardPolicy());
        return new QueuePoller(queue, opener, scheduler, thread, LONGEST_WAIT, thread, listener) {
            @Override
            public void close() {
                super.close();
                thread.shutdownNow();
            }
        };
    }

    /**
     * @param wait how long AWS is to hold an answer back while there are no messages
     * @param idle runs what comes after an answer without messages
     */
    QueuePoller(
            QueueAddress queue,
            Supplier<AwsSession> opener,
            Scheduler scheduler,
            Executor thread,
            Duration wait,
            Executor idle,
            EventListener listener) {
        this.queue = queue;
        holder = new SessionHolder(opener);
        this.scheduler = scheduler;
        this.thread = thread;
        this.wait = wait;
        this.idle = idle;
        this.listener = listener;
        log = new PollerLog(queue, scheduler);
        tests = new QueueTests(scheduler, TEST_PATIENCE, log::testLost, log::testOfOthers);
    }

    /** Begins to listen. */
    public void start() {
        thread.execute(this::listen);
    }

    /** How it is; whenever that is asked. */
    @NonNull
    public PollerStatus status() {
        return log.status();
    }

    /**
     * Sends the queue a message and waits for it to come.
     *
     * @return how long it took; fails with {@link AwsCallException} if it cannot be sent, or with
     *     {@link java.util.concurrent.TimeoutException} if it does not come
     */
    @NonNull
    public CompletableFuture<Duration> test() {
        AwsSession open = holder.session();
        if (open == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("It is not connected to AWS yet"));
        }
        String id = UUID.randomUUID().toString();
        CompletableFuture<Duration> came = tests.expect(id);
        open.call(QueueCalls.SEND, Duration.ofSeconds(10), (fault, failure) -> {}, () -> {
                    new QueueCalls(open, queue).send(QueueTests.message(id, scheduler.now()));
                    return id;
                })
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        tests.forget(id);
                        came.completeExceptionally(AwsCallException.of(
                                QueueCalls.SEND, "queue " + queue, AwsCallException.unwrap(failure)));
                    }
                });
        return came;
    }

    private void listen() {
        if (holder.isClosed()) {
            return;
        }
        String action = QueueCalls.RECEIVE;
        List<Message> messages;
        try {
            connect();
            messages = calls.receive(wait);
            if (holder.isClosed()) {
                return;
            }
            log.answered();
            List<String> done = new ArrayList<>(undeleted);
            done.addAll(take(messages));
            action = QueueCalls.DELETE;
            delete(done);
            failures = 0;
        } catch (RuntimeException | LinkageError e) {
            failed(action, e);
            return;
        }
        (messages.isEmpty() ? idle : thread).execute(this::listen);
    }

    private void connect() {
        if (calls == null) {
            AwsSession opened = holder.open();
            if (opened == null) {
                throw new IllegalStateException("It has ended");
            }
            calls = new QueueCalls(opened, queue);
        }
    }

    /** The handles of what can be deleted: all that was taken in, once that is kept, or nothing. */
    private List<String> take(List<Message> messages) {
        List<String> taken = new ArrayList<>();
        messages.forEach(message -> take(message, taken));
        if (taken.isEmpty()) {
            return taken;
        }
        try {
            listener.persist();
            return taken;
        } catch (RuntimeException | LinkageError e) {
            log.refused(e, false);
            return List.of(); // they come again
        }
    }

    private void take(Message message, List<String> done) {
        String receives = message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
        log.received(message.messageId(), receives);
        try {
            AwsEvent event = AwsEvent.of(message.body());
            boolean ours = tests.received(event);
            log.event(event, ours || listener.received(event));
        } catch (IllegalArgumentException e) {
            log.malformed();
        } catch (RuntimeException | LinkageError e) { // such as of a plugin that is not there
            log.refused(e, !receives.equals("1"));
            return; // it comes again
        }
        done.add(message.receiptHandle());
    }

    /** What is not deleted comes again, and means nothing new then: one more attempt is enough. */
    private void delete(List<String> done) {
        List<String> retried = undeleted;
        undeleted = List.of();
        List<String> left = calls.delete(done);
        left.removeAll(retried);
        undeleted = left;
    }

    private void failed(String action, Throwable failure) {
        if (holder.isClosed()) {
            return;
        }
        if (failures++ == 0) {
            listener.disconnected();
        }
        log.failed(AwsCallException.of(action, "queue " + queue, failure).getMessage());
        Duration longer = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
        scheduler.schedule(pause, () -> thread.execute(this::listen));
    }

    /** Listens no longer. What it has received and not deleted comes again. */
    @Override
    public void close() {
        holder.close();
        listener.disconnected();
        LOGGER.log(Level.FINE, "No longer listening to {0}", queue);
    }
}
