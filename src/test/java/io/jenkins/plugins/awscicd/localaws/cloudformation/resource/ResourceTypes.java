package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of resources that are known here, and what a change of their properties needs ("Update requires" in the template
 * reference). Of a type that is not known, a change of its name needs another resource, and no other does.
 */
public final class ResourceTypes {

    private final Map<String, ResourceType> types = new HashMap<>();

    public ResourceTypes() {
        known("AWS::EC2::VPC", "CidrBlock", "Ipv4IpamPoolId");
        known("AWS::EC2::Subnet", "AvailabilityZone", "CidrBlock", "VpcId");
        known("AWS::EC2::SecurityGroup", "GroupDescription", "GroupName", "VpcId");
        known("AWS::EC2::RouteTable", "VpcId");
        known("AWS::ElasticLoadBalancingV2::LoadBalancer", "Name", "Scheme", "Type");
        known("AWS::ElasticLoadBalancingV2::TargetGroup", "Name", "Port", "Protocol", "VpcId", "TargetType");
        known("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn");
        known(
                "AWS::AutoScaling::LaunchConfiguration",
                "ImageId",
                "InstanceType",
                "KeyName",
                "SecurityGroups",
                "UserData");
        known("AWS::IAM::InstanceProfile", "InstanceProfileName", "Path");
        known("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "Path", "Description");
        known("AWS::SQS::Queue", "QueueName", "FifoQueue");
        known("AWS::SSM::Parameter", "Name");
        known("AWS::DynamoDB::Table", "TableName", "KeySchema", "LocalSecondaryIndexes");
        types.put("AWS::EC2::LaunchTemplate", new LaunchTemplateType());
        types.put(
                "AWS::RDS::DBInstance",
                new MadeUp(
                        List.of("DBInstanceIdentifier", "DBName", "KmsKeyId", "MasterUsername", "StorageEncrypted"),
                        List.of("Engine", "AutoMinorVersionUpgrade")));
    }

    private void known(String type, String... replacing) {
        types.put(type, new MadeUp(List.of(replacing), List.of()));
    }

    public ResourceTypes put(String type, ResourceType made) {
        types.put(type, made);
        return this;
    }

    public ResourceType of(String type) {
        ResourceType known = types.get(type);
        if (known != null) {
            return known;
        }
        String last = type.substring(type.lastIndexOf(':') + 1);
        return new MadeUp(List.of(last + "Name", "Name"), List.of());
    }
}
