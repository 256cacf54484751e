package io.jenkins.plugins.awscicd.rehearsal.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.codecommit.RunState;
import io.jenkins.plugins.awscicd.engine.codecommit.StatusRequest;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.stage.Admission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code codeCommitStatus}: checked as in Jenkins, and shown. Nobody's pull request is told of a rehearsal, and a rehearsal builds none: it
 * is taken for the run of one.
 */
public final class CodeCommitStatusStep extends AwsStep {

    public CodeCommitStatusStep(Delivery delivery, AwsSessions aws, Admission admission) {
        super(delivery, aws, admission, "codeCommitStatus", "value", "CodeCommit");
    }

    @Override
    Object perform(StepCall call) {
        Map<String, Object> rest = new LinkedHashMap<>(call.arguments());
        StepStage stage = StepStage.takenFrom(rest, admission);
        JobArguments job = JobArguments.takenFrom(rest, JobArguments.STOP_OR_LEAVE);
        List<String> problems = new ArrayList<>();
        StatusRequest request = new StatusRequest(
                text(rest, "pullRequest"),
                text(rest, "commit"),
                text(rest, "state"),
                text(rest, "message"),
                approve(rest, problems));
        problems.addAll(request.problems());
        rest.keySet().forEach(name -> problems.add(name + ": there is no such argument"));
        job.check(name(), stage, problems);
        noteCredentials(stage.access(job.access()));
        stage.admitBeginning(List.of(), false);
        show(request, request.shown(now()));
        return null;
    }

    private void show(StatusRequest request, RunState told) {
        String about = request.pullRequest() == null ? "the pull request" : "pull request " + request.pullRequest();
        console().line("In Jenkins, " + about + " has this comment now:");
        told.comment(delivery.build().getFullDisplayName(), null, request.commit(), null, request.message())
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> console().line("  " + line));
        if (request.approve()) {
            console()
                    .line(
                            told == RunState.SUCCESS
                                    ? "In Jenkins, " + about + " is approved"
                                    : "In Jenkins, an approval of " + about + " is revoked");
        }
    }

    private RunState now() {
        String result = delivery.build().getResult();
        return result == null
                ? RunState.RUNNING
                : RunState.of(result.toLowerCase(Locale.ROOT)).orElse(RunState.ABORTED);
    }

    private static boolean approve(Map<String, Object> arguments, List<String> problems) {
        String given = text(arguments, "approve");
        if (given != null && !given.equals("true") && !given.equals("false")) {
            problems.add("approve: '" + given + "' is neither true nor false");
        }
        return "true".equals(given);
    }

    @CheckForNull
    private static String text(Map<String, Object> arguments, String name) {
        Object value = arguments.remove(name);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }
}
