package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.option.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with what is to be done with a stack, as far as it can be said without AWS.
 *
 * @param given the arguments of the request
 */
record StackProblems(@NonNull StackRequest request, @NonNull Given given) {

    /** What each aim is asked for with. */
    private static final Map<Aim, String> BY = Map.of(
            Aim.EXECUTE, "changeSet",
            Aim.DELETE, "delete",
            Aim.CONTINUE_ROLLBACK, "continueRollback",
            Aim.VALIDATE, "validate",
            Aim.DRIFT, "driftOnly");

    private static final List<String> OF_ALL = List.of("stack", "timeoutMinutes");

    private static final List<String> OF_UPLOAD = List.of("bucket", "keyPrefix", "kmsKey");

    /** What is of use with each aim, besides what is of use with all. */
    private static final Map<Aim, List<String>> USEFUL = Map.of(
            Aim.EXECUTE,
                    List.of("changeSet", "approve", "onFailure", "whenBusy", "terminationProtection", "stackPolicy"),
            Aim.DELETE, List.of("delete", "retain", "roleArn", "whenBusy"),
            Aim.CONTINUE_ROLLBACK, List.of("continueRollback", "roleArn", "whenBusy"),
            Aim.VALIDATE, List.of("validate", "template", "bucket", "keyPrefix", "kmsKey", "capabilities"),
            Aim.DRIFT, List.of("driftOnly"));

    @NonNull
    List<String> all() {
        List<String> problems = new ArrayList<>(StackOptions.ALL.problems(given.all()));
        Aim aim = request.aim();
        if (!given.has("stack") && (aim != Aim.VALIDATE || "previous".equals(given.text("template")))) {
            problems.add("stack: name the stack, such as stack: 'web-fleet'");
        }
        String by = BY.get(aim);
        if (by != null) {
            for (String name : given.all().keySet()) {
                if (!OF_ALL.contains(name)
                        && !USEFUL.get(aim).contains(name)
                        && StackRequest.names().contains(name)) {
                    problems.add(name + ": not used with " + by + "; leave one of them out");
                }
            }
        }
        boolean templated = aim == Aim.DEPLOY || aim == Aim.VALIDATE;
        if (templated && !given.has("template")) {
            problems.add(
                    "template: name the template, such as template: 'infra/fleet.yaml', 's3://bucket/key' or 'previous'");
        }
        if (aim == Aim.EXECUTE && request.onFailure().equals("delete")) {
            problems.add(
                    "onFailure: 'delete' is part of a change set;" + " set it in the step that creates the change set");
        }
        if (aim == Aim.DEPLOY) {
            deployProblems(problems);
        }
        if (templated && problems.isEmpty()) {
            Template template = request.template();
            for (String name : OF_UPLOAD) {
                if (given.has(name) && (template == null || template.file() == null)) {
                    problems.add(name + ": only used for a template in the workspace; leave it out");
                }
            }
            if ((given.has("keyPrefix") || given.has("kmsKey")) && !given.has("bucket")) {
                problems.add("bucket: name the S3 bucket to upload the template to");
            }
        }
        return problems;
    }

    private void deployProblems(List<String> problems) {
        for (String name : List.of("retain")) {
            if (given.has(name)) {
                problems.add(name + ": only used with delete: true; add that, or leave it out");
            }
        }
        if (!request.executes()) {
            if (request.onFailure().equals("keep")) {
                problems.add("onFailure: 'keep' applies when a change set is executed;"
                        + " set it in the step that executes it");
            }
            if (request.flag("approve")) {
                problems.add("approve: asks before the change set is executed, and execute: false executes none;"
                        + " leave one of them out");
            }
            if (request.flag("recreateFailed")) {
                problems.add("recreateFailed: deletes the stack, but execute: false must not change anything;"
                        + " leave one of them out");
            }
            for (String name : List.of("terminationProtection", "stackPolicy")) {
                if (given.has(name)) {
                    problems.add(
                            name + ": only used when the change set is executed; set it in the step that executes it");
                }
            }
        }
        if (request.flag("approve") && request.flag("recreateFailed")) {
            problems.add(
                    "recreateFailed: it deletes the stack before there is a change set that approve could ask about;"
                            + " leave one of them out");
        }
        for (String name : List.of("resourcesToImport", "revertDrift")) {
            boolean asked = name.equals("revertDrift") ? request.flag(name) : given.has(name);
            if (asked && request.flag("includeNestedStacks")) {
                problems.add("includeNestedStacks: AWS does not accept it with " + name + "; leave it out");
            }
        }
        if (given.has("resourcesToImport") && request.flag("importExistingResources")) {
            problems.add("importExistingResources: cannot be combined with resourcesToImport; leave one of them out");
        }
    }
}
