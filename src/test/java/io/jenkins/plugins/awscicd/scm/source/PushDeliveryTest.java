package io.jenkins.plugins.awscicd.scm.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.ParameterValue;
import hudson.model.TopLevelItem;
import hudson.plugins.git.GitStatus;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.engine.events.EventSetup;
import io.jenkins.plugins.awscicd.engine.events.EventSetup.EventSource;
import io.jenkins.plugins.awscicd.engine.events.QueueAddress;
import io.jenkins.plugins.awscicd.events.AwsEventQueues;
import io.jenkins.plugins.awscicd.events.EventQueue;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codecommit.PullRequest;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import io.jenkins.plugins.awscicd.scm.CodeCommitPushes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jenkins.branch.OrganizationFolder;
import jenkins.scm.api.SCMEvents;
import org.eclipse.jgit.transport.URIish;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a push to what is delivered and told, by nothing but AWS's events on a queue. */
@WithSharedJenkins
class PushDeliveryTest extends CodeCommitProjects {

    private static final String ARN = "arn:aws:sqs:eu-west-1:123456789012:jenkins";
    private static final String DELIVERY = """
            codeBuild 'web'
            codeDeploy application: 'web', deploymentGroup: 'prod', revision: 's3://artifacts/web.zip'
            """;

    private SqsQueue queue;

    @BeforeEach
    void listen() {
        queue = local.aws().sqs().queue("jenkins");
        local.aws()
                .events()
                .rule("jenkins", new EventSetup(QueueAddress.of(ARN), List.of(EventSource.values())).pattern(), queue);
        AwsEventQueues.get().setQueues(List.of(new EventQueue(ARN)));
    }

    /** Projects would follow the events of the next test, whose repository has the same name. */
    @AfterEach
    void stop() throws Exception {
        AwsEventQueues.get().setQueues(List.of());
        jenkins.waitUntilNoActivity();
        for (TopLevelItem item : jenkins.jenkins.getItems()) {
            item.delete();
        }
    }

    /** For as long as the test may take: how long a busy machine needs is nothing to find out here. */
    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean ended(WorkflowMultiBranchProject project, String job, int number) {
        WorkflowJob item = project.getItem(job);
        WorkflowRun run = item == null ? null : item.getBuildByNumber(number);
        return run != null && !run.isBuilding();
    }

    private static WorkflowRun succeeded(WorkflowMultiBranchProject project, String job, int number) throws Exception {
        until(() -> ended(project, job, number));
        return jenkins.assertBuildStatusSuccess(project.getItem(job).getBuildByNumber(number));
    }

    private long deployments() {
        return local.aws().codeDeploy().deployments().size();
    }

