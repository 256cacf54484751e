package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.rehearsal.delivery.CheckedOut;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
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
        steps.add("checkout", List.of("scm", "changelog", "poll"), call -> checkout(call, version));
    }

    private Object checkout(StepCall call, Map<String, String> version) {
        if (!(call.argument("scm").orElse(null) instanceof CheckedOut it)) {
            throw new StepFailure("checkout: a rehearsal has only what lies beside the Jenkinsfile; use checkout scm");
        }
        delivery.console().line("The workspace is " + it.workspace());
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
