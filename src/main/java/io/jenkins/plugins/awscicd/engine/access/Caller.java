package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Who a session is to AWS
 * (<a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>, which
 * needs no permission).
 */
public record Caller(@NonNull String account, @NonNull String arn) {

    static final String ACTION = "sts:GetCallerIdentity";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Asks AWS, once, as somebody waits for the answer. Fails with {@link AwsCallException}. */
    @NonNull
    public static CompletableFuture<Caller> of(@NonNull AwsSession session) {
        return of(session, Duration.ZERO);
    }

    /** @param patience how long the call is tried again when AWS does not answer */
    static CompletableFuture<Caller> of(AwsSession session, Duration patience) {
        return session.within(
                        LONGEST,
                        session.call(
                                ACTION,
                                patience,
                                RetryListener.NONE,
                                () -> session.client(StsClient.class, StsClient::builder)
                                        .getCallerIdentity()))
                .handle((identity, failure) -> {
                    if (failure != null) {
                        throw AwsCallException.of(ACTION, "region " + session.region(), failure);
                    }
                    return new Caller(identity.account(), identity.arn());
                });
    }
}
