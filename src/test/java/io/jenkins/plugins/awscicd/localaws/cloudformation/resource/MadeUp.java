package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.List;
import java.util.Map;

/** A type of which there is nothing here but a physical id. */
final class MadeUp implements ResourceType {

    private final List<String> replacing;
    private final List<String> perhaps;

    MadeUp(List<String> replacing, List<String> perhaps) {
        this.replacing = replacing;
        this.perhaps = perhaps;
    }

    @Override
    public Made create(ResourceRequest request) {
        return new Made(PhysicalIds.of(request), Map.of());
    }

    @Override
    public Made update(ResourceRequest request) {
        return Made.of(request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        // there is nothing
    }

    @Override
    public List<String> replacing() {
        return replacing;
    }

    @Override
    public List<String> perhapsReplacing() {
        return perhaps;
    }
}
