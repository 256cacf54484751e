package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What is written by mistake into a freestyle job, by a script that makes jobs or by its parameters. */
@WithSharedJenkins
class FreestyleMistakesTest extends FreestyleBuilds {

    private boolean strict;

    @BeforeEach
    void asInProduction() {
        strict = DescribableModel.STRICT_PARAMETER_CHECKING;
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
    }

    @AfterEach
    void asBefore() {
        DescribableModel.STRICT_PARAMETER_CHECKING = strict;
    }

    private static String refusal(Map<String, ?> step) {
        UninstantiatedDescribable build = new UninstantiatedDescribable("awsCodeBuild", null, Map.of("step", step));
        Throwable why = assertThrows(Exception.class, () -> build.instantiate(Builder.class, null), step::toString);
        StringBuilder said = new StringBuilder();
        for (; why != null; why = why.getCause()) {
            said.append(why.getMessage()).append('\n');
        }
        return said.toString();
    }

    @Test
    void whatAScriptNamesWrongIsRefused() {
        assertTrue(refusal(Map.of("project", "web", "propagat", false))
                .contains("codeBuild propagat: there is no such argument; did you mean propagate?"));
        assertTrue(refusal(Map.of("project", "web", "propagate", "yes"))
                .contains("codeBuild propagate: 'yes' is neither true nor false"));
        assertTrue(refusal(Map.of("project", "web", "timeoutMinutes", "30.5"))
                .contains("codeBuild timeoutMinutes: '30.5' is not a whole number"));
        assertTrue(refusal(Map.of("project", "web", "cache", Map.of("typ", "S3")))
                .contains("codeBuild cache.typ: there is no such argument; did you mean type?"));
        assertTrue(refusal(Map.of("project", "web", "environmentVariables", List.of("A=b")))
                .contains("codeBuild environmentVariables: must be a map"));
    }

    @Test
    void whatBelongsToTheStepGoesIntoIt() {
        assertEquals(
                "awsCodeBuild project: there is no such argument; what belongs to the step goes into step, such as"
                        + " awsCodeBuild(step: [project: …])",
                refusalOf(Map.of("project", "web")));
        assertEquals(
                "awsCodeBuild step: must have the arguments of codeBuild, such as awsCodeBuild(step: [region: …])",
                refusalOf(Map.of()));
    }

    private static String refusalOf(Map<String, ?> arguments) {
        UninstantiatedDescribable build = new UninstantiatedDescribable("awsCodeBuild", null, arguments);
        return assertThrows(Exception.class, () -> build.instantiate(Builder.class, null))
                .getMessage();
    }

    /** What a version before or after this one has kept is no mistake of whoever has the job. */
    @Test
    void whatTheConfigurationHasOfAnotherVersionIsLeftOut() throws Exception {
        FreeStyleProject job = job(new CodeBuildBuilder(new CodeBuildStep("web")));
        String xml = job.getConfigFile().asString();
        String other = xml.replaceFirst("<step>", "<step><formerArgument>x</formerArgument>");
        assertTrue(other.contains("<formerArgument>"), xml);
        job.updateByXml((Source) new StreamSource(new StringReader(other)));
        CodeBuildBuilder kept = job.getBuildersList().get(CodeBuildBuilder.class);
        assertEquals("web", kept.getStep().getProject());
        assertEquals(List.of(), kept.getStep().problems());
    }

    @Test
    void whoWeAreIsCheckedBeforeAnythingIsSent() throws Exception {
        CodeBuildStep step = new CodeBuildStep("web");
        step.setRole("${ROLE}");
        FreeStyleProject job = job(new CodeBuildBuilder(step));
        job.addProperty(new hudson.model.ParametersDefinitionProperty(
                new hudson.model.StringParameterDefinition("ROLE", "deployer")));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertTrue(
                JenkinsRule.getLog(build)
                        .contains("role: 'deployer' is not an ARN; use 'arn:aws:iam::123456789012:role/deployer'"),
                JenkinsRule.getLog(build));
        assertEquals(List.of(), local.aws().codeBuild().builds());
    }
}
