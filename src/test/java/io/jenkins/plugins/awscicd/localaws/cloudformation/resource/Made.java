package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import java.util.Map;

/**
 * A physical resource.
 *
 * @param physicalId what Ref gives
 * @param attributes what Fn::GetAtt gives
 */
public record Made(String physicalId, Map<String, String> attributes) {

    public static Made of(String physicalId) {
        return new Made(physicalId, Map.of());
    }
}
