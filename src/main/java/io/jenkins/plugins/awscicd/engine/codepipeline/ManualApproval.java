package io.jenkins.plugins.awscicd.engine.codepipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A manual approval action that waits for its answer, in the words of people who are asked.
 *
 * @param action the run of the action
 * @param execution in which it waits
 * @param page the execution's page in the AWS console
 */
public record ManualApproval(
        @NonNull ActionSnapshot action,
        @NonNull PipelineSnapshot execution,
        @NonNull String page) implements Approvable {

    /** What a browser opens, and nothing that it would run. */
    private static final Pattern WEB = Pattern.compile("https?://[^\\s\"<>]+");

    /** Tells this run of the action from all others. */
    @NonNull
    public String id() {
        return action.id();
    }

    /** The pipeline's name. */
    @NonNull
    public String pipeline() {
        return execution.pipeline();
    }

    /** The action, by its stage and its name. */
    @NonNull
    public String path() {
        return action.path();
    }

    @Override
    @NonNull
    public String subject() {
        return path() + " of " + execution.name();
    }

    @Override
    @CheckForNull
    public String exactly() {
        return execution.exactly();
    }

    /** What the action tells its approvers, and what the sources have brought. */
    @Override
    @NonNull
    public List<String> details() {
        List<String> lines = new ArrayList<>();
        if (!action.question().isEmpty()) {
            lines.add(action.question());
        }
        execution.revisions().forEach(revision -> lines.add(revision.inWords()));
        if (isLinked()) {
            lines.add(page);
        }
        return lines;
    }

    private boolean isLinked() {
        return WEB.matcher(action.questionUrl()).matches();
    }

    /** The page that the action shows its approvers, or else that of the execution. */
    @Override
    @NonNull
    public String getConsoleUrl() {
        return isLinked() ? action.questionUrl() : page;
    }
}
