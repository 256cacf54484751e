package io.jenkins.plugins.awscicd.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.JenkinsLocationConfiguration;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Action types, triggers and steps keep what is configured, wherever it is. */
@WithSharedJenkins
class ActionTypesConfigurationTest {

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void stop() {
        CodePipelineActions.get().setActionTypes(List.of());
    }

    private static void assertWhole() {
        CodePipelineActionType type = CodePipelineActions.get().getActionTypes().get(0);
        assertEquals("Deploy/Jenkins-A/2", type.type().toString());
        assertEquals("delivery/**", type.getJobs());
        assertEquals("web", type.getProjectNames());
        assertTrue(type.isQueryable());
        assertTrue(type.isExclusive());
        assertEquals("eu-central-1", type.getAccess().getRegion());
        assertEquals("http://127.0.0.1:1", type.getAccess().getEndpoint());
    }

    @Test
    void typesAreConfiguredAsCodeAndByTheForm() throws Exception {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream("""
                        unclassified:
                          codePipelineActions:
                            actionTypes:
                              - category: Deploy
                                provider: Jenkins-A
                                version: "2"
                                jobs: "delivery/**"
                                projectNames: web
                                queryable: true
                                exclusive: true
                                access:
                                  region: eu-central-1
                                  endpoint: "http://127.0.0.1:1"
                        """.getBytes(StandardCharsets.UTF_8))));
        assertWhole();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(all);
        assertTrue(all.toString(StandardCharsets.UTF_8).contains("codePipelineActions"));
        jenkins.configRoundtrip();
        assertWhole();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo("configure");
            assertTrue(page.asNormalizedText().contains("Deploy/Jenkins-A/2"), "the worker is shown");
        }
    }

    @Test
    void whatCannotBeRightIsRefused() {
        CodePipelineActions configuration = CodePipelineActions.get();
        IllegalArgumentException bad = assertThrows(
                IllegalArgumentException.class,
                () -> configuration.setActionTypes(List.of(new CodePipelineActionType("Build", "a b", "1"))));
        assertTrue(bad.getMessage().contains("provider:"), bad.getMessage());
        CodePipelineActionType queryable = new CodePipelineActionType("Build", "Jenkins", "1");
        queryable.setQueryable(true);
        assertThrows(IllegalArgumentException.class, () -> configuration.setActionTypes(List.of(queryable)));
        CodePipelineActionType one = new CodePipelineActionType("Build", "Jenkins", "1");
        assertThrows(IllegalArgumentException.class, () -> configuration.setActionTypes(List.of(one, one)));
        CodePipelineActionType elsewhere = new CodePipelineActionType("Build", "Jenkins", "1");
        StageAccess access = new StageAccess();
        access.setRegion("eu-central-1");
        access.setEndpoint("http://127.0.0.1:1");
        elsewhere.setAccess(access);
        configuration.setActionTypes(List.of(elsewhere));
    }

    @Test
    void registrationIsShownWithLinksToThisJenkins() {
        JenkinsLocationConfiguration.get().setUrl("https://jenkins.example.com/");
        CodePipelineActionType.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(CodePipelineActionType.DescriptorImpl.class);
        FormValidation shown = descriptor.doShowRegistration("Build", "Jenkins", "1", false);
        assertEquals(FormValidation.Kind.OK, shown.kind);
        assertTrue(shown.renderHtml().contains("create-custom-action-type"), shown::renderHtml);
        assertTrue(shown.renderHtml()
                .contains("https://jenkins.example.com/aws-codepipeline/run?of={ExternalExecutionId}"));
        assertTrue(shown.renderHtml().contains("AWS::CodePipeline::CustomActionType"));
        assertEquals(FormValidation.Kind.ERROR, descriptor.doShowRegistration("Build", "<b>", "1", false).kind);
    }

    @Test
    void triggerAndStepsKeepTheirArguments() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("web");
        CodePipelineJobTrigger trigger = new CodePipelineJobTrigger();
        trigger.setActionType("Build/Jenkins/1");
        trigger.setProjectName("shop");
        job.addTrigger(trigger);
        CodePipelineArtifactsStep artifacts = new CodePipelineArtifactsStep();
        artifacts.setArtifact("Source");
        artifacts.setDirectory("src");
        artifacts.setMaxMb(10);
        job.getBuildersList().add(artifacts);
        CodePipelineResultStep result = new CodePipelineResultStep();
        result.setOutputs(List.of(new OutputArtifact("Built", "dist")));
        result.setVariables(List.of(new OutputVariable("version", "1")));
        result.setSummary("Built");
        result.setRevision("c0ffee");
        job.getBuildersList().add(result);
        FreeStyleProject again = jenkins.configRoundtrip(job);
        CodePipelineJobTrigger kept = CodePipelineJobTrigger.of(again);
        jenkins.assertEqualDataBoundBeans(trigger, kept);
        jenkins.assertEqualDataBoundBeans(artifacts, again.getBuildersList().get(CodePipelineArtifactsStep.class));
        jenkins.assertEqualDataBoundBeans(result, again.getBuildersList().get(CodePipelineResultStep.class));
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class, "pipeline");
        pipeline.addTrigger(new CodePipelineJobTrigger());
        jenkins.configRoundtrip(pipeline);
        assertTrue(CodePipelineJobTrigger.of(pipeline) != null);
    }

    @Test
    void linksOfTheConsoleLeadToJobAndRun() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("my web");
        jenkins.buildAndAssertSuccess(job);
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertTrue(client.goTo("aws-codepipeline/run?of=my%20web:1")
                    .getUrl()
                    .toString()
                    .endsWith("job/my%20web/1/"));
            assertTrue(client.goTo("aws-codepipeline/job?name=my%20web")
                    .getUrl()
                    .toString()
                    .endsWith("job/my%20web/"));
            client.assertFails("aws-codepipeline/run?of=none:1", 404);
        }
    }
}
