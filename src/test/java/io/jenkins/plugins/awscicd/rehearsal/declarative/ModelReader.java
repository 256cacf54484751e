package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Parameters;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a {@code pipeline} block; nothing runs before all of it is read. */
final class ModelReader {

    private static final List<String> OPTIONS = List.of(
            "skipStagesAfterUnstable",
            "parallelsAlwaysFailFast",
            "timestamps",
            "ansiColor",
            "skipDefaultCheckout",
            "disableConcurrentBuilds",
            "disableResume",
            "buildDiscarder",
            "durabilityHint",
            "preserveStashes",
            "quietPeriod",
            "checkoutToSubdirectory",
            "newContainerPerStage",
            "overrideIndexTriggers",
            "rateLimitBuilds",
            "lock",
            "gitLabConnection",
            "githubProjectProperty",
            "copyArtifactPermission",
            "disableRestartFromStage");

    /** Steps that do something here, around what they are options of. */
    static final List<String> WRAPPERS = List.of("withAWS", "withCredentials", "withEnv");

    private static final List<String> PARAMETERS =
            List.of("string", "text", "booleanParam", "choice", "password", "credentials", "file", "run");

    private final Scope scope;

    ModelReader(Scope scope) {
        this.scope = scope;
    }

    StageModel pipeline(Closure<?> closure) {
        StageModel model = new StageModel(null);
        common("pipeline", model)
                .onBlock("parameters", this::parameters)
                .on(List.of("triggers", "libraries"), call -> leaveOut(call.name()))
                .read(closure);
        if (model.stages == null) {
            throw new StepFailure("The pipeline has no stages");
        }
        if (!model.agent) {
            throw new StepFailure("The pipeline has no agent; add one, such as agent any");
        }
        return model;
    }

    private StageModel stage(StepCall call) {
        StageModel model = new StageModel(call.required("name"));
        common("stage", model)
                .onBlock("steps", it -> model.steps = it)
                .onBlock("parallel", it -> model.parallel = stages("parallel", it))
                .onBlock("when", it -> model.when = it)
                .on("input", List.of("message"), it -> model.input = it.closure() != null ? it.closure() : message(it))
                .on("failFast", List.of("value"), it -> model.failFast = it.flag("value"))
                .onBlock("matrix", it -> model.parallel = cells(it))
                .read(call.closure());
        long bodies = Stream.of(model.steps != null, model.stages != null, model.parallel != null)
                .filter(it -> it)
                .count();
        if (bodies != 1) {
            throw new StepFailure("A " + model + " must have one of steps, stages, parallel and matrix");
        }
        return model;
    }

    /** A matrix is read once for each of its cells, which run as parallel branches do. */
    private List<StageModel> cells(Closure<?> closure) {
        Matrix matrix = new Matrix(scope);
        matrix(new StageModel("matrix"), matrix, closure);
        List<StageModel> cells = new ArrayList<>();
        for (Map<String, String> values : matrix.cells()) {
            StageModel cell = new StageModel(Matrix.name(values));
            cell.axes.putAll(values);
            scope.delivery().env().with(values, () -> {
                matrix(cell, new Matrix(scope), closure);
                return null;
            });
            if (cell.stages == null) {
                throw new StepFailure("A matrix must have stages");
            }
            cells.add(cell);
        }
        return cells;
    }

    private void matrix(StageModel cell, Matrix matrix, Closure<?> closure) {
        common("matrix", cell)
                .onBlock("axes", matrix::axes)
                .onBlock("excludes", matrix::excludes)
                .onBlock("when", it -> cell.when = it)
                .on("input", List.of("message"), it -> cell.input = it.closure() != null ? it.closure() : message(it))
                .read(closure);
    }

    /** {@code input 'Deploy?'} as a block. */
    private static Closure<?> message(StepCall call) {
        return new Closure<Object>(ModelReader.class) {
            @Override
            public Object call(Object... ignored) {
                ((Block) getDelegate()).invokeMethod("message", new Object[] {call.required("message")});
                return null;
            }
        };
    }

    private Block common(String name, StageModel model) {
        return new Block(name, scope)
                .on("agent", List.of("agent"), call -> model.agent = agent(call))
                .onBlock("environment", it -> model.environment = it)
                .onBlock(
                        "options",
                        it -> new Block("options", scope)
                                .on("retry", List.of("count", "conditions"), model.options::add)
                                .on("timeout", List.of("time", "unit", "activity"), model.options::add)
                                .on("withAWS", StepCall.ANY, model.options::add)
                                .on("withCredentials", StepCall.any("bindings"), model.options::add)
                                .on("withEnv", StepCall.any("overrides"), model.options::add)
                                .on(OPTIONS, model.options::add)
                                .read(it))
                .onBlock("stages", it -> model.stages = stages("stages", it))
                .onBlock(
                        "post",
                        it -> new Block("post", scope)
                                .on(
                                        PostCondition.names(),
                                        condition -> model.post.put(condition.name(), condition.closure()))
                                .read(it))
                .on("tools", List.of(), call -> leaveOut("tools"));
    }

    private List<StageModel> stages(String name, Closure<?> closure) {
        List<StageModel> stages = new ArrayList<>();
        new Block(name, scope)
                .on("stage", List.of("name"), call -> {
                    if (call.closure() == null) {
                        throw new StepFailure("Stage '" + call.required("name") + "' has no block");
                    }
                    stages.add(stage(call));
                })
                .read(closure);
        return stages;
    }

    private boolean agent(StepCall call) {
        if (call.closure() != null) {
            new Block("agent", scope)
                    .leniently()
                    .onOthers(kind -> leaveOut("agent " + kind))
                    .on(List.of("label", "node", "any", "none"), it -> {})
                    .on(
                            List.of("docker", "dockerfile", "kubernetes"),
                            it -> scope.delivery()
                                    .console()
                                    .note("There is no " + it.name()
                                            + " agent in a rehearsal: sh runs on this machine"))
                    .read(call.closure());
        }
        return true;
    }

    private void parameters(Closure<?> closure) {
        new Block("parameters", scope)
                .on(
                        PARAMETERS,
                        call -> new Parameters(scope.delivery()).define(new Described(call.name(), call.arguments())))
                .read(closure);
    }

    private void leaveOut(String directive) {
        scope.delivery()
                .console()
                .note("The pipeline's " + directive + (directive.contains(" ") ? " is" : " are")
                        + " left out in a rehearsal");
    }
}
