package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Where a session's services are called.
 *
 * @param endpoint where all of them are, instead of at AWS's own addresses; null for those
 * @param addresses which of AWS's own, if that is null
 */
record ServicePlace(
        @NonNull Region region,
        @CheckForNull URI endpoint,
        @NonNull Addresses addresses) {

    /** A client that calls its service there, of a builder that has all else. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(B builder) {
        builder.region(region);
        URI address = endpoint;
        if (address == null && !addresses.own().isEmpty()) {
            try (C asked = builder.build()) { // no builder says whose client it builds
                address = own(asked.serviceName());
            }
        }
        if (address == null) {
            builder.fipsEnabled(ifSo(addresses.fips())).dualstackEnabled(ifSo(addresses.dualStack()));
        } else {
            builder.endpointOverride(address);
            if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
                s3.forcePathStyle(true); // the bucket's name cannot become part of a host that is given
            }
        }
        return builder.build();
    }

    /** What is not asked for is left to the SDK, which may have been told by others. */
    @CheckForNull
    private static Boolean ifSo(boolean asked) {
        return asked ? true : null;
    }

    @CheckForNull
    private URI own(String service) {
        String url = addresses.of(service, region.id());
        return url == null ? null : Endpoint.of(new AwsAccess(null, null, null, null, null, url));
    }

    /** Signs addresses in S3; to be closed by the caller. */
    S3Presigner presigner(@NonNull AwsCredentialsProvider by) {
        S3Presigner.Builder presigner = S3Presigner.builder().region(region).credentialsProvider(by);
        URI address = endpoint == null ? own("s3") : endpoint;
        if (address == null) {
            presigner.fipsEnabled(ifSo(addresses.fips())).dualstackEnabled(ifSo(addresses.dualStack()));
        } else {
            presigner
                    .endpointOverride(address)
                    .serviceConfiguration(S3Configuration.builder()
                            .pathStyleAccessEnabled(true)
                            .build());
        }
        return presigner.build();
    }
}
