package io.jenkins.plugins.awscicd.delivery.guard;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.StreamBuildListener;
import hudson.tasks.BuildStep;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Notifier;
import hudson.tasks.Publisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jvnet.hudson.test.TestBuilder;

/** Has one build try what would each end a build, as a build step, or where post-build actions run. */
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

    /** The same among the post-build actions of a job. */
    Publisher afterwards() {
        return new Afterwards(this);
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

    private static final class Afterwards extends Notifier {

        private final transient InTurn all;

        Afterwards(InTurn all) {
            this.all = all;
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException, IOException {
            return all.perform(build, launcher, listener);
        }

        @Override
        public BuildStepMonitor getRequiredMonitorService() {
            return BuildStepMonitor.NONE;
        }

        @Override
        public BuildStepDescriptor<Publisher> getDescriptor() {
            return new BuildStepDescriptor<>(Afterwards.class) {
                @Override
                public boolean isApplicable(@SuppressWarnings("rawtypes") Class<? extends AbstractProject> type) {
                    return true;
                }
            };
        }
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
