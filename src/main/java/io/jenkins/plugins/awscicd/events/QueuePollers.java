package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.GeneralAccessListener;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.events.PollerStatus;
import io.jenkins.plugins.awscicd.engine.events.QueueAddress;
import io.jenkins.plugins.awscicd.engine.events.QueuePoller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pollers of this controller: one for each queue. */
@Extension
public class QueuePollers {

    private static final String SESSION = "jenkins-events";

    /** By the key of the queue and its access. */
    private final Map<String, QueuePoller> pollers = new LinkedHashMap<>();

    private boolean started;

    @NonNull
    public static QueuePollers get() {
        return ExtensionList.lookupSingleton(QueuePollers.class);
    }

    /** Once the jobs are there that events may start. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void start() {
        get().begin();
    }

    private synchronized void begin() {
        started = true;
        reconcile();
    }

    /** Has the pollers be those of the configuration. */
    synchronized void reconcile() {
        if (!started || AwsConnections.get().isClosing()) {
            return;
        }
        Map<String, EventQueue> wanted = new LinkedHashMap<>();
        AwsEventQueues.get().getQueues().forEach(queue -> wanted.put(queue.key(), queue));
        pollers.entrySet().removeIf(one -> {
            boolean gone = !wanted.containsKey(one.getKey());
            if (gone) {
                one.getValue().close();
            }
            return gone;
        });
        wanted.forEach((key, queue) -> pollers.computeIfAbsent(key, any -> listen(queue)));
    }

    private static QueuePoller listen(EventQueue queue) {
        AwsConnections connections = AwsConnections.get();
        AwsAccess access = queue.whole();
        QueuePoller poller = connections
                .engine()
                .queuePoller(queue.address(), () -> connections.open(access, null, SESSION), new EventReceivers(queue));
        poller.start();
        return poller;
    }

    /** The poller of a queue; null if it is not heard. */
    @CheckForNull
    synchronized QueuePoller find(@NonNull QueueAddress queue) {
        return pollers.values().stream()
                .filter(poller -> poller.status().queue().equals(queue))
                .findFirst()
                .orElse(null);
    }

    /** How they are. */
    @NonNull
    synchronized List<PollerStatus> statuses() {
        return pollers.values().stream().map(QueuePoller::status).toList();
    }

    private synchronized void close() {
        started = false;
        pollers.values().forEach(QueuePoller::close);
        pollers.clear();
    }

    /** Queues have the access of the section AWS CI/CD where they have none of their own. */
    @Extension
    public static final class AccessListener extends GeneralAccessListener {

        @Override
        protected void changed() {
            QueuePollers.get().reconcile();
        }
    }

    /** Before the engine goes down, whose connections they hold. */
    @Extension(ordinal = 1)
    public static final class BeforeShutdown extends ItemListener {
        @Override
        public void onBeforeShutdown() {
            QueuePollers.get().close();
        }
    }
}
