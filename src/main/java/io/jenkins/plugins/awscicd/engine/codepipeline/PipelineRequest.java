package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.LiveOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codepipeline.model.SourceRevisionType;
import software.amazon.awssdk.services.codepipeline.model.StartPipelineExecutionRequest;

/** Which pipeline is to be started with what: the arguments of {@code codePipeline} by name, as far as they were given. */
public final class PipelineRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String PIPELINE = "pipeline";
    private static final String VARIABLES = "variables";
    private static final String REVISIONS = "sourceRevisions";
    /** Which revision that is, nobody knows before. */
    private static final String NEWEST = "the newest revision of each source";

    private static final String KEY = SourceRevisionType.S3_OBJECT_KEY.toString();
    /** What says which operation it is, and on what. */
    private static final List<String> OF_OPERATION = List.of(
            "operation",
            PipelineOperation.Names.EXECUTION,
            PipelineOperation.Names.STAGE,
            PipelineOperation.Names.CONDITION,
            "retryMode");

    private final Given given;

    /** @param arguments by name; as execution, a {@link PipelineResult} stands for its execution, and for its pipeline if none is given */
    public PipelineRequest(@NonNull Map<String, ?> arguments) {
        this(new Given(resolved(arguments)));
    }

    private static Map<String, Object> resolved(Map<String, ?> arguments) {
        Map<String, Object> resolved = new HashMap<>(arguments);
        if (resolved.get(PipelineOperation.Names.EXECUTION) instanceof PipelineResult earlier) {
            resolved.put(PipelineOperation.Names.EXECUTION, earlier.getId());
            resolved.putIfAbsent(PIPELINE, earlier.getPipeline());
        }
        return resolved;
    }

    private PipelineRequest(Given given) {
        this.given = given;
    }

    /** The names of all arguments. */
    @NonNull
    public static List<String> names() {
        return PipelineOptions.ALL.names();
    }

    /** What is wrong with the value of an argument by itself; null if nothing is, or there is none. */
    @CheckForNull
    public static String problemOf(@NonNull String name, @CheckForNull Object value) {
        return PipelineOptions.ALL.problem(name, value);
    }

    /** The pipeline's name; empty if it was not given. */
    @NonNull
    public String pipeline() {
        String name = given.text(PIPELINE);
        return name == null ? "" : name;
    }

    /** What is to be done. */
    @NonNull
    public PipelineOperation operation() {
        String word = given.text("operation");
        return word == null ? PipelineOperation.START : PipelineOperation.of(word);
    }

    /** The execution that something is to be done with, by its id; empty if none was given. */
    @NonNull
    String execution() {
        return text(PipelineOperation.Names.EXECUTION);
    }

    /** The stage that something is to be done with; empty if none was given. */
    @NonNull
    String stage() {
        return text(PipelineOperation.Names.STAGE);
    }

    /** A text argument; empty if it was not given. */
    @NonNull
    String text(@NonNull String name) {
        String text = given.text(name);
        return text == null ? "" : text;
    }

    /** Whether what runs is abandoned by an operation that stops an execution. */
    boolean abandons() {
        return given.flag("abandon");
    }

    /** Whether people are asked what manual approval actions ask. */
    public boolean asks() {
        return "ask".equals(given.text("approvals"));
    }

    /** Whether what actions start is reported too. */
    boolean followsActions() {
        return "actions".equals(given.text("follow"));
    }

    /** Whether anything goes live by this step, or may. */
    public boolean deploys() {
        return operation().deploys() || asks() || retries() > 0;
    }

    /** How often a failed stage is tried again. */
    int retries() {
        Long retry = given.number("retry");
        return (retry == null ? 0 : retry.intValue()) + (operation() == PipelineOperation.RETRY ? 1 : 0);
    }

    /** How long the step may take; null if AWS alone limits it. */
    @CheckForNull
    public Duration timeout() {
        return given.minutes("timeoutMinutes");
    }

    /** What is wrong with the arguments, a sentence each that begins with the argument's name; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        return new PipelineProblems(given, operation()).all();
    }

    /** What is doubtful about it, though it can be started, a sentence each; empty if nothing is. */
    @NonNull
    List<String> doubts() {
        return given.doubts(List.of(VARIABLES, REVISIONS));
    }

    /** What is asked to be brought, in one line; null if that is what the pipeline's sources have at the time. */
    @CheckForNull
    public String revision() {
        return given.has(REVISIONS) ? LiveOptions.text(given.get(REVISIONS)) : null;
    }

    /** What lets something go live, in one line; null if nothing does. */
    @CheckForNull
    public String deed() {
        String revision = revision();
        return switch (operation()) {
            case START -> revision == null ? NEWEST : revision;
            case ENABLE_TRANSITION -> "what waits to enter " + stage();
            case WATCH, RETRY, ROLLBACK, OVERRIDE -> "execution " + PipelineSnapshot.shortened(execution());
            case STOP, DISABLE_TRANSITION -> null;
        };
    }

    /** What source actions are told to bring and cannot be anything else tomorrow: a key of S3 says only where something is. */
    @NonNull
    List<SourceRevision> pinnedRevisions() {
        List<SourceRevision> pinned = new ArrayList<>();
        if (given.get(REVISIONS) instanceof Collection<?> several) {
            for (Object one : several) {
                if (one instanceof Map<?, ?> revision && !KEY.equals(String.valueOf(revision.get("type")))) {
                    pinned.add(new SourceRevision(
                            String.valueOf(revision.get("action")), String.valueOf(revision.get("value")), null, null));
                }
            }
        }
        return pinned;
    }

    /** The source actions of those. */
    @NonNull
    Set<String> pinnedActions() {
        return pinnedRevisions().stream().map(SourceRevision::getAction).collect(Collectors.toSet());
    }

    /**
     * What else decides what goes live, as text by the arguments' names.
     *
     * @param digest makes of the value of a variable, which may be a secret, what can be kept and compared
     */
    @NonNull
    public SortedMap<String, String> live(@NonNull UnaryOperator<String> digest) {
        boolean doesMore = operation() != PipelineOperation.START && operation() != PipelineOperation.WATCH;
        SortedMap<String, String> live = LiveOptions.of(given, doesMore ? OF_OPERATION : List.of(REVISIONS));
        variables().forEach((name, value) -> live.put(VARIABLES + " " + name, digest.apply(LiveOptions.part(value))));
        return live;
    }

    /** The values of variables, by name: they may be secrets. */
    @NonNull
    public Map<String, Object> variables() {
        return given.map(VARIABLES);
    }

    /** The same request without the values of its variables. */
    @NonNull
    public PipelineRequest withoutVariables() {
        return new PipelineRequest(given.without(VARIABLES));
    }

    @NonNull
    public PipelineRequest withVariables(@NonNull Map<String, ?> variables) {
        return new PipelineRequest(given.with(VARIABLES, variables));
    }

    @NonNull
    StartPipelineExecutionRequest toStart(@NonNull String token) {
        return PipelineOptions.ALL
                .write(given.all(), StartPipelineExecutionRequest.builder())
                .clientRequestToken(token)
                .build();
    }
}
