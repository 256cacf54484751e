package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.access.call.Turn;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A live connection to AWS: one identity in one region. Its clients are made when first asked for. Obtained from
 * {@link AwsClients#open}, and to be {@linkplain #close() given back}.
 */
public final class AwsSession implements AutoCloseable {

    /** How long a call is tried again without an answer. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    private final AwsClients clients;
    private final String key;
    private final AwsAccount account;
    private final ServicePlace place;
    private final Supplier<SessionCredentials> credentialsSource;
    private final Map<Class<?>, SdkClient> open = new HashMap<>();
    private SessionCredentials credentials;
    private int holders;
    private int releases;

    AwsSession(
            AwsClients clients,
            String key,
            AwsAccount account,
            ServicePlace place,
            Supplier<SessionCredentials> credentialsSource) {
        this.clients = clients;
        this.key = key;
        this.account = account;
        this.place = place;
        this.credentialsSource = credentialsSource;
    }

    /** The region that is called. */
    @NonNull
    public Region region() {
        return place.region();
    }

    /** What this session shares with others of the same identity. */
    @NonNull
    public AwsAccount account() {
        return account;
    }

    /** What time it is at AWS. */
    @NonNull
    public AwsTime time() {
        return account.time();
    }

    /**
     * Which AWS account this is, whoever calls it, and where. Asks AWS if need be, and holds no thread while it is not answered.
     *
     * @return fails with {@link AwsCallException} if AWS does not say it, or not soon
     */
    @NonNull
    public CompletableFuture<AccountRegion> accountRegion() {
        return account.lookup()
                .number(this)
                .thenApply(number -> AccountRegion.of(number, place.region(), place.endpoint()));
    }

    /** The same, asked again until AWS says it. Fails once nobody wants to know any more. */
    @NonNull
    public CompletableFuture<AccountRegion> accountRegionWhile(@NonNull BooleanSupplier wanted) {
        return accountRegion().exceptionallyCompose(failure -> {
            CompletableFuture<AccountRegion> later = new CompletableFuture<>();
            clients.scheduler().schedule(AccountLookup.ASK_AGAIN, () -> {
                if (wanted.getAsBoolean()) {
                    accountRegionWhile(wanted).thenAccept(later::complete);
                } else {
                    later.cancel(false);
                }
            });
            return later;
        });
    }

    /**
     * Makes an AWS call in its operation's lane, on the engine's threads.
     *
     * @param action the call as an IAM action; names the lane
     * @param patience how long calls without an answer are tried again
     * @param retries told of each failure that is tried again
     * @param call makes the call with a client of this session; may be run several times
     * @return fails with the SDK's exception
     */
    @NonNull
    public <T> CompletableFuture<T> call(
            @NonNull String action,
            @NonNull Duration patience,
            @NonNull RetryListener retries,
            @NonNull Supplier<T> call) {
        return call(action, patience, retries, () -> false, call);
    }

    /**
     * Makes a call that may be more urgent than others of its kind.
     *
     * @param urgent asked whenever it is some call's turn; not to wait for anything
     */
    @NonNull
    public <T> CompletableFuture<T> call(
            @NonNull String action,
            @NonNull Duration patience,
            @NonNull RetryListener retries,
            @NonNull BooleanSupplier urgent,
            @NonNull Supplier<T> call) {
        return account.lane(action).call(() -> renewing(call), patience, retries, urgent, () -> true);
    }

    /**
     * Makes a call that is made for as long as somebody wants it: then it fails with
     * {@link java.util.concurrent.CancellationException}, without being made or made again, the next time that it would be, or
     * {@linkplain #letUnwantedLeave at once}.
     *
     * @param wanted asked before each attempt, and under a lock: not to wait for anything
     */
    @NonNull
    public <T> CompletableFuture<T> callWhile(
            @NonNull BooleanSupplier wanted,
            @NonNull String action,
            @NonNull Duration patience,
            @NonNull RetryListener retries,
            @NonNull Supplier<T> call) {
        return callWhile(wanted, () -> false, action, patience, retries, call);
    }

    /**
     * The same, of a call that may become urgent while it waits.
     *
     * @param urgent asked whenever it is some call's turn, and when something is no longer wanted: not to wait for anything
     */
    @NonNull
    public <T> CompletableFuture<T> callWhile(
            @NonNull BooleanSupplier wanted,
            @NonNull BooleanSupplier urgent,
            @NonNull String action,
            @NonNull Duration patience,
            @NonNull RetryListener retries,
            @NonNull Supplier<T> call) {
        return account.lane(action).call(() -> renewing(call), patience, retries, urgent, wanted);
    }

    /**
     * Waits for what a call brings. Only on a thread that may be held for long, and is none of the engine's.
     *
     * @throws ExecutionException if the call fails, for the reason that is its cause
     */
    public <T> T await(@NonNull CompletableFuture<T> coming) throws InterruptedException, ExecutionException {
        return clients.scheduler().await(coming);
    }

    /** Has a result fail that does not come in so long. What is asked for goes on. */
    <T> CompletableFuture<T> within(Duration limit, CompletableFuture<T> result) {
        Scheduler.Task alarm =
                clients.scheduler().schedule(limit, () -> result.completeExceptionally(new TimeoutException()));
        return result.whenComplete((done, failure) -> alarm.cancel());
    }

    /** Something is no longer wanted: calls of this identity that wait for their turn, and are not either, fail now. */
    public void letUnwantedLeave() {
        account.letUnwantedLeave();
    }

    /** Makes a call at once, on the caller's own thread, which it may hold for long, and in no lane; fails with the SDK's exception. */
    public <T> T renewing(@NonNull Supplier<T> call) {
        SessionCredentials used = sessionCredentials();
        try {
            return call.get();
        } catch (SdkException e) {
            AwsFault fault = AwsFault.of(e);
            if (fault == AwsFault.EXPIRED || fault == AwsFault.NO_CREDENTIALS) {
                renew(used);
            }
            throw e;
        }
    }

    /** A client of this session, not to be closed by the caller. */
    @NonNull
    public synchronized <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            @NonNull Class<C> type, @NonNull Supplier<B> builder) {
        return type.cast(open.computeIfAbsent(
                type, t -> Turn.remembering(type, clients.build(type, builder, place, credentials(), time()))));
    }

    /** The credentials that this session's calls are signed with; renewed by themselves, and nothing that can be closed. */
    @NonNull
    public AwsCredentialsProvider credentials() {
        return sessionCredentials();
    }

    private synchronized SessionCredentials sessionCredentials() {
        if (credentials == null) {
            credentials = credentialsSource.get();
        }
        return credentials;
    }

    /** Signs addresses in S3, with this session's credentials or others of its region; to be closed by the caller. */
    @NonNull
    public S3Presigner presigner(@NonNull AwsCredentialsProvider by) {
        return place.presigner(by);
    }

    /**
     * Whether an address in an answer may be read. The controller reaches what whoever writes a Jenkinsfile does not, such as its own
     * instance's metadata, and an answer is only AWS's if the endpoint is: so it has to be an address of Amazon S3 in the
     * session's partition, or of an endpoint that an administrator has named. None is followed from an endpoint that somebody
     * else has named.
     */
    public boolean follows(@NonNull String address) {
        return clients.follows(address, place);
    }

    /**
     * Reads, from its beginning, what is at an address in S3 that AWS has signed. The address is in nothing that is thrown, and
     * redirects are not followed. Blocks: to be run by a {@linkplain #call call}.
     *
     * @param most bytes that are read
     * @throws IllegalArgumentException if the address is not one that is {@linkplain #follows followed}
     */
    @NonNull
    public byte[] read(@NonNull String signedAddress, int most) {
        if (!follows(signedAddress)) {
            throw new IllegalArgumentException("The address is not one of Amazon S3");
        }
        return clients.read(signedAddress, most);
    }

    /** Lets go of credentials that are of no use, and of the clients made with them, unless another call has done so. */
    private synchronized void renew(SessionCredentials used) {
        if (credentials == used) {
            used.outdated();
            closeClients();
        }
    }

    /** Gives the session back. It is closed when nobody has asked for it for a while. */
    @Override
    public void close() {
        clients.release(this);
    }

    String key() {
        return key;
    }

    /** Counted under the lock of {@link AwsClients}. */
    int addHolders(int more) {
        holders += more;
        return holders;
    }

    /** How often it has become idle, this time included. Counted under the lock of {@link AwsClients}. */
    int countRelease() {
        return ++releases;
    }

    int releases() {
        return releases;
    }

    synchronized void closeClients() {
        open.values().forEach(SdkAutoCloseable::close);
        open.clear();
        if (credentials != null) {
            credentials.end();
        }
        credentials = null;
    }
}
