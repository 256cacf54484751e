package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.ArrayList;
import java.util.List;

/** AWS::AutoScaling::AutoScalingGroup. */
final class AutoScalingGroupType extends Real {

    private final Fleets fleets;

    AutoScalingGroupType(Fleets fleets) {
        super("AutoScalingGroupName", "InstanceId");
        this.fleets = fleets;
    }

    @Override
    public Made create(ResourceRequest request) {
        String name = request.name("AutoScalingGroupName", 255);
        scale(request, name);
        return Made.of(name);
    }

    /** As many instances as are desired: those that there are, then new ones. */
    private void scale(ResourceRequest request, String name) {
        int least = request.properties().path("MinSize").asInt(1);
        int wanted = request.properties().path("DesiredCapacity").asInt(least);
        List<String> instances = new ArrayList<>(fleets.group(name));
        while (instances.size() > wanted) {
            fleets.remove(instances.remove(instances.size() - 1));
        }
        while (instances.size() < wanted) {
            instances.add("i-" + request.chance().text("0123456789abcdef", 17));
        }
        instances.forEach(id -> fleets.add(id, Fleets.tags(request.properties().path("Tags"))));
        fleets.group(name, instances);
    }

    @Override
    public Made update(ResourceRequest request) {
        scale(request, request.physicalId());
        fleets.changed();
        return Made.of(request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        fleets.removeGroup(request.physicalId());
    }
}
