package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The arguments that all steps which run something at AWS have in common.
 *
 * @param access who the step is to AWS
 * @param propagate whether the delivery fails with the job
 * @param onAbort what an abort does to the job: {@code stop}, {@code leave} or what the step knows beside them
 * @param problems what is wrong with them, a sentence each
 */
record JobArguments(AwsAccess access, boolean propagate, String onAbort, List<String> problems) {

    static final List<String> STOP_OR_LEAVE = List.of("stop", "leave");

    /**
     * Takes the common arguments out of a step's; the step's own are left.
     *
     * @param onAborts what the step knows to do, the default first
     */
    static JobArguments takenFrom(Map<String, Object> arguments, List<String> onAborts) {
        AwsAccess access = accessTakenFrom(arguments);
        for (String name : List.of("includes", "excludes")) {
            if (arguments.get(name) instanceof List<?> patterns) {
                arguments.put(name, patterns.stream().map(String::valueOf).collect(Collectors.joining(",")));
            }
        }
        String propagate = word(arguments, "propagate", "true").toLowerCase(Locale.ROOT);
        String onAbort = word(arguments, "onAbort", onAborts.get(0));
        List<String> problems = new ArrayList<>(access.problems());
        if (!List.of("true", "false").contains(propagate)) {
            problems.add("propagate: '" + propagate + "' is neither true nor false");
        }
        if (!onAborts.contains(onAbort)) {
            problems.add("onAbort: '" + onAbort + "' is not known; use one of " + String.join(", ", onAborts));
        }
        return new JobArguments(access, !propagate.equals("false"), onAbort, problems);
    }

    boolean leaves() {
        return onAbort.equals("leave");
    }

    /** Fails if anything is wrong with these, or with the step's own. */
    void check(String step, StepStage stage, List<String> ofStep) {
        List<String> all = new ArrayList<>(stage.problems(access));
        all.addAll(problems);
        all.addAll(ofStep);
        if (!all.isEmpty()) {
            throw new StepFailure(step + " " + String.join("\n" + step + " ", all));
        }
    }

    /** Takes who the step is to AWS out of its arguments. */
    static AwsAccess accessTakenFrom(Map<String, Object> arguments) {
        return new AwsAccess(
                text(arguments, "region"),
                text(arguments, "credentialsId"),
                text(arguments, "role"),
                text(arguments, "externalId"),
                text(arguments, "roleSessionName"),
                text(arguments, "endpoint"));
    }

    private static String text(Map<String, Object> arguments, String name) {
        Object value = arguments.remove(name);
        return value == null ? null : value.toString();
    }

    private static String word(Map<String, Object> arguments, String name, String otherwise) {
        String word = text(arguments, name);
        return word == null || word.isBlank() ? otherwise : word.strip();
    }
}
