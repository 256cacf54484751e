package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The arguments that all steps which run something at AWS have in common.
 *
 * @param access who the step is to AWS
 * @param propagate whether the delivery fails with the job
 * @param stopOnAbort whether an abort stops the job
 * @param problems what is wrong with them, a sentence each
 */
record JobArguments(AwsAccess access, boolean propagate, boolean stopOnAbort, List<String> problems) {

    /** Takes the common arguments out of a step's; the step's own are left. */
    static JobArguments takenFrom(Map<String, Object> arguments) {
        AwsAccess access = new AwsAccess(
                text(arguments, "region"),
                text(arguments, "credentialsId"),
                text(arguments, "role"),
                text(arguments, "externalId"),
                text(arguments, "roleSessionName"),
                text(arguments, "endpoint"));
        String propagate = word(arguments, "propagate", "true");
        String onAbort = word(arguments, "onAbort", "stop");
        List<String> problems = new ArrayList<>(access.problems());
        if (!List.of("true", "false").contains(propagate)) {
            problems.add("propagate: '" + propagate + "' is neither true nor false");
        }
        if (!List.of("stop", "leave").contains(onAbort)) {
            problems.add("onAbort: '" + onAbort + "' is not known; use one of stop, leave");
        }
        return new JobArguments(access, !propagate.equals("false"), !onAbort.equals("leave"), problems);
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
