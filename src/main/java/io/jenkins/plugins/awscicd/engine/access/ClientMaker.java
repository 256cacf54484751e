package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * A transport that makes clients with the interfaces of the SDK's, where AWS is in the same process: those need no text, no signature and no
 * connection. The SDK's own use it for all services that it makes no clients of.
 */
public interface ClientMaker extends SdkHttpClient {

    /**
     * Makes a client of one session.
     *
     * @param type the SDK's interface
     * @param region that is called
     * @param credentials who calls
     * @param dated to be told the date of each answer
     * @return null if the SDK's own is to be used
     */
    @CheckForNull
    <C extends SdkClient> C make(
            @NonNull Class<C> type,
            @NonNull Region region,
            @NonNull AwsCredentialsProvider credentials,
            @NonNull Consumer<Instant> dated);

    /** A client of a transport that makes some; null if it makes none, or not this one. */
    @CheckForNull
    static <C extends SdkClient> C make(
            @NonNull SdkHttpClient transport,
            @NonNull Class<C> type,
            @NonNull Region region,
            @NonNull AwsCredentialsProvider credentials,
            @NonNull Consumer<Instant> dated) {
        return transport instanceof ClientMaker maker ? maker.make(type, region, credentials, dated) : null;
    }
}
