package io.jenkins.plugins.awscicd.localaws.codepipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Simulation;
import io.jenkins.plugins.awscicd.localaws.codepipeline.action.Works;

/** What a stage's conditions make of it: the first one of which a rule fails says. */
final class Conditions {

    private final Works works;

    Conditions(Works works) {
        this.works = works;
    }

    /**
     * @param kind {@code beforeEntry} or {@code onSuccess}
     * @return {@code FAIL}, {@code SKIP} or {@code ROLLBACK}; {@code null} if the execution may go on
     */
    String judge(Execution execution, ObjectNode stage, String kind) {
        if (execution.overridden.contains(stage.path("name").asText() + " " + kind)) {
            return null;
        }
        Simulation simulation = works.simulation(execution.pipeline.name());
        for (JsonNode condition : stage.path(kind).path("conditions")) {
            for (JsonNode rule : condition.path("rules")) {
                if (simulation.fails(rule.path("name").asText())) {
                    return condition.path("result").asText("FAIL");
                }
            }
        }
        return null;
    }
}
