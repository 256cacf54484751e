package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import io.jenkins.plugins.awscicd.localaws.Place;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Fn::GetAtt gives of resources that there is nothing of here. */
public final class Attributes {

    /** Types all of whose attributes are known here. */
    private static final Set<String> CLOSED = Set.of(
            "AWS::S3::Bucket",
            "AWS::SNS::Topic",
            "AWS::IAM::Role",
            "AWS::CodeBuild::Project",
            "AWS::CloudFormation::Stack");

    /** Attributes that are lists. */
    private static final Map<String, List<String>> LISTS = Map.of(
            "Ipv6CidrBlocks", List.of("2001:db8:1234:1a00::/56"),
            "CidrBlockAssociations", List.of("vpc-cidr-assoc-0a1b2c3d"),
            "NameServers", List.of("ns-1.awsdns-01.com", "ns-2.awsdns-02.net"),
            "DnsEntries", List.of("Z1HUB23UULQXV:vpce-0a1b2c3d.amazonaws.com"),
            "NetworkInterfaceIds", List.of("eni-0a1b2c3d4e5f60718"));

    private Attributes() {}

    /** Of an attribute that is a list; empty if it is none. */
    public static Optional<List<String>> list(String attribute) {
        return Optional.ofNullable(LISTS.get(attribute));
    }

    /** Empty if resources of this type have no such attribute. */
    public static Optional<String> madeUp(Place place, String type, String physicalId, String attribute) {
        if (CLOSED.contains(type)) {
            return Optional.empty();
        }
        String[] parts = type.split("::");
        String service = parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT) : "custom";
        if (attribute.endsWith("Arn")) {
            return Optional.of(physicalId.startsWith("arn:") ? physicalId : place.arn(service, physicalId));
        }
        if (attribute.endsWith("DNSName") || attribute.endsWith("DnsName") || attribute.endsWith("Endpoint.Address")) {
            String label = physicalId.replaceAll("[^A-Za-z0-9-]", "-").toLowerCase(Locale.ROOT);
            return Optional.of(label + "." + place.region() + "." + service + ".amazonaws.com");
        }
        if (attribute.endsWith("Ip") || attribute.endsWith("IP")) {
            return Optional.of("10.0." + (physicalId.hashCode() >> 8 & 255) + "." + (physicalId.hashCode() & 255));
        }
        return Optional.of(attribute.endsWith("Id") ? physicalId : physicalId + "." + attribute);
    }
}
