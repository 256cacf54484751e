package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.CallLane;
import io.jenkins.plugins.awscicd.engine.access.call.CallThreads;
import io.jenkins.plugins.awscicd.engine.access.http.BoundedHttpClient;
import io.jenkins.plugins.awscicd.engine.access.http.HttpPool;
import io.jenkins.plugins.awscicd.engine.access.http.HttpProxy;
import io.jenkins.plugins.awscicd.engine.access.http.SignedAddress;
import io.jenkins.plugins.awscicd.engine.time.PoolScheduler;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sqs.SqsBaseClientBuilder;

/**
 * The live connections to AWS, shared by all jobs with the same access and closed when idle. All clients share one HTTP
 * connection pool, and make each call once: when and whether it is made again is for the {@linkplain CallLane lanes} to say.
 */
public final class AwsClients implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMinutes(10);
    /** The longest that one call takes, but for what a stream brings. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    /** What an answer has at the most: far more than any of AWS's, far less than a controller's memory. */
    private static final int LONGEST_ANSWER = 64 << 20;
    /** The same for endpoints that no administrator has named. */
    private static final int LONGEST_ANSWER_OF_STRANGER = 16 << 20;

    private final Scheduler scheduler;
    private final Supplier<HttpProxy> proxySource;
    private final Predicate<URI> trusted;
    private final Supplier<Addresses> addresses;
    private final String userAgent;
    private final ScheduledExecutorService timeouts =
            Executors.newScheduledThreadPool(1, PoolScheduler.threadFactory("AWS CI/CD call timeouts"));
    private final CallThreads threads;
    private final Map<String, AwsSession> sessions = new HashMap<>();
    private final Map<String, AwsAccount> accounts = new HashMap<>();
    private final HttpPool http;
    private final HttpPool longPolls;
    private final DefaultChain defaultChain;
    private final CredentialsSource credentials;

    /**
     * @param scheduler the engine's time and threads
     * @param proxy asked for each new session; gives null for no proxy
     * @param over what is put over each client that connects
     * @param trusted whether an administrator has named this endpoint: addresses in its answers are followed to itself
     * @param addresses asked for each new session: where services are called if its access names no endpoint
     * @param userAgent what AWS is told of who calls, such as {@code aws-cicd-jenkins/1.0}
     */
    public AwsClients(
            @NonNull Scheduler scheduler,
            @NonNull Supplier<HttpProxy> proxy,
            @NonNull UnaryOperator<SdkHttpClient> over,
            @NonNull Predicate<URI> trusted,
            @NonNull Supplier<Addresses> addresses,
            @NonNull String userAgent) {
        this(
                scheduler,
                proxy,
                HttpPool.ofCalls(proxy, over),
                HttpPool.ofLongPolls(proxy, over),
                trusted,
                addresses,
                userAgent);
    }

    /** With nothing over the clients that connect, and AWS's default addresses. */
    public AwsClients(
            @NonNull Scheduler scheduler,
            @NonNull Supplier<HttpProxy> proxy,
            @NonNull Predicate<URI> trusted,
            @NonNull String userAgent) {
        this(scheduler, proxy, UnaryOperator.identity(), trusted, () -> Addresses.DEFAULT, userAgent);
    }

    /**
     * With a transport of its own, such as one that has AWS in the same process.
     *
     * @param http makes all calls, and clients if it is a {@link ClientMaker}; closed with this
     * @param trusted whether an administrator has named this endpoint
     * @param userAgent what AWS is told of who calls
     */
    public AwsClients(
            @NonNull Scheduler scheduler,
            @NonNull SdkHttpClient http,
            @NonNull Predicate<URI> trusted,
            @NonNull String userAgent) {
        this(scheduler, http, trusted, () -> Addresses.DEFAULT, userAgent);
    }

    /** The same, with addresses of its own. */
    AwsClients(
            Scheduler scheduler,
            SdkHttpClient http,
            Predicate<URI> trusted,
            Supplier<Addresses> addresses,
            String userAgent) {
        this(scheduler, () -> null, HttpPool.of(http), HttpPool.of(http), trusted, addresses, userAgent);
    }

    private AwsClients(
            Scheduler scheduler,
            Supplier<HttpProxy> proxy,
            HttpPool http,
            HttpPool longPolls,
            Predicate<URI> trusted,
            Supplier<Addresses> addresses,
            String userAgent) {
        this.scheduler = scheduler;
        this.addresses = addresses;
        this.threads = new CallThreads(scheduler);
        this.proxySource = proxy;
        this.http = http;
        this.longPolls = longPolls;
        this.defaultChain = new DefaultChain(scheduler);
        this.credentials = new CredentialsSource(this, defaultChain);
        this.trusted = trusted;
        this.userAgent = userAgent;
    }

    /**
     * Opens a session, or hands out the one that is open already. May look for region or credentials on the network: not to be
     * called on a thread of Jenkins' own.
     *
     * @throws IllegalArgumentException where no region is given or found, or the endpoint is no URL
     */
    @NonNull
    public AwsSession open(@NonNull AwsAccess access, @NonNull Identity identity) {
        Region region = region(access);
        URI endpoint = Endpoint.of(access);
        ServicePlace place = new ServicePlace(region, endpoint, addresses.get());
        HttpProxy proxy = proxySource.get();
        String accountKey = String.join(
                "|",
                identity.key(),
                String.valueOf(access.role()),
                String.valueOf(access.externalId()),
                region.id(),
                String.valueOf(endpoint),
                String.valueOf(endpoint == null ? place.addresses() : null),
                String.valueOf(proxy));
        String sessionKey = accountKey + '|' + (assumesRole(access, identity) ? access.roleSessionName() : "");
        boolean stranger = isStranger(endpoint);
        synchronized (sessions) {
            AwsAccount account = accounts.computeIfAbsent(
                    accountKey, k -> new AwsAccount(scheduler, threads, lastRole(access, identity), stranger));
            AwsSession session = sessions.computeIfAbsent(
                    sessionKey,
                    k -> new AwsSession(
                            this, k, account, place, () -> credentials.of(access, identity, place, account.time())));
            session.addHolders(1);
            return session;
        }
    }

    private boolean isStranger(@CheckForNull URI endpoint) {
        return endpoint != null && !trusted.test(endpoint);
    }

    @CheckForNull
    private static String lastRole(AwsAccess access, Identity identity) {
        Identity.AssumedRole own = identity.role();
        return access.role() == null && own != null ? own.arn() : access.role();
    }

    private static boolean assumesRole(AwsAccess access, Identity identity) {
        return access.role() != null || identity.role() != null;
    }

    void release(AwsSession session) {
        int released;
        synchronized (sessions) {
            if (session.addHolders(-1) > 0) {
                return;
            }
            released = session.countRelease();
        }
        scheduler.schedule(IDLE, () -> {
            synchronized (sessions) {
                // Released again since: then that release's own time counts.
                boolean used = session.addHolders(0) > 0 || session.releases() != released;
                if (used || !sessions.remove(session.key(), session)) {
                    return;
                }
                boolean last = sessions.values().stream().noneMatch(other -> other.account() == session.account());
                if (last) {
                    accounts.values().remove(session.account());
                }
            }
            session.closeClients();
        });
    }

    private static Region region(AwsAccess access) {
        if (access.region() != null) {
            return Region.of(access.region());
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    "No AWS region: set 'region' on the step or on the AWS CI/CD configuration page, or AWS_REGION for the controller.",
                    e);
        }
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C build(
            Class<C> type, Supplier<B> of, ServicePlace place, AwsCredentialsProvider credentials, AwsTime time) {
        C own = ClientMaker.make(http.client(), type, place.region(), credentials, time::dated);
        return own == null ? place.client(set(of.get(), place, credentials, time)) : own;
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> B set(
            B builder, ServicePlace place, AwsCredentialsProvider credentials, AwsTime time) {
        return builder.credentialsProvider(credentials)
                .httpClient(new BoundedHttpClient(
                        (builder instanceof SqsBaseClientBuilder<?, ?> ? longPolls : http).client(),
                        isStranger(place.endpoint()) ? LONGEST_ANSWER_OF_STRANGER : LONGEST_ANSWER,
                        time::received))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(CALL_TIMEOUT)
                        .scheduledExecutorService(timeouts)
                        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, userAgent)
                        .build());
    }

    /**
     * Does, on the threads of calls, what may block before there is a session: looks for credentials, and {@linkplain #open opens} it.
     *
     * @param party what may keep it waiting: those of other parties do not wait for it
     */
    public void connect(@NonNull Object party, @NonNull Runnable work) {
        threads.execute(new CallThreads.Party(party, ""), () -> {
            work.run();
            return true;
        });
    }

    /** How many identities in how many regions are known: those of open sessions. */
    int accounts() {
        synchronized (sessions) {
            return accounts.size();
        }
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** See {@link AwsSession#follows}. */
    boolean follows(String address, ServicePlace place) {
        URI endpoint = place.endpoint();
        Region region = place.region();
        return endpoint == null
                ? SignedAddress.isOfS3(address, region)
                : trusted.test(endpoint)
                        && (SignedAddress.isAt(address, endpoint) || SignedAddress.isOfS3(address, region));
    }

    /** See {@link AwsSession#read}. */
    byte[] read(String signedAddress, int most) {
        return SignedAddress.read(http.client(), scheduler, signedAddress, most);
    }

    @Override
    public void close() {
        synchronized (sessions) {
            sessions.values().forEach(AwsSession::closeClients);
            sessions.clear();
            accounts.clear();
        }
        defaultChain.close();
        http.close();
        longPolls.close();
        timeouts.shutdownNow();
    }
}
