package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** AWS::EC2::LaunchTemplate. Of a template there are its versions: each change makes another one. */
final class LaunchTemplateType implements ResourceType {

    private static final String LATEST = "LatestVersionNumber";

    private final Map<String, Integer> versions = new HashMap<>();

    @Override
    public Made create(ResourceRequest request) {
        return made(PhysicalIds.of(request));
    }

    @Override
    public Made update(ResourceRequest request) {
        return made(request.physicalId());
    }

    private Made made(String id) {
        int latest = versions.merge(id, 1, Integer::sum);
        return new Made(
                id, Map.of(LATEST, Integer.toString(latest), "DefaultVersionNumber", "1", "LaunchTemplateId", id));
    }

    @Override
    public void delete(ResourceRequest request) {
        versions.remove(request.physicalId());
    }

    @Override
    public List<String> replacing() {
        return List.of("LaunchTemplateName");
    }

    @Override
    public List<String> moving() {
        return List.of(LATEST);
    }
}
