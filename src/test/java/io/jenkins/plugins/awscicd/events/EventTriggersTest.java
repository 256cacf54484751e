package io.jenkins.plugins.awscicd.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.harness.RunningBuilds;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codecommit.Repository;
import io.jenkins.plugins.awscicd.localaws.events.Weather;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsQueue;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that events of AWS start. */
@WithSharedJenkins
class EventTriggersTest extends PipelineRuns {

    static final String ARN = "arn:aws:sqs:eu-west-1:123456789012:jenkins";

    private SqsQueue queue;

    @BeforeEach
    void create() {
        queue = local.aws().sqs().queue("jenkins");
    }

    /** Once in a test: a message that the long poll of a poller gets that was just closed is invisible to the next one for a while. */
    private static void listen(EventQueue to) {
        AwsEventQueues.get().setQueues(List.of(to));
    }

    @AfterEach
    void stop() throws Exception {
        AwsEventQueues.get().setQueues(List.of());
        RunningBuilds.deleteWithJobs(Jenkins.get());
    }

    static String event(String id, String account, String kind) {
        return "{\"version\":\"0\",\"id\":\"" + id + "\",\"source\":\"acme.shop\",\"detail-type\":\"" + kind
                + "\",\"account\":\"" + account
                + "\",\"region\":\"eu-west-1\",\"detail\":{\"image\":\"web:7\",\"size\":12,\"secret\":\"s3cret-value\"}}";
    }

