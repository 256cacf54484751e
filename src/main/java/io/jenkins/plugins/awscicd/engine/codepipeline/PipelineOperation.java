package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is to be done with a pipeline. */
public enum PipelineOperation {
    START("start", "Started pipeline ", Set.of(), "variables", "sourceRevisions"),
    /** An execution that something else has started is followed. */
    WATCH("watch", "Watching pipeline ", Set.of(Names.EXECUTION)),
    /** The failed stage of one is tried again under the same id, and it is followed. */
    RETRY("retry", "Retrying pipeline ", Set.of(Names.EXECUTION), "retryMode"),
    /** A stage is brought back to what an execution had there, by an execution of its own. */
    ROLLBACK("rollback", "Rolling back pipeline ", Set.of(Names.EXECUTION, Names.STAGE), Names.STAGE),
    /** An execution goes on where a condition of a stage has stopped it. */
    OVERRIDE(
            "override",
            "Overriding a condition of pipeline ",
            Set.of(Names.EXECUTION, Names.STAGE, Names.CONDITION),
            Names.STAGE,
            Names.CONDITION),
    STOP("stop", "Stopping pipeline ", Set.of(Names.EXECUTION), "reason", "abandon"),
    ENABLE_TRANSITION("enableTransition", "", Set.of(Names.STAGE)),
    DISABLE_TRANSITION("disableTransition", "", Set.of(Names.STAGE, Names.REASON), Names.REASON);

    /** Of arguments; constants of the enum itself would come after its values. */
    interface Names {
        String EXECUTION = "execution";
        String STAGE = "pipelineStage";
        String CONDITION = "condition";
        String REASON = "reason";
    }

    private final String word;
    private final String opening;
    private final Set<String> wanted;
    private final Set<String> useful;

    PipelineOperation(String word, String opening, Set<String> wanted, String... useful) {
        this.word = word;
        this.opening = opening;
        this.wanted = wanted;
        this.useful = Set.of(useful);
    }

    /** As it is written in a Jenkinsfile. */
    @NonNull
    public String word() {
        return word;
    }

    /** What may be written in a Jenkinsfile. */
    @NonNull
    public static List<String> words() {
        return Arrays.stream(values()).map(PipelineOperation::word).toList();
    }

    @NonNull
    static PipelineOperation of(@NonNull String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElse(START);
    }

    /** With which the console begins to tell of the execution. */
    @NonNull
    String opening() {
        return opening;
    }

    /** The arguments that it does not do without. */
    @NonNull
    Set<String> wanted() {
        return new TreeSet<>(wanted);
    }

    /** Whether an argument means anything with it. */
    boolean uses(@NonNull String argument) {
        boolean ofFollowing = Set.of("timeoutMinutes", "follow").contains(argument) && follows();
        boolean ofGoingOn = Set.of("retry", "approvals").contains(argument) && follows() && this != STOP;
        return Set.of("pipeline", "operation").contains(argument)
                || wanted.contains(argument)
                || useful.contains(argument)
                || ofFollowing
                || ofGoingOn;
    }

    /** Whether there is an execution to be followed to its end. */
    public boolean follows() {
        return this != ENABLE_TRANSITION && this != DISABLE_TRANSITION;
    }

    /** Whether it lets something go live. */
    public boolean deploys() {
        return this == START || this == RETRY || this == ROLLBACK || this == OVERRIDE;
    }

    /** Whether it keeps something from going live. */
    public boolean ends() {
        return this == STOP || this == DISABLE_TRANSITION;
    }

    /** Whether the execution goes on whatever becomes of the step. */
    public boolean leaves() {
        return this == WATCH || this == STOP;
    }
}
