package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.GroovyShell;
import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.DataBoundConstructor;

/** Steps as the Snippet Generator writes them, as a Jenkinsfile has them, and as they are after their form was shown and submitted. */
public abstract class SnippetRoundTrips {

    private static JenkinsRule jenkins;

    private static HolderDescriptor descriptor;

    @BeforeAll
    static void holdSteps(JenkinsRule rule) {
        jenkins = rule;
        descriptor = new HolderDescriptor();
        Builder.all().add(descriptor);
    }

    @AfterAll
    static void holdNone() {
        Builder.all().remove(descriptor);
    }

    protected static void assertRoundTrip(Step step, String snippet) throws Exception {
        assertEquals(snippet, Snippetizer.object2Groovy(step), "snippet");
        assertEquals(snippet, Snippetizer.object2Groovy(parse(snippet)), "parsed");
        assertEquals(snippet, Snippetizer.object2Groovy(throughTheForm(step)), "form");
    }

    protected static void assertWhole(Step step) {
        for (DescribableParameter parameter : new DescribableModel<>(step.getClass()).getParameters()) {
            assertTrue(
                    DescribableModel.uninstantiate2_(step).getArguments().containsKey(parameter.getName()),
                    () -> parameter.getName() + " is not part of the full step");
        }
    }

    /** The step that comes out of its form when that is submitted as it is shown. */
    protected static Step throughTheForm(Step step) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new StepHolder(step));
        jenkins.configRoundtrip(project);
        return project.getBuildersList().get(StepHolder.class).getStep();
    }

    /** The step that Pipeline makes of the snippet's arguments. */
    protected static Step parse(String snippet) throws Exception {
        String function = snippet.substring(0, snippet.indexOf(' '));
        Object parsed = new GroovyShell().evaluate("[" + snippet.substring(function.length()) + "]");
        StepDescriptor descriptor = StepDescriptor.byFunctionName(function);
        Map<?, ?> named = parsed instanceof List<?> sole
                ? Map.of(
                        DescribableModel.of(descriptor.clazz)
                                .getSoleRequiredParameter()
                                .getName(),
                        sole.get(0))
                : (Map<?, ?>) parsed;
        @SuppressWarnings("unchecked") // the names of arguments
        Map<String, Object> byName = (Map<String, Object>) named;
        return descriptor.newInstance(byName);
    }

    /** Has a step shown in a form with what it is set to, which the Snippet Generator never does. */
    public static final class StepHolder extends Builder {

        private final Step step;

        @DataBoundConstructor
        public StepHolder(Step step) {
            this.step = step;
        }

        public Step getStep() {
            return step;
        }
    }

    /** Jenkins has it as long as a class of these tests runs. */
    public static final class HolderDescriptor extends BuildStepDescriptor<Builder> {

        HolderDescriptor() {
            super(StepHolder.class);
        }

        public List<? extends StepDescriptor> getSteps() {
            return jenkins.jenkins.getExtensionList(AwsAccessStepDescriptor.class);
        }

        @Override
        public boolean isApplicable(@SuppressWarnings("rawtypes") Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