    /** Names of jobs are those of no other test: what an event has started is remembered by the name. */
    private WorkflowJob started(String name, String pattern) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "def event = awsEvent()\necho \"got ${event['detail-type']} of ${event.detail.image} ${event.detail.size + 1}\"",
                true));
        job.addTrigger(new AwsEventTrigger(pattern));
        return job;
    }

    private void untilQuiet() throws Exception {
        LocalAwsExtension.await(() -> queue.bodies().isEmpty());
        jenkins.waitUntilNoActivity();
    }

    @Test
    void anEventStartsARunThatHasIt() throws Exception {
        listen(new EventQueue(ARN));
        WorkflowJob job = started(
                "has-event", "{\"source\": [\"acme.shop\"], \"detail\": {\"image\": [{\"prefix\": \"web:\"}]}}");
        queue.send(event("a1", "123456789012", "Image Pushed"));
        untilQuiet();
        assertEquals(1, queue.deleted(), () -> QueuePollers.get().statuses().toString());
        WorkflowRun run = job.getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("AWS event: Image Pushed", run);
        jenkins.assertLogContains("got Image Pushed of web:7 13", run);
        assertFalse(
                Files.readString(run.getRootDir().toPath().resolve("build.xml")).contains("s3cret-value"),
                "values are encrypted");
    }

    @Test
    void anEventThatComesTwiceStartsOneRun() throws Exception {
        listen(new EventQueue(ARN));
        WorkflowJob job = started("comes-twice", "{\"source\": [\"acme.shop\"]}");
        for (int i = 0; i < 3; i++) {
            queue.send(event("e1", "123456789012", "Image Pushed"));
        }
        queue.send(event("e2", "123456789012", "Image Pushed"));
        untilQuiet();
        assertEquals(2, job.getLastBuild().getNumber());
        // as after a crash, in which what was started is forgotten, but for the runs
        Files.deleteIfExists(Jenkins.get().getRootDir().toPath().resolve("aws-events-started.txt"));
        new EventTriggers().received(AwsEvent.of(event("e1", "123456789012", "Image Pushed")), new EventQueue(ARN));
        untilQuiet();
        assertEquals(2, job.getLastBuild().getNumber());
    }

    @Test
    void whatDoesNotMatchOrIsOfAnotherAccountStartsNothing() throws Exception {
        listen(new EventQueue(ARN));
        WorkflowJob job = started("of-others", "{\"source\": [\"acme.shop\"], \"detail\": {\"image\": [\"web:7\"]}}");
        queue.send(event("b1", "210987654321", "Image Pushed"));
        queue.send(event("b2", "123456789012", "Image Pushed").replace("eu-west-1", "us-east-1"));
        queue.send(event("b3", "123456789012", "Image Pushed").replace("web:7", "web:8"));
        untilQuiet();
        assertNull(job.getLastBuild());
    }

    @Test
    void onlyJobsThatTheQueueAllowsAreStarted() throws Exception {
        EventQueue narrow = new EventQueue(ARN);
        narrow.setJobs("delivery/**");
        listen(narrow);
        WorkflowJob job = started("not-allowed", "{\"source\": [\"acme.shop\"]}");
        queue.send(event("c1", "123456789012", "Image Pushed"));
        untilQuiet();
        assertNull(job.getLastBuild());
    }

    @Test
    void anEventComesAgainUntilJenkinsTakesTheRunIntoItsQueue() throws Exception {
        WorkflowJob job = started("refused-for-now", "{\"source\": [\"acme.shop\"]}");
        AwsEvent event = AwsEvent.of(event("f1", "123456789012", "Image Pushed"));
        EventTriggers triggers = new EventTriggers();
        Queue.QueueDecisionHandler refusal = new Queue.QueueDecisionHandler() {
            @Override
            public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
                return task != job;
            }
        };
        ExtensionList.lookup(Queue.QueueDecisionHandler.class).add(refusal);
        try {
            assertTrue(assertThrows(IllegalStateException.class, () -> triggers.received(event, new EventQueue(ARN)))
                    .getMessage()
                    .contains("refused-for-now"));
            job.makeDisabled(true);
            assertTrue(triggers.received(event, new EventQueue(ARN)), "a disabled job does not want it");
            job.makeDisabled(false);
        } finally {
            ExtensionList.lookup(Queue.QueueDecisionHandler.class).remove(refusal);
        }
        triggers.received(event, new EventQueue(ARN));
        triggers.received(event, new EventQueue(ARN));
        jenkins.waitUntilNoActivity();
        assertEquals(1, job.getLastBuild().getNumber());
    }

    /** As if so much time had passed since. */
    private static void age(Duration time) throws Exception {
        Path file = Jenkins.get().getRootDir().toPath().resolve("aws-events-started.txt");
        List<String> older = Files.readAllLines(file).stream()
                .map(line -> line.split(" ", 2))
                .map(line -> Long.parseLong(line[0]) - time.toMillis() + " " + line[1])
                .toList();
        Files.write(file, older);
    }

    /** A queue may hide a message for up to twelve hours before it comes again. */
    @Test
    void whatIsRefusedForLongDoesNotStartTheOtherJobsAgain() throws Exception {
        WorkflowJob refused = started("refused-for-long", "{\"source\": [\"acme.shop\"]}");
        WorkflowJob job = started("started-beside-refused", "{\"source\": [\"acme.shop\"]}");
        AwsEvent event = AwsEvent.of(event("g1", "123456789012", "Image Pushed"));
        Queue.QueueDecisionHandler refusal = new Queue.QueueDecisionHandler() {
            @Override
            public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
                return task != refused;
            }
        };
        ExtensionList.lookup(Queue.QueueDecisionHandler.class).add(refusal);
        try {
            assertThrows(IllegalStateException.class, () -> new EventTriggers().received(event, new EventQueue(ARN)));
            jenkins.waitUntilNoActivity();
            job.getBuildByNumber(1).delete();
            for (int hours : List.of(1, 12, 12)) {
                age(Duration.ofHours(hours));
                assertThrows(
                        IllegalStateException.class, () -> new EventTriggers().received(event, new EventQueue(ARN)));
                jenkins.waitUntilNoActivity();
                assertNull(job.getLastBuild());
            }
        } finally {
            ExtensionList.lookup(Queue.QueueDecisionHandler.class).remove(refusal);
        }
    }

    /** A repository whose pushes come to the queue after the first one. */
    private Repository repository(Map<String, String> files) throws Exception {
        local.aws().sts().user("AKIDEXAMPLE", "wJalrXUtnFEMI-secret-of-the-test");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new CodeCommitCredentials(CredentialsScope.GLOBAL, "code", "the code"));
        SystemCredentialsProvider.getInstance().save();
        Repository repository = local.aws().codeCommit().repository("web");
        local.aws().codeCommit().commit(repository, "main", files);
        local.aws()
                .events()
                .rule("pushes", "{\"source\": [\"aws.codecommit\"]}", queue)
                .weather(Weather.late(Duration.ZERO));
        listen(new EventQueue(ARN));
        return repository;
    }

    private GitSCM scm(Repository repository) {
        return new GitSCM(
                List.of(new UserRemoteConfig(local.aws().codeCommit().url(repository), null, null, "code")),
                List.of(new BranchSpec("*/main")),
                null,
                null,
                List.of());
    }

    @Test
    void aPushToCodeCommitStartsWhatPollsTheRepository() throws Exception {
        Repository repository = repository(Map.of("a.txt", "1"));
        FreeStyleProject job = jenkins.createFreeStyleProject("polls-freestyle");
        job.setScm(scm(repository));
        SCMTrigger poll = new SCMTrigger("");
        job.addTrigger(poll);
        poll.start(job, true);
        String commit = local.aws().codeCommit().commit(repository, "main", Map.of("a.txt", "2"));
        LocalAwsExtension.await(() -> job.getLastBuild() != null);
        jenkins.waitUntilNoActivity();
        assertTrue(
                job.getLastBuild().getLog(1000).stream().anyMatch(line -> line.contains(commit)),
                job.getLastBuild().getLog(1000).toString());
    }

    @Test
    void aPushToCodeCommitStartsAPipelineThatPollsWithoutASchedule() throws Exception {
        String jenkinsfile = "properties([pipelineTriggers([pollSCM('')])])\necho 'text '\n";
        Repository repository = repository(Map.of("Jenkinsfile", jenkinsfile.replace("text", "one")));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "polls-pipeline");
        job.setDefinition(new CpsScmFlowDefinition(scm(repository), "Jenkinsfile"));
        jenkins.buildAndAssertSuccess(job);
        String commit = local.aws()
                .codeCommit()
                .commit(repository, "main", Map.of("Jenkinsfile", jenkinsfile.replace("text", "two")));
        LocalAwsExtension.await(() -> job.getBuildByNumber(2) != null);
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(job.getBuildByNumber(2)));
        jenkins.assertLogContains("two", run);
        jenkins.assertLogContains(commit, run);
    }
}
