package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the arguments of a request, each by itself and with each other.
 *
 * @param given the arguments by name
 * @param request what is made of them
 */
record BeanstalkProblems(@NonNull Given given, @NonNull BeanstalkRequest request) {

    static final List<String> OF_WORKSPACE =
            List.of("includes", "excludes", "bucket", "keyPrefix", "kmsKey", "maxUploadMb");
    static final List<String> OF_NEW_VERSION =
            List.of("versionLabel", "description", "tags", "reuseVersion", "process", "createApplication");

    /** What is wrong, a sentence each that begins with the argument's name and says what to do; empty if nothing is. */
    @NonNull
    List<String> all() {
        List<String> problems = new ArrayList<>(BeanstalkOptions.ALL.problems(given.all()));
        if (!given.has("application")) {
            problems.add("application: name the Elastic Beanstalk application, such as application: 'web'");
        }
        BlueGreenArguments blueGreen = request.blueGreen();
        if (!given.has("environment") && !blueGreen.asked()) {
            problems.add("environment: name the environment to deploy to, such as environment: 'web-prod'");
        }
        boolean continued = given.has(BlueGreenArguments.CONTINUE) || request.discards();
        if (!continued && given.has(BeanstalkRequest.BUNDLE) == given.has("version")) {
            problems.add(
                    given.has(BeanstalkRequest.BUNDLE)
                            ? "version: cannot be combined with bundle, which creates a new version; leave one of them out"
                            : "bundle: say what to deploy: a file or directory of the workspace, 's3://bucket/key' or what"
                                    + " codeBuild returned; or name an existing version with version");
        }
        if (given.has("version") && !continued) {
            problems.addAll(given.useless(
                    OF_NEW_VERSION, "only used for a new version; leave it out, or give a bundle instead of version"));
        }
        problems.addAll(blueGreen.problems());
        problems.addAll(request.forEnvironment().problems());
        if (problems.isEmpty() && !request.fromWorkspace()) {
            problems.addAll(given.useless(OF_WORKSPACE, "only used with a bundle of the workspace; leave it out"));
        }
        return problems;
    }
}
