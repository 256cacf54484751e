package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many instances of a deployment must be healthy all the time ("Working with deployment configurations in CodeDeploy").
 *
 * @param least instances that must have the revision, or still the one before
 * @param atOnce instances that may be deployed to at once; 0 when the deployment cannot begin
 */
record HealthyHosts(int least, int atOnce) {

    /** @param config a DeploymentConfigInfo */
    static HealthyHosts of(JsonNode config, int instances) {
        switch (config.path("deploymentConfigName").asText()) {
            case Configs.ONE_AT_A_TIME -> {
                // All but the last: should that one fail, the deployment has succeeded all the same.
                return new HealthyHosts(Math.max(1, instances - 1), 1);
            }
            case Configs.HALF_AT_A_TIME -> {
                return new HealthyHosts((instances + 1) / 2, Math.max(1, instances / 2));
            }
            default -> {
                JsonNode minimum = config.path("minimumHealthyHosts");
                int value = minimum.path("value").asInt();
                int least =
                        minimum.path("type").asText().equals("FLEET_PERCENT") ? (instances * value + 99) / 100 : value;
                return new HealthyHosts(Math.max(1, least), Math.max(0, instances - least));
            }
        }
    }
}
