package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.PluginWrapper;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.engine.AwsEngine;
import io.jenkins.plugins.awscicd.engine.access.Addresses;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.http.HttpProxy;
import io.jenkins.plugins.awscicd.engine.time.PoolScheduler;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The engine in Jenkins: one per controller, started when it is first needed and ended with the controller. Opens sessions for
 * runs and for forms; that may take a while, so never on a thread of Jenkins' own.
 */
@Extension
public class AwsConnections {

    /** Uploads block a thread each while an agent works; more of them at once would only share the same network. */
    private static final int UPLOADS = 8;

    private static final int QUESTIONS = 4;

    private AwsEngine engine;
    private ThreadPoolExecutor uploads;
    private ThreadPoolExecutor questions;
    private volatile boolean closing;

    @NonNull
    public static AwsConnections get() {
        return ExtensionList.lookupFirst(AwsConnections.class);
    }

    /**
     * A new engine.
     *
     * @see AwsEngine#start
     */
    @NonNull
    protected AwsEngine start(
            @NonNull Supplier<HttpProxy> proxy,
            @NonNull Predicate<URI> trusted,
            @NonNull Supplier<Addresses> addresses,
            @NonNull String userAgent) {
        return AwsEngine.start(proxy, trusted, addresses, userAgent);
    }

    /** The controller's engine. */
    @NonNull
    public synchronized AwsEngine engine() {
        if (engine == null) {
            engine = start(
                    AwsConnections::proxy,
                    AwsConnections::isTrusted,
                    () -> AwsCicdConfiguration.get().addresses(),
                    userAgent());
            if (closing) {
                engine.close();
            }
        }
        return engine;
    }

    /** Where blocking work is done that keeps an agent busy, not this controller. */
    @NonNull
    public synchronized ExecutorService uploads() {
        if (uploads == null) {
            uploads = threads(UPLOADS, "AWS CI/CD upload");
        }
        return uploads;
    }

    /** Where guards are asked: they read Jenkins' disk, and what does not come back from there is to hold no thread of the engine's. */
    @NonNull
    public synchronized ThreadPoolExecutor questions() {
        if (questions == null) {
            questions = threads(QUESTIONS, "AWS CI/CD guards");
        }
        return questions;
    }

    private ThreadPoolExecutor threads(int most, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), PoolScheduler.threadFactory(name));
        pool.allowCoreThreadTimeOut(true);
        if (closing) {
            pool.shutdownNow();
        }
        return pool;
    }

    /** Whether Jenkins goes down: what fails from now on fails for that reason alone, and goes on after the restart. */
    public boolean isClosing() {
        return closing;
    }

    private void close() {
        closing = true;
        synchronized (this) {
            if (uploads != null) {
                uploads.shutdownNow();
            }
            if (questions != null) {
                questions.shutdownNow();
            }
            if (engine != null) {
                engine.close();
            }
        }
    }

    /** Before anything else goes down: Pipeline keeps its programs and closes their logs after this, in no certain order. */
    @Extension
    public static final class BeforeShutdown extends ItemListener {
        @Override
        public void onBeforeShutdown() {
            AwsConnections.get().close();
        }
    }

    /**
     * Opens a session for a run, with credentials that the run may use.
     *
     * @throws IllegalArgumentException if there are no such credentials, or no region is known
     */
    @NonNull
    public AwsSession open(@NonNull AwsAccess access, @NonNull Run<?, ?> run) {
        String sessionName = run.getParent().getFullName() + "-" + run.getNumber();
        return engine().clients().open(access.named(sessionName), Identities.forRun(access.credentialsId(), run));
    }

    /**
     * Opens a session for a form, with credentials that can be chosen there. The caller has checked that whoever asks may use
     * them.
     *
     * @param item the item that is configured; null for the controller
     */
    @NonNull
    public AwsSession open(@NonNull AwsAccess access, @CheckForNull Item item) {
        return open(access, item, "jenkins-form");
    }

    /**
     * Opens a session for something else that an item does outside of its runs.
     *
     * @param item null for the controller
     * @param sessionName what AWS calls the session of a role
     */
    @NonNull
    public AwsSession open(@NonNull AwsAccess access, @CheckForNull Item item, @NonNull String sessionName) {
        return engine().clients().open(access.named(sessionName), Identities.forItem(access.credentialsId(), item));
    }

    @CheckForNull
    private static HttpProxy proxy() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null || Util.fixEmpty(proxy.getName()) == null) {
            return null;
        }
        try {
            URI endpoint = new URI("http", null, proxy.getName(), proxy.getPort(), null, null, null);
            Set<String> direct = proxy.getNoProxyHostPatterns().stream()
                    .map(Pattern::pattern)
                    .collect(Collectors.toSet());
            return new HttpProxy(
                    endpoint,
                    Util.fixEmpty(proxy.getUserName()),
                    Util.fixEmpty(Secret.toString(proxy.getSecretPassword())),
                    direct);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(Messages.AwsConnections_badProxy(proxy.getName()), e);
        }
    }

    /** Whether it is an endpoint of the configuration page, not one that a Jenkinsfile or a folder has named. */
    private static boolean isTrusted(URI endpoint) {
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        Stream<String> named = Stream.concat(
                Stream.ofNullable(configuration.getEndpoint()),
                configuration.getStages().stream()
                        .map(Stage::getAccess)
                        .filter(Objects::nonNull)
                        .map(StageAccess::getEndpoint)
                        .filter(Objects::nonNull));
        return named.anyMatch(endpoint.toString()::equals);
    }

    private static String userAgent() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(AwsConnections.class);
        return "jenkins-aws-cicd/" + (plugin == null ? "unknown" : plugin.getVersionNumber());
    }
}
