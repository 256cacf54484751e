package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.CheckedOut;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Described;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code checkout scm}: the files are there already. Git, where it knows them, says which version they are. */
final class CheckoutStep {

    private final Delivery delivery;

    CheckoutStep(Delivery delivery) {
        this.delivery = delivery;
    }

    void addTo(Steps steps) throws IOException, InterruptedException {
        Map<String, String> version = version();
        // Jenkins sets them for every step of a declarative pipeline, and in multibranch jobs.
        version.forEach((name, value) -> {
            if (delivery.env().ofTerminal(name) == null) {
                delivery.env().set(name, value);
            }
        });
        steps.add("checkout", StepCall.any("scm"), call -> checkout(whole(call), version));
        steps.add(
                "git",
                StepCall.any("url"),
                call -> checkout(new StepCall("git", Map.of("scm", Map.of()), null), version));
        for (String symbol : List.of("scmGit", "userRemoteConfigs", "cleanBeforeCheckout", "cloneOption")) {
            steps.add(symbol, StepCall.ANY, call -> new Described(call.name(), call.arguments()));
        }
    }

    /** {@code checkout([$class: 'GitSCM', …])}: the map is the source, not the step's arguments. */
    private static StepCall whole(StepCall call) {
        return call.arguments().containsKey("$class")
                ? new StepCall(call.name(), Map.of("scm", call.arguments()), call.closure())
                : call;
    }

    private Object checkout(StepCall call, Map<String, String> version) {
        Object scm = call.argument("scm").orElse(null);
        if (!(scm instanceof CheckedOut || scm instanceof Described || scm instanceof Map<?, ?>)) {
            throw new StepFailure("checkout: name what to check out, such as checkout scm");
        }
        if (!(scm instanceof CheckedOut)) {
            delivery.console().note("Nothing is checked out: the files next to the Jenkinsfile stand for any checkout");
        }
        delivery.console().line("The workspace is " + delivery.workspace());
        return version;
    }

    private Map<String, String> version() throws IOException, InterruptedException {
        Map<String, String> version = new LinkedHashMap<>();
        String commit = git("rev-parse", "--verify", "HEAD");
        String branch = git("symbolic-ref", "--short", "HEAD");
        if (!commit.isEmpty()) {
            version.put("GIT_COMMIT", commit);
        }
        if (!branch.isEmpty()) {
            version.put("GIT_BRANCH", branch);
            version.put("BRANCH_NAME", branch);
        }
        return version;
    }

    /** What git says; empty where there is no git, or no repository. */
    private String git(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(delivery.workspace().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "";
        } catch (IOException e) {
            return ""; // no git here
        }
    }
}
