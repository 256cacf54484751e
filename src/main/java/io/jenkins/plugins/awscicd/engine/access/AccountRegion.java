package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
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

    private static final String SERVICES =
            "(?:codedeploy|elasticbeanstalk|codebuild|codepipeline|cloudformation|sts)(?:-fips)?";
    private static final Pattern SERVICE = Pattern.compile(SERVICES);
    private static final Pattern VPC_ENDPOINT = Pattern.compile("vpce-[0-9a-z-]+\\." + SERVICES);

    static AccountRegion of(String account, Region region, @CheckForNull URI endpoint) {
        return new AccountRegion(
                account, region.id(), endpoint == null || isOfAws(region, endpoint) ? null : endpoint.getAuthority());
    }

    /**
     * Whether it is an address of the services themselves, or of their endpoints in a VPC. Gateways, balancers, buckets, instances and what
     * somebody offers by PrivateLink have names below the same suffixes, and anybody may have those.
     */
    private static boolean isOfAws(Region region, URI endpoint) {
        PartitionMetadata partition = PartitionMetadata.of(region);
        PartitionEndpointKey dualStack =
                PartitionEndpointKey.builder().tags(EndpointTag.DUALSTACK).build();
        return "https".equalsIgnoreCase(endpoint.getScheme())
                && (endpoint.getPort() == -1 || endpoint.getPort() == 443)
                && endpoint.getRawUserInfo() == null
                && (isService(endpoint, region, partition.dnsSuffix())
                        || isService(endpoint, region, partition.dnsSuffix(dualStack)));
    }

    private static boolean isService(URI endpoint, Region region, @CheckForNull String suffix) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        String plain = '.' + region.id() + '.' + suffix;
        String ofVpc = '.' + region.id() + ".vpce." + suffix;
        return suffix != null
                && (host.endsWith(plain) && SERVICE.matcher(cut(host, plain)).matches()
                        || host.endsWith(ofVpc)
                                && VPC_ENDPOINT.matcher(cut(host, ofVpc)).matches());
    }

    private static String cut(String host, String end) {
        return host.substring(0, host.length() - end.length());
    }
}
