package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.FullStep;
import io.jenkins.plugins.awscicd.step.SnippetRoundTrips;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;

@WithSharedJenkins
class CodeBuildSnippetTest extends SnippetRoundTrips {

    @Test
    void onlyTheProject() throws Exception {
        assertRoundTrip(new CodeBuildStep("web"), "codeBuild 'web'");
    }

    @Test
    void everyOption() throws Exception {
        CodeBuildStep step = FullStep.create();
        assertWhole(step);
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
        CodeBuildStep after = (CodeBuildStep) throughTheForm(step);
        assertNull(after.getCache());
        assertNull(after.getSecondarySources());
        assertEquals("codeBuild 'web'", Snippetizer.object2Groovy(after));
    }
}
