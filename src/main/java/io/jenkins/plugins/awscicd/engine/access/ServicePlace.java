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
        if (endpoint != null) {
            return at(builder, endpoint);
        }
        if (!addresses.own().isEmpty()) {
            String service;
            try (C asked = builder.build()) { // no builder says whose client it builds
                service = asked.serviceName();
            }
            URI own = own(service);
            if (own != null) {
                return at(builder, own);
            }
        }
        if (addresses.fips()) {
            builder.fipsEnabled(true);
        }
        if (addresses.dualStack()) {
            builder.dualstackEnabled(true);
        }
        return builder.build();
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C at(
            B builder, URI address) {
        builder.endpointOverride(address);
        if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
            s3.forcePathStyle(true); // the bucket's name cannot become part of a host that is given
        }
        return builder.build();
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
        if (address != null) {
            presigner
                    .endpointOverride(address)
                    .serviceConfiguration(S3Configuration.builder()
                            .pathStyleAccessEnabled(true)
                            .build());
            return presigner.build();
        }
        if (addresses.fips()) {
            presigner.fipsEnabled(true);
        }
        if (addresses.dualStack()) {
            presigner.dualstackEnabled(true);
        }
        return presigner.build();
    }
}
