package io.jenkins.plugins.awscicd.delivery.guard;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.StreamBuildListener;
import hudson.tasks.BuildStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jvnet.hudson.test.TestBuilder;

/** Has one build try what would each end a build. */
final class InTurn extends TestBuilder {

    private final transient Map<?, ? extends BuildStep> steps;
    private final transient Predicate<String> isOfGuards;
    private final transient List<String> through = new ArrayList<>();
    private transient int refused;

    /** @param isOfGuards whether what a step has said is a guard's refusal */
    InTurn(Map<?, ? extends BuildStep> steps, Predicate<String> isOfGuards) {
        this.steps = steps;
        this.isOfGuards = isOfGuards;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        for (Map.Entry<?, ? extends BuildStep> one : steps.entrySet()) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            boolean passed =
                    one.getValue().perform(build, launcher, new StreamBuildListener(said, StandardCharsets.UTF_8));
            String text = said.toString(StandardCharsets.UTF_8);
            if (passed || !isOfGuards.test(text)) {
                through.add(one.getKey() + ": " + text);
            } else {
                refused++;
            }
        }
        return true;
    }

    /** What was not refused by a guard, with what it has said. */
    List<String> through() {
        return through;
    }

    /** How many were. */
    int refused() {
        return refused;
    }
}
