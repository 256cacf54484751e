package io.jenkins.plugins.awscicd.rehearsal.stage;

import java.util.List;
import java.util.Optional;

/**
 * What a Configuration as Code file says of the plugin.
 *
 * @param region of steps that do not say otherwise; null if the file does not say
 * @param stages in the order in which is delivered
 */
public record Configuration(String region, List<Stage> stages) {

    /** Without a file. */
    public static final Configuration NONE = new Configuration(null, List.of());

    public Configuration {
        stages = List.copyOf(stages);
    }

    public Optional<Stage> find(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /** What is wrong with a name that no stage has. */
    public String unknown(String name) {
        return stages.isEmpty()
                ? "stage: there is no stage '" + name
                        + "', because none is configured; name the Configuration as"
                        + " Code file that has it with --stages FILE"
                : "stage: there is no stage '" + name + "'; there are "
                        + String.join(", ", stages.stream().map(Stage::name).toList());
    }
}
