package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import io.jenkins.plugins.awscicd.rehearsal.stage.Memory;
import io.jenkins.plugins.awscicd.rehearsal.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stage that a step names, or none: what the step takes from it, and what guards it. */
final class StepStage {

    private final Admission admission;
    private final Stage stage;
    private final String problem;

    private StepStage(Admission admission, Stage stage, String problem) {
        this.admission = admission;
        this.stage = stage;
        this.problem = problem;
    }

    /** Takes the argument {@code stage} out of a step's. */
    static StepStage takenFrom(Map<String, Object> arguments, Admission admission) {
        Object given = arguments.remove("stage");
        String name = given == null ? "" : given.toString().strip();
        if (name.isEmpty()) {
            return new StepStage(admission, null, null);
        }
        Stage known = admission.configuration().find(name).orElse(null);
        return new StepStage(
                admission, known, known == null ? admission.configuration().unknown(name) : null);
    }

    /** The stage's name; null for none. */
    String name() {
        return stage == null ? null : stage.name();
    }

    /** Whose approvals it takes; null if it takes none. */
    ApprovalPolicy policy() {
        return stage == null || stage.guards() == null ? null : stage.guards().policy();
    }

    /** Fills an argument that the step leaves open with the stage's default. */
    void fill(Map<String, Object> arguments, String argument, String what) {
        String value = stage == null ? null : stage.defaultOf(what);
        if (value != null && arguments.get(argument) == null) {
            arguments.put(argument, value);
        }
    }

    /**
     * What is wrong with it: there is none of that name, or it is guarded and says itself who steps are to AWS.
     *
     * @param own the access that the step itself names
     */
    List<String> problems(AwsAccess own) {
        List<String> problems = new ArrayList<>();
        if (problem != null) {
            problems.add(problem);
        }
        if (stage != null && stage.isGuarded()) {
            check(problems, "region", own.region());
            check(problems, "credentialsId", own.credentialsId());
            check(problems, "role", own.role());
            check(problems, "externalId", own.externalId());
            check(problems, "endpoint", own.endpoint());
        }
        return problems;
    }

    private void check(List<String> problems, String name, String value) {
        if (value != null) {
            problems.add(name + ": cannot be combined with stage: '" + stage.name()
                    + "', which is guarded and sets its own access to AWS; leave " + name + " out");
        }
    }

    /** The step's access with what it leaves open taken from the stage. */
    AwsAccess access(AwsAccess own) {
        return stage == null ? own : own.orElse(stage.access());
    }

    /** Fails unless the step may begin to deploy. */
    void admitBeginning(List<Target> targets, boolean hours) {
        admit(() -> admission.begin(stage, targets, hours));
    }

    /** Fails unless the step may build. */
    void admitBuild() {
        admit(() -> admission.build(stage));
    }

    private static void admit(Runnable question) {
        try {
            question.run();
        } catch (Refused e) {
            throw new StepFailure(e.getMessage(), e);
        }
    }

    Target target(Target.Service service, AwsAccess own, String application, String name) {
        AwsAccess whole = access(own).orElse(admission.access(null));
        return new Target(service, whole.region(), Target.account(whole), application, name);
    }

    /** Asked immediately before anything is deployed. */
    Gate gate(Target.Service service, AwsAccess own) {
        return (application, target, revision) ->
                admission.deploy(stage, target(service, own, application, target), revision);
    }

    /**
     * Keeps what was deployed.
     *
     * @param cause why it failed; null if it did not
     */
    void deployed(Target target, String revision, String cause) {
        admission.memory().add(new Memory.Deployed(name(), target, revision, cause, Instant.now()));
    }
}
