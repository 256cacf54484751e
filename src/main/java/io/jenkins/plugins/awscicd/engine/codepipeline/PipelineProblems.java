package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with the arguments of {@code codePipeline}, as far as it can be said without AWS. */
record PipelineProblems(@NonNull Given given, @NonNull PipelineOperation operation) {

    private static final Map<String, String> WANTED = Map.of(
            PipelineOperation.Names.EXECUTION, "name the execution by its id, or give the result of codePipeline",
            PipelineOperation.Names.STAGE, "name the stage of the pipeline, such as pipelineStage: 'Deploy'",
            PipelineOperation.Names.CONDITION, "say which one, BEFORE_ENTRY or ON_SUCCESS",
            PipelineOperation.Names.REASON, "say why, such as reason: 'No changes over the weekend'");

    private static final String REASON_TO_DISABLE = "[a-zA-Z0-9!@ ().*?-]{1,300}";
    private static final int LONGEST_REASON_TO_STOP = 200;

    /** A sentence each that begins with the argument's name and says what to do; empty if nothing is. */
    @NonNull
    List<String> all() {
        List<String> problems = new ArrayList<>(PipelineOptions.ALL.problems(given.all()));
        if (!given.has("pipeline")) {
            problems.add("pipeline: name the pipeline, such as pipeline: 'web'");
        }
        for (String name : given.all().keySet()) {
            if (PipelineOptions.ALL.names().contains(name) && !operation.uses(name)) {
                problems.add(name + ": means nothing with operation: '" + operation.word() + "'; leave it out"
                        + (operation == PipelineOperation.START ? ", or say which operation" : ""));
            }
        }
        for (String name : operation.wanted()) {
            if (!given.has(name)) {
                problems.add(name + ": operation: '" + operation.word() + "' needs it; " + WANTED.get(name));
            }
        }
        String reason = given.text(PipelineOperation.Names.REASON);
        if (reason != null && operation == PipelineOperation.DISABLE_TRANSITION && !reason.matches(REASON_TO_DISABLE)) {
            problems.add("reason: AWS takes up to 300 letters, digits, blanks and ! @ ( ) . * ? - here");
        } else if (reason != null && reason.length() > LONGEST_REASON_TO_STOP && operation == PipelineOperation.STOP) {
            problems.add("reason: has " + reason.length() + " characters; AWS takes up to " + LONGEST_REASON_TO_STOP);
        }
        return problems;
    }
}
