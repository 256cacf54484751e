package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.Claim;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkResult;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** Runs by the actions of CodePipeline that they work on, and what has come of them. */
final class RunsOfClaims {

    /** A run that its claim does not know is one of the newest: it began as the controller went down. */
    private static final int NEWEST = 50;

    private static final Pattern NUMBER = Pattern.compile(":(\\d{1,9})$");

    private RunsOfClaims() {}

    /** How AWS knows a run: no name of a job has a colon. */
    @NonNull
    static String id(@NonNull Run<?, ?> run) {
        return run.getParent().getFullName() + ":" + run.getNumber();
    }

    /** Null if there is no such run. */
    @CheckForNull
    static Run<?, ?> find(@NonNull String id) {
        Matcher number = NUMBER.matcher(id);
        if (!number.find()) {
            return null;
        }
        Job<?, ?> job = Jenkins.get().getItemByFullName(id.substring(0, number.start()), Job.class);
        return job == null ? null : job.getBuildByNumber(Integer.parseInt(number.group(1)));
    }

    @CheckForNull
    static Run<?, ?> find(@NonNull Claim claim) {
        String known = claim.run();
        if (known != null) {
            Run<?, ?> run = find(known);
            return run != null && isOf(claim, run) ? run : moved(claim, known);
        }
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class, RunsOfClaims::isOfTrigger)) {
            int left = NEWEST;
            for (Run<?, ?> run = job.getLastBuild(); run != null && left > 0; run = run.getPreviousBuild(), left--) {
                if (isOf(claim, run)) {
                    return run;
                }
            }
        }
        return null;
    }

    /** The run keeps its number wherever its job is moved to, and whatever it is called then. */
    @CheckForNull
    private static Run<?, ?> moved(Claim claim, String id) {
        Matcher number = NUMBER.matcher(id);
        if (!number.find()) {
            return null;
        }
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class, RunsOfClaims::isOfTrigger)) {
            Run<?, ?> run = job.getBuildByNumber(Integer.parseInt(number.group(1)));
            if (run != null && isOf(claim, run)) {
                return run;
            }
        }
        return null;
    }

    private static boolean isOfTrigger(Job<?, ?> job) {
        return job instanceof ParameterizedJobMixIn.ParameterizedJob && CodePipelineJobTrigger.of(job) != null;
    }

    private static boolean isOf(Claim claim, Run<?, ?> run) {
        CodePipelineJobAction action = run.getAction(CodePipelineJobAction.class);
        return action != null && action.getClaim().equals(claim.id());
    }

    /** What AWS is to hear of a run that has ended. */
    @NonNull
    static WorkResult result(@NonNull Run<?, ?> run) {
        CodePipelineJobAction action = run.getAction(CodePipelineJobAction.class);
        Result result = run.getResult();
        String name = run.getFullDisplayName();
        if (action == null || result == null) {
            return WorkResult.unavailable(Messages.RunsOfClaims_lost(name));
        }
        if (result != Result.SUCCESS) {
            return WorkResult.failed(Messages.RunsOfClaims_ended(name, result, causes(run), at(run))
                    .replaceAll("\\s+", " "));
        }
        List<String> missing = action.missing();
        if (!missing.isEmpty()) {
            return WorkResult.failed(Messages.RunsOfClaims_missing(name, String.join(", ", missing)));
        }
        String summary = action.summary().isEmpty() ? Messages.RunsOfClaims_succeeded(name) : action.summary();
        return WorkResult.success(summary, action.variables(), action.revision());
    }

    private static String causes(Run<?, ?> run) {
        InterruptedBuildAction interrupted = run.getAction(InterruptedBuildAction.class);
        return interrupted == null
                ? ""
                : String.join(
                        ". ",
                        interrupted.getCauses().stream()
                                .map(CauseOfInterruption::getShortDescription)
                                .toList());
    }

    private static String at(Run<?, ?> run) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? "" : root + run.getUrl();
    }
}
