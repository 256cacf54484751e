package io.jenkins.plugins.awscicd.engine.codepipeline;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.required;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;
import static io.jenkins.plugins.awscicd.engine.option.Options.parts;

import io.jenkins.plugins.awscicd.engine.option.Mistake;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import io.jenkins.plugins.awscicd.engine.option.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codepipeline.model.ConditionType;
import software.amazon.awssdk.services.codepipeline.model.PipelineVariable;
import software.amazon.awssdk.services.codepipeline.model.SourceRevisionOverride;
import software.amazon.awssdk.services.codepipeline.model.StageRetryMode;
import software.amazon.awssdk.services.codepipeline.model.StartPipelineExecutionRequest;

/**
 * The arguments of {@code codePipeline} and what they become in
 * <a href="https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StartPipelineExecution.html">StartPipelineExecution</a>.
 */
final class PipelineOptions {

    private static final int LONGEST_MINUTES = 7 * 24 * 60;
    private static final int MOST = 50;
    private static final int LONGEST_VALUE = 1000;
    private static final int MOST_RETRIES = 10;

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9@_-]{1,128}");

    static final Rule PIPELINE = Rule.length(1, 100)
            .unlike(
                    Mistake.arn("codepipeline", "([^:/]+).*", "use the pipeline's name alone: '$1'"),
                    Mistake.page("/.*pipelines/([^/?]+).*", "use the pipeline's name alone: '$1'"))
            .named("pipeline")
            .matching("[A-Za-z0-9.@_-]+", "letters, digits, ., @, - and _: the name of a pipeline");

    private static final Rule ACTION =
            Rule.length(1, 100).matching("[A-Za-z0-9.@_-]+", "letters, digits, ., @, - and _: the name of an action");

    private static final Rule STAGE =
            Rule.length(1, 100).matching("[A-Za-z0-9.@_-]+", "letters, digits, ., @, - and _: the name of a stage");

    private static final Rule EXECUTION = Rule.length(36, 36)
            .unlike(Mistake.page("/.*executions/([0-9a-f-]{36}).*", "use the execution's id alone: '$1'"))
            .matching(
                    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                    "characters: the id of an execution, such as '3f9c2a10-6d1e-4b7a-9c55-0a1b2c3d4e5f'");

    private static final int LONGEST_REASON = 300;

    private static final Options<SourceRevisionOverride.Builder> REVISION = new Options<>(
            required(text("action", ACTION, SourceRevisionOverride.Builder::actionName)),
            required(word(
                    "type",
                    List.of("COMMIT_ID", "IMAGE_DIGEST", "S3_OBJECT_KEY", "S3_OBJECT_VERSION_ID"),
                    SourceRevisionOverride.Builder::revisionType)),
            required(text("value", Rule.length(1, 1500), SourceRevisionOverride.Builder::revisionValue)));

    static final Options<StartPipelineExecutionRequest.Builder> ALL = new Options<>(
            text("pipeline", PIPELINE, StartPipelineExecutionRequest.Builder::name),
            new Option<>("variables", PipelineOptions::variables, StartPipelineExecutionRequest.Builder::variables),
            parts(
                    "sourceRevisions",
                    MOST,
                    REVISION,
                    SourceRevisionOverride::builder,
                    (request, revisions) -> request.sourceRevisions(revisions.stream()
                            .map(SourceRevisionOverride.Builder::build)
                            .toList())),
            word("operation", PipelineOperation.words(), null),
            text(PipelineOperation.Names.EXECUTION, EXECUTION, null),
            text(PipelineOperation.Names.STAGE, STAGE, null),
            word(
                    PipelineOperation.Names.CONDITION,
                    ConditionType.knownValues().stream()
                            .map(ConditionType::toString)
                            .sorted()
                            .toList(),
                    null),
            text(PipelineOperation.Names.REASON, Rule.length(1, LONGEST_REASON), null),
            word(
                    "retryMode",
                    StageRetryMode.knownValues().stream()
                            .map(StageRetryMode::toString)
                            .sorted()
                            .toList(),
                    null),
            flag("abandon", null),
            word("approvals", List.of("aws", "ask"), null),
            word("follow", List.of("pipeline", "actions"), null),
            number("retry", 0, MOST_RETRIES, null),
            number("timeoutMinutes", 1, LONGEST_MINUTES, null));

    private PipelineOptions() {}

    private static List<PipelineVariable> variables(Object given) {
        if (!(given instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("must be a map, such as [STAGE: 'test']");
        }
        if (map.size() > MOST) {
            throw new IllegalArgumentException("has " + map.size() + " entries; AWS takes " + MOST + " at most");
        }
        List<PipelineVariable> variables = new ArrayList<>();
        map.forEach((name, value) -> variables.add(variable(String.valueOf(name), value)));
        return variables;
    }

    private static PipelineVariable variable(String name, Object value) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not the name of a variable; use 1 to 128 letters, digits, @, - and _");
        }
        String text = value == null ? "" : Written.text(value);
        if (text == null) {
            throw new IllegalArgumentException(name + " is a " + Written.kind(value) + "; make a text of it");
        }
        if (text.isEmpty() || text.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException(name
                    + (text.isEmpty() ? " is empty" : " has " + text.length() + " characters")
                    + "; AWS accepts values of 1 to " + LONGEST_VALUE
                    + " characters. Leave it out for the pipeline's own value");
        }
        return PipelineVariable.builder().name(name).value(text).build();
    }
}
