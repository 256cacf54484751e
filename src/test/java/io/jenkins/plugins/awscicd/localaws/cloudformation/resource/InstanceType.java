package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.List;

/** AWS::EC2::Instance. */
final class InstanceType extends Real {

    private final Fleets fleets;

    InstanceType(Fleets fleets) {
        super("ImageId", "SubnetId", "AvailabilityZone", "KeyName", "NetworkInterfaces", "PrivateIpAddress");
        this.fleets = fleets;
    }

    @Override
    public List<String> perhapsReplacing() {
        return List.of("InstanceType", "SecurityGroupIds", "SecurityGroups", "UserData");
    }

    @Override
    public Made create(ResourceRequest request) {
        String id = PhysicalIds.of(request);
        fleets.add(id, Fleets.tags(request.properties().path("Tags")));
        return Made.of(id);
    }

    @Override
    public Made update(ResourceRequest request) {
        fleets.add(request.physicalId(), Fleets.tags(request.properties().path("Tags")));
        return Made.of(request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        fleets.remove(request.physicalId());
    }
}