    @Test
    void aPushIsBuiltDeployedAndToldAndAJobEndsWithItsBranch() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 1));
        local.aws().codeDeploy().group(GroupSpec.simulated("web", "prod"));
        gitClone();
        local.aws().calls().reset();
        WorkflowMultiBranchProject project = project(
                new BranchDiscoveryTrait(), new PullRequestDiscoveryTrait("head"), new PullRequestStatusTrait());
        long scanned = project.getIndexing().getTimestamp().getTimeInMillis();
        gitPush("feature", "Jenkinsfile", DELIVERY);
        WorkflowRun first = succeeded(project, "feature", 1);
        jenkins.assertLogContains("[CodeBuild] web #1 succeeded", first);
        jenkins.assertLogContains("[CodeDeploy] web to prod succeeded", first);
        assertEquals(1, local.aws().codeBuild().builds().size());
        assertEquals(1, deployments());

        PullRequest request = codeCommit.pullRequest(web, "Deliver", "feature", "main");
        succeeded(project, "PR-1", 1);
        until(() -> request.comments().size() == 1 && request.comments().get(0).contains("**succeeded**"));
        assertEquals(2, deployments());

        gitPush("feature", "greeting", "hello again\n");
        succeeded(project, "feature", 2);
        succeeded(project, "PR-1", 2);
        until(() -> request.comments().size() == 2 && request.comments().get(1).contains("**succeeded**"));
        assertEquals(4, deployments());
        assertEquals(0, pulls(), "git is not asked");
        assertTrue(local.aws().calls().count("CodeCommit.GetFile") >= 5, "a Jenkinsfile for each run");
        assertEquals(List.of(), clones());

        codeCommit.close(request);
        gitDelete("feature");
        until(() -> jobs(project).equals(Set.of("main")));
        jenkins.waitUntilNoActivity();
        assertEquals(1, project.getItem("main").getLastBuild().getNumber());
        assertEquals(scanned, project.getIndexing().getTimestamp().getTimeInMillis(), "there was no scan in between");
        scan(project);
        assertNull(project.getItem("feature"), "until then it is kept, disabled");
    }

    @Test
    void theFirstPushToARepositoryMakesItsProject() throws Exception {
        OrganizationFolder folder = jenkins.createProject(OrganizationFolder.class, "all-" + UUID.randomUUID());
        CodeCommitSCMNavigator navigator = new CodeCommitSCMNavigator("eu-west-1");
        navigator.setCredentialsId("code");
        navigator.setTraits(List.of(new BranchDiscoveryTrait()));
        folder.getSCMNavigators().add(navigator);
        folder.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        long scanned = folder.getComputation().getTimestamp().getTimeInMillis();
        codeCommit.commit(codeCommit.repository("late"), "main", Map.of("Jenkinsfile", JENKINSFILE));
        until(() -> jenkins.jenkins.getItemByFullName(folder.getFullName() + "/late/main", WorkflowJob.class) != null);
        jenkins.waitUntilNoActivity();
        jenkins.assertLogContains(
                "this is main",
                jenkins.assertBuildStatusSuccess(jenkins.jenkins
                        .getItemByFullName(folder.getFullName() + "/late/main", WorkflowJob.class)
                        .getBuildByNumber(1)));
        assertEquals(scanned, folder.getComputation().getTimestamp().getTimeInMillis(), "there was no scan in between");
    }

    @Test
    void whatIsLostIsFoundByTheNextScanAndWhatComesTwiceIsBuiltOnce() throws Exception {
        WorkflowMultiBranchProject project = project(new BranchDiscoveryTrait());
        SqsQueue witness = local.aws().sqs().queue("witness");
        local.aws().events().rule("witness", "{\"source\": [\"aws.codecommit\"]}", witness);
        local.aws().events().weather(Weather.SILENT);
        codeCommit.commit(web, "lost", Map.of("lost", "lost"));
        local.aws().events().weather(new Weather(Duration.ZERO, Duration.ofSeconds(20), 0, 1));
        for (String branch : List.of("a", "b", "c")) {
            codeCommit.commit(web, branch, Map.of(branch, branch));
        }
        local.advance(Duration.ofSeconds(20));
        until(() -> witness.bodies().size() == 6 && queue.bodies().isEmpty());
        SCMEvents.awaitAll(0);
        jenkins.waitUntilNoActivity();
        assertEquals(Set.of("a", "b", "c", "main"), jobs(project));
        assertOneRunEach(project);
        scan(project);
        assertEquals(Set.of("a", "b", "c", "lost", "main"), jobs(project));
        assertOneRunEach(project);
    }

    private static void assertOneRunEach(WorkflowMultiBranchProject project) {
        for (WorkflowJob job : project.getItems()) {
            assertEquals(2, job.getNextBuildNumber(), job.getName());
            assertFalse(job.isInQueue());
        }
    }

    /** And of no commit: git's plugin would build it in a job of main, whatever branch it is on and whoever sent the event. */
    @Test
    void gitsPluginIsToldOnceOfAnEventThatComesTwice() {
        List<String> told = new ArrayList<>();
        GitStatus.Listener listener = new GitStatus.Listener() {
            @Override
            public List<GitStatus.ResponseContributor> onNotifyCommit(
                    String origin, URIish uri, String commit, List<ParameterValue> parameters, String... branches) {
                told.add(uri + " " + String.join(",", branches) + (commit == null ? "" : " at " + commit));
                return List.of();
            }
        };
        ExtensionList<GitStatus.Listener> all = ExtensionList.lookup(GitStatus.Listener.class);
        all.add(0, listener);
        try {
            for (String id : List.of("e1", "e1", "e2")) {
                ExtensionList.lookupSingleton(CodeCommitPushes.class)
                        .received(AwsEvent.of("""
                                {"id": "%s%s", "account": "123456789012", "region": "eu-west-1", "source": "aws.codecommit",
                                 "detail-type": "CodeCommit Repository State Change", "time": "2026-11-30T07:00:00Z",
                                 "detail": {"event": "referenceCreated", "repositoryName": "other", "referenceType": "branch",
                                            "referenceName": "main", "commitId": "0123456789012345678901234567890123456789"}}
                                """.formatted(id, codeCommit.url(web))), new EventQueue(ARN));
            }
        } finally {
            all.remove(listener);
        }
        String main = codeCommit.url(web).replace("/web", "/other") + " main";
        assertEquals(List.of(main, main), told);
    }
}
