package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.GroovyShell;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;

/** Steps as the Snippet Generator writes them, as a Jenkinsfile has them, and as they are after their form was shown and submitted. */
public abstract class SnippetRoundTrips {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void use(JenkinsRule rule) {
        jenkins = rule;
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
        StepForm form = new StepForm(step);
        jenkins.jenkins.getActions().add(form);
        try {
            JenkinsRule.WebClient client = jenkins.createWebClient();
            client.getOptions().setCssEnabled(false); // nobody looks at it
            jenkins.submit(client.goTo(form.getUrlName()).getFormByName("config"));
            return form.getStep();
        } finally {
            jenkins.jenkins.getActions().remove(form);
        }
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
}
