package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.Map;

/** Physical ids in the shape that resources of a type have them. */
final class PhysicalIds {

    /** Types whose ids are made of a prefix and 17 digits. */
    private static final Map<String, String> EC2 = Map.ofEntries(
            Map.entry("AWS::EC2::VPC", "vpc-"),
            Map.entry("AWS::EC2::Subnet", "subnet-"),
            Map.entry("AWS::EC2::SecurityGroup", "sg-"),
            Map.entry("AWS::EC2::Instance", "i-"),
            Map.entry("AWS::EC2::InternetGateway", "igw-"),
            Map.entry("AWS::EC2::NatGateway", "nat-"),
            Map.entry("AWS::EC2::RouteTable", "rtb-"),
            Map.entry("AWS::EC2::Volume", "vol-"),
            Map.entry("AWS::EC2::LaunchTemplate", "lt-"),
            Map.entry("AWS::EC2::NetworkInterface", "eni-"));

    private PhysicalIds() {}

    static String of(ResourceRequest request) {
        String prefix = EC2.get(request.type());
        if (prefix != null) {
            return prefix + request.chance().text("0123456789abcdef", 17);
        }
        if (request.type().startsWith("AWS::ElasticLoadBalancingV2::")) {
            String kind = request.type().endsWith("LoadBalancer") ? "loadbalancer/app/" : "targetgroup/";
            String resource =
                    kind + request.name("Name", 32) + "/" + request.chance().text("0123456789abcdef", 16);
            return request.place().arn("elasticloadbalancing", resource);
        }
        if (request.type().equals("AWS::CloudFormation::WaitConditionHandle")) {
            return "https://cloudformation-waitcondition-" + request.place().region() + ".s3.amazonaws.com/"
                    + request.chance().uuid();
        }
        String last = request.type().substring(request.type().lastIndexOf(':') + 1);
        return request.text(last + "Name") != null ? request.text(last + "Name") : request.name("Name", 64);
    }
}
