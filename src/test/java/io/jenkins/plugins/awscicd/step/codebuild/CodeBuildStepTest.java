package io.jenkins.plugins.awscicd.step.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Label;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.Status;
import io.jenkins.plugins.awscicd.step.ExpiredTimeout;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.job.JobFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;

@WithSharedJenkins
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CodeBuildStepTest {

    private static final String PASSING = """
            version: 0.2
            env:
              exported-variables: [APP_VERSION]
            phases:
              build:
                commands:
                  - echo "tests of $STAGE pass"
                  - export APP_VERSION=1.4.2
                  - echo app > app.txt
            artifacts:
              files: ['**/*']
            """;

    private static final String FAILING = """
            version: 0.2
            phases:
              build:
                commands:
                  - echo "one test fails" && exit 3
            """;

    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final LocalAwsExtension local = new LocalAwsExtension();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        local.configure();
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        return jenkins.buildAndAssertStatus(expected, job(script));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private Build onlyBuild() {
        List<Build> builds = local.aws().codeBuild().builds();
        assertEquals(1, builds.size(), "builds in AWS");
        return builds.get(0);
    }

    @Test
    void scriptedBuildReturnsItsResult() throws Exception {
        local.aws().s3().createBucket("artifacts", false);
        local.aws()
                .codeBuild()
                .project(ProjectSpec.named("web").buildspec(PASSING).artifacts("artifacts", "web.zip"));

        WorkflowRun run = run(Result.SUCCESS, """
                def build = codeBuild project: 'web', environmentVariables: [STAGE: "te${'s'}t"]
                echo "id ${build.id} is ${build.status}, number ${build.number} of ${build.project}"
                echo "exported ${build.exportedVariables.APP_VERSION}, artifact ${build.artifacts[0].location}"
                echo "phases ${build.phases.keySet().join(',')} cause ${build.cause} at ${build.consoleUrl}"
                """);

        Build build = onlyBuild();
        jenkins.assertLogContains("id " + build.id() + " is SUCCEEDED, number 1 of web", run);
        jenkins.assertLogContains("exported 1.4.2, artifact arn:aws:s3:::artifacts/web.zip", run);
        jenkins.assertLogContains("SUBMITTED,QUEUED,PROVISIONING,DOWNLOAD_SOURCE,INSTALL,PRE_BUILD,BUILD", run);
        jenkins.assertLogContains("cause null at https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/", run);
        jenkins.assertLogContains("[CodeBuild] Started web #1: ", run);
        jenkins.assertLogContains("\ntests of test pass\n", run);
        jenkins.assertLogContains("[CodeBuild] web #1 succeeded in ", run);
        assertEquals(List.of(), List.of(run.getRootDir().list((dir, name) -> name.startsWith("aws-cicd"))), "journals");
    }

    @Test
    void declarativeBuildOfAnAgentsWorkspace() throws Exception {
        jenkins.createOnlineSlave(Label.get("remote"));
        local.aws().s3().createBucket("sources", false);
        local.aws().codeBuild().project(ProjectSpec.named("web").source("S3", "sources/web/source.zip"));

        WorkflowRun run = run(Result.SUCCESS, """
                pipeline {
                  agent { label 'remote' }
                  stages {
                    stage('Build') {
                      steps {
                        writeFile file: 'app/buildspec.yml', text: 'version: 0.2\\nphases:\\n  build:\\n    commands: ["cat greeting.txt"]'
                        writeFile file: 'app/greeting.txt', text: 'hello from the workspace'
                        writeFile file: 'app/target/left.out', text: 'x'
                        codeBuild project: 'web', source: 'workspace', directory: 'app', excludes: 'target/**'
                      }
                    }
                  }
                }
                """);

        jenkins.assertLogContains("\nhello from the workspace\n", run);
        jenkins.assertLogContains("[CodeBuild] Uploaded 2 files (", run);
        List<String> keys = local.aws().s3().keys("sources");
        assertEquals(1, keys.size());
        assertTrue(keys.get(0).matches("web/test0-[0-9a-f]{16}/[0-9a-f]{64}\\.zip"), keys.get(0));
    }

    @Test
    void logOfOneHundredThousandLinesIsCompleteAndInOrder() throws Exception {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_SECONDS", 5)
                        .variable("SIMULATED_LOG_LINES", 100_000));

        WorkflowRun run = run(Result.SUCCESS, "codeBuild 'web'");

        Matcher numbers = Pattern.compile("(?m)^line (\\d+)").matcher(JenkinsRule.getLog(run));
        List<Integer> lines = new ArrayList<>();
        while (numbers.find()) {
            lines.add(Integer.valueOf(numbers.group(1)));
        }
        assertEquals(IntStream.rangeClosed(1, 100_000).boxed().toList(), lines);
    }

    @Test
    void failureNamesItsCauseLastAndMarksTheStep() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.named("web").buildspec(FAILING));

        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web'");

        String cause = "BUILD failed: COMMAND_EXECUTION_ERROR: ";
        String log = JenkinsRule.getLog(run);
        assertTrue(log.indexOf("\none test fails\n") < log.indexOf("[CodeBuild] " + cause), log);
        jenkins.assertLogContains("exit status 3", run);
        WarningAction warning = codeBuildNode(run).getPersistentAction(WarningAction.class);
        assertNotNull(warning);
        assertEquals(Result.FAILURE, warning.getResult());
        assertTrue(warning.getMessage().startsWith("web #1 failed: " + cause), warning.getMessage());
        String last = log.lines()
                .filter(line -> !line.startsWith("Finished: "))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertTrue(last.startsWith("ERROR: web #1 failed: " + cause), last);
    }

    @Test
    void stoppedInAwsIsAnAbortWithALink() throws Exception {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_SECONDS", 1)
                        .variable("SIMULATED_STATUS", "STOPPED"));

        WorkflowRun run = run(Result.ABORTED, "codeBuild project: 'web', log: 'none'");

        CauseOfInterruption shown =
                run.getAction(InterruptedBuildAction.class).getCauses().get(0);
        assertTrue(((JobFailure) shown).getUrl().contains("/codebuild/"), "a link on the run's page");
    }

    private static FlowNode codeBuildNode(WorkflowRun run) {
        FlowExecution execution = run.getExecution();
        assertNotNull(execution);
        FlowNode node = new DepthFirstScanner()
                .findFirstMatch(execution, it -> it.getDisplayFunctionName().equals("codeBuild"));
        assertNotNull(node);
        return node;
    }

    @Test
    void withoutPropagateTheScriptGoesOn() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.named("web").buildspec(FAILING));

        WorkflowRun run = run(Result.SUCCESS, """
                def build = codeBuild project: 'web', propagate: false
                echo "went on after ${build.status}: ${build.cause}"
                """);

        jenkins.assertLogContains("went on after FAILED: BUILD failed: COMMAND_EXECUTION_ERROR", run);
    }

    @Test
    void retryAndCatchErrorTreatItAsAFailure() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.named("web").buildspec(FAILING));

        WorkflowRun run = run(Result.UNSTABLE, """
                catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') {
                  retry(2) { codeBuild project: 'web' }
                }
                echo 'after'
                """);

        jenkins.assertLogContains("\nafter\n", run);
        assertEquals(2, local.aws().codeBuild().builds().size(), "tries");
    }

    @Test
    void timedOutInAwsIsAFailure() throws Exception {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web")
                        .variable("SIMULATED_SECONDS", 1)
                        .variable("SIMULATED_STATUS", "TIMED_OUT"));

        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web', log: 'none'");

        jenkins.assertLogContains("[CodeBuild] web #1 ended with status TIMED_OUT", run);
    }

    @Test
    void abortStopsTheBuildInAws() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        WorkflowRun run = job("codeBuild project: 'web'").scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[CodeBuild] PROVISIONING", run);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(Status.STOPPED, onlyBuild().status());
        assertEquals(1, local.aws().calls().count("CodeBuild.StopBuild"));
    }

    @Test
    void timeoutOfThePipelineStopsTheBuildInAws() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));

        WorkflowRun run = job(ExpiredTimeout.LONG + " { codeBuild project: 'web' }")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("[CodeBuild] PROVISIONING", run);
        ExpiredTimeout.in(run);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertEquals(Status.STOPPED, onlyBuild().status());
    }

    @Test
    void failFastStopsTheOtherBranch() throws Exception {
        local.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("long").variable("SIMULATED_SECONDS", 600))
                .project(ProjectSpec.named("failing").buildspec(FAILING));

        run(Result.FAILURE, """
                parallel(
                  a: { codeBuild project: 'long' },
                  b: { codeBuild project: 'failing' },
                  failFast: true)
                """);

        Build longOne = local.aws().codeBuild().builds().stream()
                .filter(build -> build.projectName().equals("long"))
                .findFirst()
                .orElseThrow();
        assertEquals(Status.STOPPED, longOne.status());
    }

    @Test
    void abortWinsOverAGoodEndWhoseLogIsStillRead() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 1));
        local.aws().faults().on("Logs.GetLogEvents").throttle();
        WorkflowRun run = job("codeBuild project: 'web'\necho 'went on'")
                .scheduleBuild2(0)
                .waitForStart();
        LocalAwsExtension.await(() -> status(run).contains("its log is being read"));

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogNotContains("\nwent on\n", run);
    }

    private static String status(WorkflowRun run) {
        try {
            FlowExecution execution = run.getExecutionPromise().get(1, TimeUnit.MINUTES);
            return execution.getCurrentExecutions(true).get(1, TimeUnit.MINUTES).stream()
                    .map(StepExecution::getStatus)
                    .collect(Collectors.joining());
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void abortOfAnUploadEndsIt() throws Exception {
        local.aws().s3().createBucket("sources", false);
        local.aws().codeBuild().project(ProjectSpec.simulated("web"));
        Fault stall = local.aws().faults().on("S3.UploadPart").stall(Duration.ofSeconds(60));
        WorkflowRun run = job("""
                        node {
                          writeFile file: 'app.txt', text: 'app'
                          codeBuild project: 'web', source: 'workspace', bucket: 'sources'
                        }
                        """).scheduleBuild2(0).waitForStart();
        LocalAwsExtension.await(() -> stall.hits() > 0);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(List.of(), local.aws().codeBuild().builds());
        LocalAwsExtension.await(() -> local.aws().s3().openUploads("sources") == 0);
    }

    @Test
    void credentialsOfOthersDoNotGoToAnEndpointOfTheJenkinsfile() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web', endpoint: 'https://example.com'");

        jenkins.assertLogContains("codeBuild endpoint: only with credentialsId", run);
        assertEquals(0, local.aws().calls().total());
    }

    @Test
    void abortLeavesABuildThatWasStartedElsewhere() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        String id;
        try (CodeBuildClient client = Clients.of(local.aws()).codeBuild()) {
            id = client.startBuild(it -> it.projectName("web")).build().id();
        }
        for (boolean stops : List.of(false, true)) {
            WorkflowRun run = job("codeBuild build: '" + id + "'" + (stops ? ", onAbort: 'stop'" : ""))
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("Following web #1", run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertEquals(stops, onlyBuild().status() == Status.STOPPED);
        }
    }

    @Test
    void anAbortStopsWhatIsToBeFollowedThoughItIsNotFoundYet() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        String id;
        try (CodeBuildClient client = Clients.of(local.aws()).codeBuild()) {
            id = client.startBuild(it -> it.projectName("web")).build().id();
        }
        local.aws().faults().on("CodeBuild.BatchGetBuilds").notYetVisible().times(3);
        WorkflowRun run = job("codeBuild build: '" + id + "', onAbort: 'stop'")
                .scheduleBuild2(0)
                .waitForStart();
        LocalAwsExtension.await(() -> local.aws().calls().count("CodeBuild.BatchGetBuilds") > 0);
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(Status.STOPPED, onlyBuild().status());
    }

    @Test
    void whatIsFollowedCannotBeChanged() throws Exception {
        WorkflowRun run = run(Result.FAILURE, """
                codeBuild build: 'web:1', retryBuild: 2
                """);
        jenkins.assertLogContains("codeBuild build: 'web:1'", run);
        jenkins.assertLogContains(
                "codeBuild retryBuild: cannot be combined with build, as nothing is started; leave one of them out",
                run);
    }

    @Test
    void abortCanLeaveTheBuild() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        WorkflowRun run = job("codeBuild project: 'web', onAbort: 'leave'")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("[CodeBuild] PROVISIONING", run);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(Status.IN_PROGRESS, onlyBuild().status());
        jenkins.waitForMessage("[CodeBuild] Left running in AWS: " + onlyBuild().id(), run);
    }

    @Test
    void wrongArgumentsAreToldBeforeAnythingIsStarted() throws Exception {
        WorkflowRun run = run(Result.FAILURE, """
                codeBuild project: 'web', timeoutMinutes: 3, onAbort: 'kill', sourceType: 'SVN',
                  environmentVariables: [CODEBUILD_X: 'a', S: [value: 'my-secret-value', type: 'SECRET']]
                """);

        jenkins.assertLogContains("codeBuild timeoutMinutes: 3 is out of range; use 5 to 2160", run);
        jenkins.assertLogContains("codeBuild onAbort: 'kill' is not known; use one of stop, leave", run);
        jenkins.assertLogContains("codeBuild sourceType: 'SVN' is not known; use one of BITBUCKET, CODECOMMIT, ", run);
        jenkins.assertLogContains("codeBuild environmentVariables: ", run);
        jenkins.assertLogNotContains("my-secret-value", run);
        assertEquals(0, local.aws().calls().total());
    }

    @Test
    void unknownProjectAndMissingPermissionAreToldPlainly() throws Exception {
        WorkflowRun unknown = run(Result.FAILURE, "codeBuild project: 'nowhere'");
        jenkins.assertLogContains("codebuild:StartBuild failed for project 'nowhere' in eu-west-1: ", unknown);
        jenkins.assertLogContains("Check its name, the region and the account.", unknown);

        local.aws().faults().on("CodeBuild.StartBuild").accessDenied();
        WorkflowRun denied = run(Result.FAILURE, "codeBuild project: 'web'");
        jenkins.assertLogContains("codebuild:StartBuild failed for project 'web' in eu-west-1: ", denied);
        jenkins.assertLogContains("that they allow the IAM action codebuild:StartBuild", denied);
        jenkins.assertLogNotContains("\tat ", denied);
    }

    @Test
    void assumesTheRoleInTheNameOfTheRun() throws Exception {
        local.aws().sts().role("arn:aws:iam::123456789012:role/delivery", "jenkins");
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 1));
        String step = "codeBuild project: 'web', role: 'arn:aws:iam::123456789012:role/delivery', externalId: ";

        WorkflowRun wrong = run(Result.FAILURE, step + "'other'");
        jenkins.assertLogContains("sts:AssumeRole", wrong);
        WorkflowRun right = run(Result.SUCCESS, step + "'jenkins'");

        String session = right.getParent().getFullName() + "-1";
        assertTrue(
                onlyBuild().initiator().endsWith("delivery/" + session),
                onlyBuild().initiator());
    }

    @Test
    void missingCredentialsAreNamed() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "codeBuild project: 'web', credentialsId: 'gone'");

        jenkins.assertLogContains("credentialsId: no AWS credentials 'gone' can be used here", run);
    }

    private static void addToken() {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("open-sesame")));
    }

    @Test
    void aBindingsSecretReachesTheBuildAndIsMasked() throws Exception {
        addToken();
        local.aws()
                .codeBuild()
                .project(ProjectSpec.named("web")
                        .buildspec(
                                "{version: 0.2, phases: {build: {commands: ['echo it is $TOKEN, ${#TOKEN} long']}}}"));

        WorkflowRun run = run(Result.SUCCESS, """
                withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                  codeBuild project: 'web', environmentVariables: [TOKEN: env.TOKEN]
                }
                """);

        jenkins.assertLogContains("\nit is ****, 11 long\n", run);
        jenkins.assertLogNotContains("open-sesame", run);
    }

    @Test
    void fiftyParallelBuildsUnderThrottlingHoldOnePool() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 5));
        local.aws().faults().on("CodeBuild.StartBuild").throttle().probability(0.2);
        local.aws().faults().on("CodeBuild.BatchGetBuilds").throttle().probability(0.2);
        local.aws().faults().on("Logs.GetLogEvents").throttle().probability(0.2);
        WorkflowRun run = job("""
                        def branches = [:]
                        for (int i = 0; i < 50; i++) {
                          branches["b${i}"] = { codeBuild project: 'web' }
                        }
                        parallel branches
                        """).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[CodeBuild] Started web #50", run);
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("AWS CI/CD")
                        && !thread.getName().startsWith("AWS CI/CD upload"))
                .count();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        // 3 keep time, 12 make the calls of all accounts, 1 keeps their time limits; other tests' uploads may linger.
        assertTrue(threads <= 16, threads + " threads of ours");
        assertEquals(50, local.aws().codeBuild().builds().size());
    }

    @Test
    void noSecretIsKeptOrShown() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 600));
        // Till AWS has taken it, the step has to keep the value.
        Fault refusal = local.aws().faults().on("CodeBuild.StartBuild").throttle();
        addToken();
        WorkflowRun run = job("""
                        withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                          codeBuild project: 'web', environmentVariables: [TOKEN: env.TOKEN]
                        }
                        """).scheduleBuild2(0).waitForStart();
        LocalAwsExtension.await(() -> refusal.hits() > 0);

        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains("open-sesame"), "in " + file);
                assertFalse(content.contains("secret-of-the-test"), "in " + file);
            }
        }
        run.doStop();
        jenkins.waitForCompletion(run);
    }
}
