package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.util.Comparator;
import java.util.List;

/** How an environment and its instances are ("Enhanced health reporting" in the developer guide). */
record EnvironmentHealth(Environment environment) {

    Health health() {
        return health(environment.shownStatus());
    }

    /** @param status that is told with it */
    Health health(EnvironmentStatus status) {
        return switch (status) {
            case LAUNCHING -> Health.of(HealthStatus.PENDING);
            case TERMINATING, TERMINATED -> Health.of(HealthStatus.UNKNOWN);
            case UPDATING, ABORTING -> updating();
            case READY -> environment.settling() ? stale(List.of()) : ready();
        };
    }

    /** Basic health begins its checks anew; enhanced health is of some seconds ago. */
    private Health stale(List<String> causes) {
        boolean grey = !environment.enhanced() || environment.has(Dialect.HEALTH_GREY);
        return environment.enhanced() && environment.has(Dialect.HEALTH_ALARMED)
                ? new Health(HealthStatus.DEGRADED, "Red", causes)
                : new Health(HealthStatus.INFO, grey ? "Grey" : "Green", causes);
    }

    private Health updating() {
        int all = environment.allInstances().size();
        long busy =
                environment.allInstances().stream().filter(Instance::inProgress).count();
        List<String> causes = busy == 0
                ? List.of()
                : List.of("Application update in progress on " + busy + " out of " + all + " instances.");
        // New instances do not put the old ones out of service.
        return environment.course() instanceof Replacement
                ? new Health(HealthStatus.INFO, "Green", causes)
                : stale(causes);
    }

    private Health ready() {
        List<Instance> instances = environment.instances();
        long wrong = instances.stream().filter(this::wrong).count();
        if (wrong > 0) {
            String where = wrong == instances.size()
                    ? "all instances."
                    : wrong + " out of " + instances.size() + " instances.";
            return Health.of(
                    HealthStatus.DEGRADED, "Incorrect application version found on " + where + " " + expected());
        }
        return instances.stream()
                .map(this::healthOf)
                .max(Comparator.comparing(Health::status))
                .orElse(Health.of(HealthStatus.NO_DATA, "There are no instances."));
    }

    private boolean wrong(Instance instance) {
        return instance.failed() || !environment.versionLabel().equals(instance.versionLabel());
    }

    private String expected() {
        long deployment = environment.instances().stream()
                .filter(instance -> !wrong(instance))
                .mapToLong(Instance::deploymentId)
                .max()
                .orElse(Math.max(1, environment.deploymentId() - 1));
        return "Expected version \"" + environment.versionLabel() + "\" (deployment " + deployment + ").";
    }

    Health healthOf(Instance instance) {
        if (instance.inProgress()) {
            return Health.of(HealthStatus.INFO, "Application update in progress.");
        }
        if (environment.shownStatus() == EnvironmentStatus.READY && wrong(instance)) {
            return Health.of(
                    HealthStatus.DEGRADED,
                    "Incorrect application version \"" + instance.versionLabel() + "\" (deployment "
                            + instance.deploymentId() + "). " + expected());
        }
        return environment.work().health(instance, instance.versionLabel());
    }
}
