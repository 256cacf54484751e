package io.jenkins.plugins.awscicd.rehearsal.stage;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.stage.StageTargets;
import java.util.List;
import java.util.Map;

/**
 * A stage as the configuration has it.
 *
 * @param access who steps are to AWS in it, as far as it says
 * @param defaults what steps build and deploy unless they say otherwise, by the names that the configuration has for it
 * @param guards null for a stage that anything may be deployed to
 */
public record Stage(String name, AwsAccess access, Map<String, String> defaults, Guards guards) {

    public Stage {
        defaults = Map.copyOf(defaults);
    }

    /** A default; null for none. */
    public String defaultOf(String what) {
        return defaults.get(what);
    }

    public boolean isGuarded() {
        return guards != null;
    }

    /** @param whole the stage's access with what it leaves open */
    StageTargets targets(AwsAccess whole) {
        return new StageTargets(
                whole,
                defaults.get("codeDeployApplication"),
                defaults.get("deploymentGroup"),
                defaults.get("beanstalkApplication"),
                defaults.get("environment"),
                guards == null || guards.targets() == null ? List.of() : List.of(guards.targets()));
    }
}
