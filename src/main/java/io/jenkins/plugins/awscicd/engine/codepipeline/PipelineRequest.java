package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.LiveOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.codepipeline.model.StartPipelineExecutionRequest;

/** Which pipeline is to be started with what: the arguments of {@code codePipeline} by name, as far as they were given. */
public final class PipelineRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String VARIABLES = "variables";
    private static final String REVISIONS = "sourceRevisions";

    private final Given given;

    public PipelineRequest(@NonNull Map<String, ?> arguments) {
        this(new Given(arguments));
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
        String name = given.text("pipeline");
        return name == null ? "" : name;
    }

    /** How often a failed stage is tried again. */
    int retries() {
        Long retry = given.number("retry");
        return retry == null ? 0 : retry.intValue();
    }

    /** How long the step may take; null if AWS alone limits it. */
    @CheckForNull
    public Duration timeout() {
        Long minutes = given.number("timeoutMinutes");
        return minutes == null ? null : Duration.ofMinutes(minutes);
    }

    /** What is wrong with the arguments, a sentence each that begins with the argument's name; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        List<String> problems = new ArrayList<>(PipelineOptions.ALL.problems(given.all()));
        if (!given.has("pipeline")) {
            problems.add("pipeline: name the pipeline to start, such as pipeline: 'web'");
        }
        return problems;
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

    /** What else decides what goes live, as text by the arguments' names. */
    @NonNull
    public SortedMap<String, String> live() {
        return LiveOptions.of(given, List.of(REVISIONS));
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
