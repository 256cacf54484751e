package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a stage says, or the pipeline as a whole, which is read as the stage around all others. */
final class StageModel {

    /** Null for the pipeline as a whole. */
    final String name;

    Closure<?> environment;
    Closure<?> when;
    Closure<?> input;
    Closure<?> steps;
    List<StageModel> stages;
    List<StageModel> parallel;
    boolean failFast;
    boolean agent;
    /** The values of a matrix' cell, by the names of its axes. */
    final Map<String, String> axes = new LinkedHashMap<>();

    final List<StepCall> options = new ArrayList<>();
    final Map<String, Closure<?>> post = new LinkedHashMap<>();

    StageModel(String name) {
        this.name = name;
    }

    boolean hasOption(String option) {
        return options.stream().anyMatch(it -> it.name().equals(option));
    }

    @Override
    public String toString() {
        return name == null ? "the pipeline" : "stage '" + name + "'";
    }
}
