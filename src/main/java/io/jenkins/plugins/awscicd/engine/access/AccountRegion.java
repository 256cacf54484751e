package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.util.Locale;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionEndpointKey;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * An AWS account in one of its regions: where a name, such as a deployment group's, is one resource, whoever asks. A region is of
 * one partition only.
 *
 * @param account its number, twelve digits
 * @param region such as {@code eu-west-1}
 * @param elsewhere the endpoint, where that is none of AWS's own: account numbers are unique within AWS only
 */
public record AccountRegion(
        @NonNull String account,
        @NonNull String region,
        @CheckForNull String elsewhere) {

    static AccountRegion of(String account, Region region, @CheckForNull URI endpoint) {
        return new AccountRegion(
                account, region.id(), endpoint == null || isOfAws(region, endpoint) ? null : endpoint.getAuthority());
    }

    /** Endpoints of a VPC have AWS's names as well: their certificates are for no other. */
    private static boolean isOfAws(Region region, URI endpoint) {
        PartitionMetadata partition = PartitionMetadata.of(region);
        PartitionEndpointKey dualStack =
                PartitionEndpointKey.builder().tags(EndpointTag.DUALSTACK).build();
        return isBelow(partition.dnsSuffix(), endpoint) || isBelow(partition.dnsSuffix(dualStack), endpoint);
    }

    private static boolean isBelow(@CheckForNull String suffix, URI endpoint) {
        return suffix != null && endpoint.getHost().toLowerCase(Locale.ROOT).endsWith('.' + suffix);
    }
}
