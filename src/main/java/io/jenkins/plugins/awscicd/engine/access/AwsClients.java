package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.PoolScheduler;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The live connections to AWS, shared by all jobs with the same access and closed when idle. All clients share one HTTP
 * connection pool, and make each call once: when and whether it is made again is for the {@linkplain CallLane lanes} to say.
 */
public final class AwsClients implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final int SESSION_SECONDS = 3600;
    /** The network of fd00:ec2::254 (instance metadata) and fd00:ec2::23 (EKS Pod Identity). */
    private static final byte[] METADATA_BY_IPV6 = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2};

    private final Scheduler scheduler;
    private final Supplier<HttpProxy> proxySource;
    private final Predicate<URI> trusted;
    private final String userAgent;
    private final ScheduledExecutorService timeouts =
            Executors.newScheduledThreadPool(1, PoolScheduler.threadFactory("AWS CI/CD call timeouts"));
    private final CallThreads threads;
    private final Map<String, AwsSession> sessions = new HashMap<>();
    private final Map<String, AwsAccount> accounts = new HashMap<>();
    private final HttpPool http;
    private final DefaultChain defaultChain;

    /**
     * @param scheduler the engine's time and threads
     * @param proxy asked for each new session; gives null for no proxy
     * @param trusted whether an administrator has named this endpoint: addresses in its answers are followed to itself
     * @param userAgent what AWS is told of who calls, such as {@code aws-cicd-jenkins/1.0}
     */
    public AwsClients(
            @NonNull Scheduler scheduler,
            @NonNull Supplier<HttpProxy> proxy,
            @NonNull Predicate<URI> trusted,
            @NonNull String userAgent) {
        this(scheduler, proxy, new HttpPool(proxy), trusted, userAgent);
    }

    /**
     * With a transport of its own, such as one that has AWS in the same process.
     *
     * @param http makes all calls; closed with this
     * @param trusted whether an administrator has named this endpoint
     * @param userAgent what AWS is told of who calls
     */
    public AwsClients(
            @NonNull Scheduler scheduler,
            @NonNull SdkHttpClient http,
            @NonNull Predicate<URI> trusted,
            @NonNull String userAgent) {
        this(scheduler, () -> null, HttpPool.of(http), trusted, userAgent);
    }

    private AwsClients(
            Scheduler scheduler, Supplier<HttpProxy> proxy, HttpPool http, Predicate<URI> trusted, String userAgent) {
        this.scheduler = scheduler;
        this.threads = new CallThreads(scheduler);
        this.proxySource = proxy;
        this.http = http;
        this.defaultChain = new DefaultChain(scheduler);
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
        URI endpoint = endpoint(access);
        HttpProxy proxy = proxySource.get();
        String accountKey = String.join(
                "|",
                identity.key(),
                String.valueOf(access.role()),
                String.valueOf(access.externalId()),
                region.id(),
                String.valueOf(endpoint),
                String.valueOf(proxy));
        String sessionKey = accountKey + '|' + (assumesRole(access, identity) ? access.roleSessionName() : "");
        boolean stranger = endpoint != null && !trusted.test(endpoint);
        synchronized (sessions) {
            AwsAccount account = accounts.computeIfAbsent(
                    accountKey, k -> new AwsAccount(scheduler, threads, lastRole(access, identity), stranger));
            AwsSession session = sessions.computeIfAbsent(
                    sessionKey,
                    k -> new AwsSession(
                            this, k, account, region, endpoint, () -> credentials(access, identity, region, endpoint)));
            session.addHolders(1);
            return session;
        }
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

    @CheckForNull
    private static URI endpoint(AwsAccess access) {
        if (access.endpoint() == null) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(access.endpoint());
        } catch (IllegalArgumentException e) {
            uri = URI.create("");
        }
        if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().matches("https?")) {
            throw new IllegalArgumentException("endpoint: '" + access.endpoint()
                    + "' is no http or https URL, such as https://vpce-0123.example.com");
        }
        if (leadsToMetadata(uri.getHost())) {
            throw new IllegalArgumentException("endpoint: '" + access.endpoint()
                    + "' is where a machine finds its own credentials, not AWS's services; name an endpoint such as"
                    + " https://vpce-0123.example.com");
        }
        return uri;
    }

    /** What is there says who the controller is to AWS, to anybody who can have it called. May look the host up. */
    private static boolean leadsToMetadata(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .anyMatch(address -> address.isLinkLocalAddress()
                            || address instanceof Inet6Address six
                                    && Arrays.equals(six.getAddress(), 0, 4, METADATA_BY_IPV6, 0, 4));
        } catch (UnknownHostException e) {
            return false; // only a proxy may know it
        }
    }

    private SessionCredentials credentials(
            AwsAccess access, Identity identity, Region region, @CheckForNull URI endpoint) {
        SessionCredentials credentials = base(identity);
        Identity.AssumedRole own = identity.role();
        if (own != null) {
            credentials = assume(credentials, own, access.roleSessionName(), region, endpoint);
        }
        String arn = access.role();
        if (arn != null) {
            Identity.AssumedRole role = new Identity.AssumedRole(arn, access.externalId(), SESSION_SECONDS);
            credentials = assume(credentials, role, access.roleSessionName(), region, endpoint);
        }
        return credentials;
    }

    private SessionCredentials base(Identity identity) {
        AwsCredentialsProvider given = identity.credentials();
        if (given != null) {
            return new SessionCredentials(given, () -> {}, () -> {}); // it belongs to the giver
        }
        DefaultCredentialsProvider chain = defaultChain.current();
        return new SessionCredentials(chain, () -> {}, () -> defaultChain.renew(chain));
    }

    private SessionCredentials assume(
            SessionCredentials base,
            Identity.AssumedRole role,
            @CheckForNull String sessionName,
            Region region,
            @CheckForNull URI endpoint) {
        StsClient sts = configure(StsClient.builder(), region, endpoint, base).build();
        StsAssumeRoleCredentialsProvider assumed = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(role.arn())
                        .externalId(role.externalId())
                        .durationSeconds(role.durationSeconds())
                        .roleSessionName(sessionName(sessionName)))
                .build();
        Runnable end = () -> {
            assumed.close();
            sts.close();
            base.end();
        };
        return new SessionCredentials(assumed, end, base::outdated);
    }

    /** STS takes 2 to 64 characters of a small alphabet. */
    private static String sessionName(@CheckForNull String wanted) {
        String name = wanted == null ? "jenkins" : wanted.replaceAll("[^\\w+=,.@-]", "-");
        // The end tells more than the beginning: it has the build's number.
        String cut = name.length() > 64 ? name.substring(name.length() - 64) : name;
        return cut.length() < 2 ? cut + "--" : cut;
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> B configure(
            B builder, Region region, @CheckForNull URI endpoint, AwsCredentialsProvider credentials) {
        builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(http.client())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(CALL_TIMEOUT)
                        .scheduledExecutorService(timeouts)
                        .putAdvancedOption(
                                software.amazon.awssdk.core.client.config.SdkAdvancedClientOption.USER_AGENT_SUFFIX,
                                userAgent)
                        .build());
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
            if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
                s3.forcePathStyle(true); // the bucket's name cannot become part of a host that is given
            }
        }
        return builder;
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
    boolean follows(String address, Region region, @CheckForNull URI endpoint) {
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
        timeouts.shutdownNow();
    }
}
