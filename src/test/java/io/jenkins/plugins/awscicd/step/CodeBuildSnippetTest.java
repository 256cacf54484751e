package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.GroovyShell;
import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** A step as the Snippet Generator writes it, as a Jenkinsfile has it, and as it is after its form was shown and submitted. */
@WithJenkins
class CodeBuildSnippetTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void onlyTheProject() throws Exception {
        assertRoundTrip(new CodeBuildStep("web"), "codeBuild 'web'");
    }

    @Test
    void everyOption() throws Exception {
        CodeBuildStep step = FullStep.create();
        for (DescribableParameter parameter : new DescribableModel<>(CodeBuildStep.class).getParameters()) {
            assertTrue(
                    DescribableModel.uninstantiate2_(step).getArguments().containsKey(parameter.getName()),
                    () -> parameter.getName() + " is not part of the full step");
        }
        assertRoundTrip(step, FullStep.SNIPPET);
    }

    @Test
    void variablesOfAllKinds() throws Exception {
        CodeBuildStep step = new CodeBuildStep("web");
        step.setEnvironmentVariables(Map.of("LISTED", "[1, 2]"));
        assertRoundTrip(step, "codeBuild environmentVariables: [LISTED: '[1, 2]'], project: 'web'");
        step.setEnvironmentVariables(Map.of("OBJECT", "{\"a\": 'b'}"));
        assertRoundTrip(step, "codeBuild environmentVariables: [OBJECT: '{\"a\": \\'b\\'}'], project: 'web'");
        step.setEnvironmentVariables(Map.of("QUOTED", "'single'"));
        assertRoundTrip(step, "codeBuild environmentVariables: [QUOTED: '\\'single\\''], project: 'web'");
        step.setEnvironmentVariables(Map.of("NULL", "null"));
        assertRoundTrip(step, "codeBuild environmentVariables: [NULL: 'null'], project: 'web'");
        step.setEnvironmentVariables(Map.of("EMPTY", ""));
        assertRoundTrip(step, "codeBuild environmentVariables: [EMPTY: ''], project: 'web'");
        step.setEnvironmentVariables(Map.of("TOKEN", new HashMap<>(Map.of("value", "web/token"))));
        assertEquals(
                "codeBuild environmentVariables: [TOKEN: 'web/token'], project: 'web'",
                Snippetizer.object2Groovy(throughTheForm(step)),
                "what is plain needs no type");
    }

    @Test
    void partsThatAreLeftEmptyAreLeftOut() throws Exception {
        CodeBuildStep step = new CodeBuildStep("web");
        step.setCache(new CacheOverride());
        step.setSecondarySources(List.of(new SecondarySource()));
        CodeBuildStep after = throughTheForm(step);
        assertNull(after.getCache());
        assertNull(after.getSecondarySources());
        assertEquals("codeBuild 'web'", Snippetizer.object2Groovy(after));
    }

    /** The step that comes out of its form when that is submitted as it is shown. */
    private static CodeBuildStep throughTheForm(CodeBuildStep step) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new StepHolder(step));
        jenkins.configRoundtrip(project);
        return project.getBuildersList().get(StepHolder.class).getStep();
    }

    private static void assertRoundTrip(CodeBuildStep step, String snippet) throws Exception {
        assertEquals(snippet, Snippetizer.object2Groovy(step), "snippet");
        assertEquals(snippet, Snippetizer.object2Groovy(parse(snippet)), "parsed");
        assertEquals(snippet, Snippetizer.object2Groovy(throughTheForm(step)), "form");
    }

    /** The step that Pipeline makes of the snippet's arguments. */
    private static Object parse(String snippet) throws Exception {
        String arguments = snippet.substring("codeBuild ".length());
        Object parsed = new GroovyShell().evaluate("[" + arguments + "]");
        Map<?, ?> named = parsed instanceof List<?> sole ? Map.of("project", sole.get(0)) : (Map<?, ?>) parsed;
        @SuppressWarnings("unchecked") // the names of arguments
        Map<String, Object> byName = (Map<String, Object>) named;
        return jenkins.jenkins
                .getDescriptorByType(CodeBuildStep.DescriptorImpl.class)
                .newInstance(byName);
    }

    /** Has a step shown in a form with what it is set to, which the Snippet Generator never does. */
    public static final class StepHolder extends Builder {

        private final CodeBuildStep step;

        @DataBoundConstructor
        public StepHolder(CodeBuildStep step) {
            this.step = step;
        }

        public CodeBuildStep getStep() {
            return step;
        }

        @TestExtension
        public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

            @Override
            public boolean isApplicable(@SuppressWarnings("rawtypes") Class<? extends AbstractProject> jobType) {
                return true;
            }
        }
    }
}
