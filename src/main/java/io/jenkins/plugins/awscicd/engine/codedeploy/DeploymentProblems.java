package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is wrong with the arguments of a deployment, as far as it can be said without AWS.
 *
 * @param given the arguments of the request
 */
record DeploymentProblems(
        @NonNull DeploymentRequest request, @NonNull Given given) {

    private static final List<String> OF_WORKSPACE =
            List.of("directory", "includes", "excludes", "appspec", "bucket", "keyPrefix", "kmsKey", "maxUploadMb");
    /** What goes with each of the arguments that name an earlier deployment. */
    static final Map<String, List<String>> OF_EARLIER = new TreeMap<>(Map.of(
            DeploymentRequest.CONTINUE, List.of(DeploymentRequest.CONTINUE, "waitType", "wait", "timeoutMinutes"),
            DeploymentRequest.STOP, List.of(DeploymentRequest.STOP, "rollBack", "wait", "timeoutMinutes"),
            DeploymentRequest.WATCH, List.of(DeploymentRequest.WATCH, "wait", "timeoutMinutes")));

    private static final List<String> OF_REGISTERING =
            List.of("application", DeploymentRequest.REVISION, "description", "registerOnly");

    /** A sentence each that begins with the argument's name and says what to do; empty if nothing is. */
    @NonNull
    List<String> all() {
        List<String> problems = new ArrayList<>(DeploymentOptions.ALL.problems(given.all()));
        for (Map.Entry<String, List<String>> earlier : OF_EARLIER.entrySet()) {
            if (given.has(earlier.getKey())) {
                useless(
                        problems,
                        earlier.getValue(),
                        "cannot be combined with " + earlier.getKey() + ", which uses an existing deployment");
                if (request.aim() == Aim.STOP
                        && (request.until() == DeploymentRequest.Until.READY
                                || request.until() == DeploymentRequest.Until.SHIFTED)) {
                    problems.add("wait: a stopped deployment does not wait; use true or false");
                }
                return problems;
            }
        }
        for (String name : List.of("waitType", "rollBack")) {
            if (given.has(name)) {
                problems.add(name + ": only used with "
                        + (name.equals("waitType") ? DeploymentRequest.CONTINUE : DeploymentRequest.STOP)
                        + "; add that, or leave " + name + " out");
            }
        }
        if (request.registerOnly()) {
            List<String> useful = new ArrayList<>(OF_REGISTERING);
            useful.addAll(OF_WORKSPACE);
            useless(problems, useful, "only used to deploy, which registerOnly: true does not; leave one of them out");
        } else if (!given.has("deploymentGroup")) {
            problems.add(DeploymentOptions.withoutGroup(request.application()));
        }
        if (!given.has("application")) {
            problems.add("application: name the CodeDeploy application, such as application: 'web'");
        }
        revisionProblems(problems);
        return problems;
    }

    private void revisionProblems(List<String> problems) {
        if (request.restarts() && given.has(DeploymentRequest.REVISION)) {
            problems.add(DeploymentRequest.REVISION
                    + ": cannot be combined with deploymentMode: 'RESTART', which restarts the deployed revision;"
                    + " leave one of them out");
        } else if (!request.restarts() && !given.has(DeploymentRequest.REVISION)) {
            problems.add(DeploymentRequest.REVISION
                    + ": say what to deploy: 'workspace', 's3://bucket/key', the result of codeBuild,"
                    + " [repository: 'owner/name', commit: …] or [appSpec: …]");
        }
        if (!request.fromWorkspace()) {
            for (String name : OF_WORKSPACE) {
                if (given.has(name)) {
                    problems.add(name + ": only used with revision: 'workspace'; add that, or leave " + name + " out");
                }
            }
        } else if (!given.has("bucket")) {
            problems.add("bucket: name the S3 bucket to upload the workspace to");
        }
    }

    private void useless(List<String> problems, List<String> useful, String why) {
        for (String name : given.all().keySet()) {
            if (!useful.contains(name)) {
                problems.add(name + ": " + why);
            }
        }
    }
}
