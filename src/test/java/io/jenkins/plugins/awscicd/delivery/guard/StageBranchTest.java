package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMDiscoverTags;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.BranchJobProperty;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only branches of multibranch projects are branches. */
@WithSharedJenkins
class StageBranchTest extends CodeDeployRuns {

    private static final String TO_PROD = "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'";

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static void prod(String branches) {
        AwsCicdConfiguration.get()
                .setStages(List.of(StageStepTest.stage("prod", "prod", guards -> guards.setBranches(branches))));
    }

    /** What the last run of a job of the project has come to; runs it anew if it has run before. */
    private static WorkflowRun run(WorkflowMultiBranchProject project, String name, Result expected) throws Exception {
        WorkflowJob job = project.getItem(name);
        assertNotNull(job, name);
        return jenkins.buildAndAssertStatus(expected, job);
    }

    @Test
    void onlyBranchesDeploy() throws Exception {
        local.aws().codeDeploy().group(group());
        prod("main, release/*");
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository("web");
            for (String branch : List.of("main", "feature/x", "release/2")) {
                scm.createBranch("web", branch);
                scm.addFile("web", branch, "deliver", "Jenkinsfile", TO_PROD.getBytes(StandardCharsets.UTF_8));
            }
            scm.createTag("web", "feature/x", "release/1");
            int request = scm.openChangeRequest("web", "feature/x");
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "shop");
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(
                            scm,
                            "web",
                            new MockSCMDiscoverBranches(),
                            new MockSCMDiscoverTags(),
                            new MockSCMDiscoverChangeRequests())));
            project.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();

            run(project, "main", Result.SUCCESS);
            run(project, "release%2F2", Result.SUCCESS);
            int deployed = local.aws().codeDeploy().deployments().size();
            jenkins.assertLogContains(
                    "stage prod: branch feature/x may not deploy here, only main, release/*",
                    run(project, "feature%2Fx", Result.FAILURE));
            jenkins.assertLogContains(
                    "release/1 is a tag; only branches main, release/* may deploy here",
                    run(project, "release%2F1", Result.FAILURE));
            prod("**");
            jenkins.assertLogContains(
                    " is a pull request; only branches ** may deploy here",
                    run(project, "CR-" + request, Result.FAILURE));
            assertEquals(deployed, local.aws().codeDeploy().deployments().size());
        }
    }

    @Test
    void aPlainJobIsNoBranchWhateverItSays() throws Exception {
        local.aws().codeDeploy().group(group());
        prod("main");
        WorkflowJob job = job(TO_PROD);
        String forged = "<properties><org.jenkinsci.plugins.workflow.multibranch.BranchJobProperty><branch>"
                + "<sourceId>web</sourceId><head class='jenkins.scm.api.SCMHead'><name>main</name></head>"
                + "<scm class='hudson.scm.NullSCM'/><properties class='java.util.concurrent.CopyOnWriteArrayList'/>"
                + "</branch></org.jenkinsci.plugins.workflow.multibranch.BranchJobProperty></properties>";
        String xml =
                job.getConfigFile().asString().replaceFirst("(?s)<properties/>|<properties>.*</properties>", forged);
        job.updateByXml((Source) new StreamSource(new StringReader(xml)));
        assertNotNull(job.getProperty(BranchJobProperty.class));
        jenkins.assertLogContains(
                "only branches main of multibranch projects may deploy here",
                jenkins.buildAndAssertStatus(Result.FAILURE, job));
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }
}
