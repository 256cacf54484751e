package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.GroovyObject;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.util.List;

/** {@code pipeline { … }}. */
public final class PipelineStep {

    private final Delivery delivery;
    private final Steps steps;

    public PipelineStep(Delivery delivery, Steps steps) {
        this.delivery = delivery;
        this.steps = steps;
    }

    public void add() {
        steps.add("pipeline", List.of(), this::run);
    }

    private Object run(StepCall call) {
        if (call.closure() == null) {
            throw new StepFailure("pipeline must be a block: pipeline { … }");
        }
        Scope scope = new Scope(delivery, steps, (GroovyObject) call.closure().getThisObject());
        new StageRunner(scope).pipeline(new ModelReader(scope).pipeline(call.closure()));
        return null;
    }
}
