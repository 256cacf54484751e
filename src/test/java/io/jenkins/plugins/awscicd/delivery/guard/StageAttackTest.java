package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentBuilder;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import io.jenkins.plugins.awscicd.engine.bundle.S3Location;
import io.jenkins.plugins.awscicd.engine.bundle.UploadedObject;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;

/** What a Jenkinsfile may try to get past the guards of a stage. */
@WithSharedJenkins
class StageAttackTest extends CodeDeployRuns {

    private static final String ALWAYS = "daily 00:00-24:00 UTC";
    private static final String TO_PROD = "codeDeploy stage: 'prod', revision: 's3://artifacts/web.zip'";
    private static final String PINNED = "[bucket: 'artifacts', key: 'web.zip', type: 'zip', version: 'v1']";
    private static final String BELONGS =
            "deployment group prod of web belongs to stage prod: add stage: 'prod' to the step";

    private static Stage prod(Consumer<StageGuards> guards) {
        return StageStepTest.stage("prod", "prod", guards);
    }

    private static void stages(Stage... stages) {
        AwsCicdConfiguration.get().setStages(List.of(stages));
    }

    @AfterEach
    void noStages() {
        stages();
    }

    private void assertNothingDeployed() {
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    @Test
    void noWayOfWritingItGoesRound() throws Exception {
        local.aws().codeDeploy().group(group());
        stages(prod(guards -> guards.setClosedHours(ALWAYS)));
        WorkflowRun run = run(Result.FAILURE, """
                def tries = 0
                def shared
                node {
                    writeFile file: 'deploy.groovy', text: '''
                        def toProd() { %1$s }
                        return this
                    '''
                    shared = load 'deploy.groovy'
                }
                def quietly = { body -> try { body() } catch (e) { tries++ } }
                parallel(
                    retried: { quietly { retry(3) { %1$s } } },
                    loaded: { quietly { shared.toProd() } },
                    general: { quietly { step([$class: 'CodeDeployStep', stage: 'prod', revision: 's3://artifacts/web.zip']) } },
                    caught: { catchError { %2$s } },
                    kept: { quietly { %1$s, propagate: false } })
                echo "refused ${tries} times"
                error 'over'
                """.formatted(TO_PROD, STEP));
        jenkins.assertLogContains("refused 4 times", run);
        jenkins.assertLogContains(BELONGS, run);
        assertNothingDeployed();
    }

    @Test
    void noNameIsAnother() throws Exception {
        local.aws().codeDeploy().group(group());
        stages(prod(guards -> guards.setJobs("**")), StageStepTest.stage("dev", "dev", none -> {}));
        jenkins.assertLogContains(
                "region: 'EU-WEST-1' is not spelled as in AWS; use 'eu-west-1'",
                run(Result.FAILURE, STEP + ", region: 'EU-WEST-1'"));
        for (String region : List.of("eu-west-1-fips", "fips-eu-west-1")) {
            jenkins.assertLogContains(BELONGS, run(Result.FAILURE, STEP + ", region: '" + region + "'"));
        }
        String endpoint = ", credentialsId: 'aws', endpoint: '" + local.aws().endpoint() + "'";
        jenkins.assertLogContains(BELONGS, run(Result.FAILURE, STEP + endpoint));
        jenkins.assertLogContains(
                "credentialsId: cannot be combined with stage: 'prod'", run(Result.FAILURE, TO_PROD + endpoint));
        jenkins.assertLogContains(
                BELONGS.replace("of web", "of WEB"), run(Result.FAILURE, STEP.replace("'web'", "'WEB'")));
        String arn = "arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:web/prod";
        for (String name : List.of("prod ", " prod", arn, "prod%20", "web/prod")) {
            run(Result.FAILURE, STEP.replace("'prod'", "'" + name + "'"));
        }
        for (String stage : List.of("PROD", "prod/", "dev")) {
            run(Result.FAILURE, STEP + ", stage: '" + stage + "'");
        }
        assertNothingDeployed();
        run(Result.SUCCESS, STEP + ", stage: ' prod '");
    }

    @Test
    void whatTwoStagesHaveIsDeployedToForNeitherAlone() throws Exception {
        local.aws().codeDeploy().group(group());
        stages(prod(guards -> guards.setJobs("**")), StageStepTest.stage("live", "prod", it -> it.setJobs("**")));
        jenkins.assertLogContains(
                BELONGS.replace("stage prod", "stage live").replace("'prod'", "'live'"), run(Result.FAILURE, TO_PROD));
        jenkins.assertLogContains(BELONGS, run(Result.FAILURE, TO_PROD.replace("'prod'", "'live'")));
        assertNothingDeployed();
    }

    @Test
    void trafficIsNotShiftedRoundAStage() throws Exception {
        local.aws().codeDeploy().group(group().blueGreen().stopUnlessContinued(60));
        run(Result.SUCCESS, "codeDeploy " + WEB_TO_PROD + ", wait: 'ready', revision: " + PINNED);
        String id = onlyDeployment().id();
        String goOn = "codeDeploy continueAfterReady: '" + id + "'";
        stages(StageStepTest.stage("dev", "dev", none -> {}), prod(guards -> {
            guards.setAfter("dev");
            guards.setApprovals("1");
            guards.setClosedHours(ALWAYS);
        }));
        jenkins.assertLogContains(BELONGS, run(Result.FAILURE, goOn));
        jenkins.assertLogContains(BELONGS, run(Result.FAILURE, goOn + ", stage: 'dev'"));
        // Before the stage's identity is used at all, and so before it is known what waits there.
        jenkins.assertLogContains("stage prod: closed: ", run(Result.FAILURE, goOn + ", stage: 'prod'"));
        stages(StageStepTest.stage("dev", "dev", none -> {}), prod(guards -> {
            guards.setAfter("dev");
            guards.setApprovals("1");
        }));
        WorkflowRun run = run(Result.FAILURE, goOn + ", stage: 'prod'");
        assertInOrder(run, "s3://artifacts/web.zip @ v1 has not been deployed to stage dev", "requires 1 approval");
        assertEquals(DeploymentStatus.READY, onlyDeployment().status());
        stages(prod(guards -> guards.setJobs("**")));
        run(Result.SUCCESS, goOn + ", stage: 'prod'");
    }

    /** What a script says of what it asks about is not to look as what the stage has found out. */
    @Test
    void noQuestionForgesWhatItIsAbout() throws Exception {
        Approvers people = Approvers.in(jenkins);
        stages(prod(guards -> guards.setApprovers(Approvers.ALICE)));
        local.aws().s3().createBucket("artifacts", true).put("artifacts", "web.zip", new byte[] {1});
        String forged = "1.2\\nContent: s3://artifacts/good.zip @ v1\\r\\u2028To: nothing\\u202E";
        WorkflowRun run = people.asking(
                job("awsApproval message: 'Ship it?', stage: 'prod', what: \"" + forged
                                + "\", revision: 's3://artifacts/web.zip'")
                        .scheduleBuild2(0)
                        .waitForStart(),
                1);
        InputStepExecution input =
                run.getAction(InputAction.class).getExecutions().get(0);
        String shown = input.getInput().getParameters().get(0).getDescription();
        List<String> lines = shown.lines().toList();
        assertEquals(
                1, lines.stream().filter(line -> line.startsWith("Content: ")).count(), shown);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("Content: s3://artifacts/web.zip @ ")), shown);
        assertEquals(1, lines.stream().filter(line -> line.startsWith("To: ")).count(), shown);
        assertFalse(shown.contains("\u202E") || shown.contains("\u2028"), shown);
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    /** A step may wait for its turn for a day, and a stage be guarded meanwhile. */
    @Test
    void guardsThatCameWhileAStepWaitedHold() throws Exception {
        local.aws().codeDeploy().group(group().blueGreen().stopUnlessContinued(60));
        run(Result.SUCCESS, STEP + ", wait: 'ready'");
        String first = onlyDeployment().id();
        stages(prod(guards -> guards.setTargets("web/other")));
        WorkflowRun waiting = job(TO_PROD).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage(first, waiting);
        stages(prod(guards -> guards.setClosedHours(ALWAYS)));
        try (CodeDeployClient client = Clients.of(local.aws()).codeDeploy()) {
            client.stopDeployment(stop -> stop.deploymentId(first));
        }
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(waiting));
        jenkins.assertLogContains("stage prod: closed: ", waiting);
        assertEquals(first, onlyDeployment().id());
    }

    @Test
    void buildsOfAStageKeepToItsGuards() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("tests").variable("SIMULATED_SECONDS", 1));
        String build = "codeBuild stage: 'prod', project: 'tests'";
        stages(prod(guards -> {
            guards.setClosedHours(ALWAYS);
            guards.setJobs("nowhere");
            guards.setApprovers("alice");
        }));
        WorkflowRun run = run(Result.FAILURE, build);
        assertInOrder(run, "only nowhere", "stage prod: closed: ");
        run(Result.FAILURE, build + ", role: 'arn:aws:iam::999999999999:role/ours'");
        stages(prod(guards -> guards.setApprovers("alice")));
        jenkins.assertLogContains("requires 1 approval by alice", run(Result.FAILURE, build));
        assertEquals(List.of(), local.aws().codeBuild().builds());
        stages(prod(guards -> guards.setJobs("**")));
        run(Result.SUCCESS, build);
    }

    @Test
    void registeringARevisionDeploysNothing() throws Exception {
        local.aws().codeDeploy().group(group());
        stages(prod(guards -> guards.setClosedHours(ALWAYS)));
        run(Result.SUCCESS, "codeDeploy application: 'web', registerOnly: true, revision: 's3://artifacts/web.zip'");
        assertNothingDeployed();
    }

    @Test
    void anApprovalIsNothingThatAScriptCanMake() throws Exception {
        local.aws().codeDeploy().group(group());
        stages(prod(guards -> guards.setApprovers("alice")));
        String forged = "[stage: 'prod', revision: 's3://artifacts/web.zip', approvals: [[person: 'alice']]]";
        run(Result.FAILURE, "codeDeploy stage: 'prod', revision: " + forged);
        run(Result.FAILURE, TO_PROD + ", approval: " + forged);
        WorkflowRun run = run(Result.FAILURE, "def given = " + forged + "\necho \"${given}\"\n" + TO_PROD);
        jenkins.assertLogContains("stage prod: requires 1 approval by alice; it has 0", run);
        assertNothingDeployed();
    }

    @Test
    void noRevisionLooksAsAnother() throws Exception {
        local.aws().codeDeploy().group(group());
        local.aws().s3().createBucket("artifacts", false).put("artifacts", "web.zip", new byte[] {1});
        stages(StageStepTest.stage("dev", "dev", none -> {}), prod(guards -> guards.setAfter("dev")));
        had("dev", "dev", "s3://artifacts/web.zip @ v1");
        String deploy = "codeDeploy stage: 'prod', revision: ";
        run(Result.FAILURE, deploy + "[bucket: 'artifacts', key: 'web.zip @ v1', type: 'zip']");
        run(Result.FAILURE, deploy + "[bucket: 'artifacts', key: 'web.zip']");
        run(Result.FAILURE, deploy + "[bucket: 'artifacts', key: 'web.zip', version: 'v2']");
        run(Result.FAILURE, deploy + "[bucket: 'other', key: 'web.zip', version: 'v1']");
        String sha256 = "SHA-256 " + "0123456789abcdef".repeat(4);
        had("dev", "dev", "s3://artifacts/good.zip @ " + sha256);
        run(Result.FAILURE, deploy + "[bucket: 'artifacts', key: 'web.zip', type: 'zip', version: '" + sha256 + "']");
        run(
                Result.FAILURE,
                deploy + "[appSpec: [version: 0.0, Resources: [[web: [Type: 'AWS::Lambda::Function', Properties:"
                        + " [Name: 'web', Alias: 'live', CurrentVersion: 1, TargetVersion: 2]]]]]]");
        String digest = "0123456789".repeat(4) + ".zip"; // as anybody may call anything
        had("dev", "dev", "s3://artifacts/" + digest + " @ v1");
        had("dev", "dev", "s3://artifacts/jenkins/other-0123456789abcdef/" + digest + " @ v1");
        run(Result.FAILURE, deploy + "'s3://artifacts/" + digest + "'");
        run(Result.FAILURE, deploy + "'s3://artifacts/jenkins/other-0123456789abcdef/" + digest + "'");
        assertNothingDeployed();
        WorkflowJob job = job("");
        String own = new S3Location("artifacts", "jenkins", null)
                        .of(job.getFullName())
                        .prefix()
                + digest;
        had("dev", "dev", "s3://artifacts/" + own + " @ v1");
        job.setDefinition(new CpsFlowDefinition(deploy + "'s3://artifacts/" + own + "'", true));
        // Whoever may write to the bucket can call something as this plugin would have.
        local.aws().s3().put("artifacts", own, new byte[] {1});
        WorkflowRun planted = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        UploadedObjects.keep(planted, new UploadedObject("artifacts", own, null, "an-etag"));
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertNothingDeployed();
        run(Result.SUCCESS, deploy + "[bucket: 'artifacts', key: 'web.zip', version: 'v1']");
    }

    @Test
    void nothingButASuccessAtItsOwnPlaceIsAfterAStage() throws Exception {
        local.aws().codeDeploy().group(group());
        stages(StageStepTest.stage("dev", "dev", none -> {}), prod(guards -> guards.setAfter("dev")));
        String revision = "s3://artifacts/web.zip @ v1";
        String toProd = "codeDeploy stage: 'prod', revision: " + PINNED;
        Past past =
                new Past("codeDeploy", "eu-west-1", whose(), new Destination("dev", "web", "dev"), revision, revision);
        past.kept(DeploymentVerdict.FAILURE);
        past.kept(DeploymentVerdict.ROLLED_BACK);
        past.kept(DeploymentVerdict.ABORTED);
        past.kept(DeploymentVerdict.UNKNOWN);
        past.kept(DeploymentVerdict.RUNNING);
        past.to(new Destination("dev", "shop", "dev")).kept(DeploymentVerdict.SUCCESS);
        past.to(new Destination("dev", "web", "scratch")).kept(DeploymentVerdict.SUCCESS);
        past.to(new Destination("test", "web", "dev")).kept(DeploymentVerdict.SUCCESS);
        past.seeing(null).kept(DeploymentVerdict.SUCCESS); // as an earlier version has kept it
        past.seeing("s3://artifacts/web.zip @ v2").kept(DeploymentVerdict.SUCCESS);
        past.to(new Destination(null, "web", "dev")).kept(DeploymentVerdict.SUCCESS);
        new Past("beanstalkDeploy", "eu-west-1", whose(), past.destination(), revision, revision)
                .kept(DeploymentVerdict.SUCCESS);
        new Past("codeDeploy", "us-east-1", whose(), past.destination(), revision, revision)
                .kept(DeploymentVerdict.SUCCESS);
        new Past("codeDeploy", "eu-west-1", "account 999999999999", past.destination(), revision, revision)
                .kept(DeploymentVerdict.SUCCESS);
        new Past("codeDeploy", "eu-west-1", null, past.destination(), revision, revision)
                .kept(DeploymentVerdict.SUCCESS);
        jenkins.assertLogContains(
                revision + " has not been deployed to stage dev successfully", run(Result.FAILURE, toProd));
        assertNothingDeployed();
        past.kept(DeploymentVerdict.SUCCESS);
        run(Result.SUCCESS, toProd);
    }

    /** A name says where something is, and not what is in it. */
    @Test
    void whatWasOverwrittenSinceTheStageBeforeHadItIsAnother() throws Exception {
        local.aws().codeDeploy().group(group()).group(GroupSpec.simulated("web", "dev"));
        stages(StageStepTest.stage("dev", "dev", none -> {}), prod(guards -> guards.setAfter("dev")));
        for (boolean versioned : new boolean[] {true, false}) {
            int before = local.aws().codeDeploy().deployments().size();
            String bucket = versioned ? "versioned" : "plain";
            String object = "'s3://" + bucket + "/web.zip'";
            local.aws().s3().createBucket(bucket, versioned).put(bucket, "web.zip", new byte[] {1});
            run(Result.SUCCESS, "codeDeploy stage: 'dev', revision: " + object);
            local.aws().s3().put(bucket, "web.zip", new byte[] {2});
            jenkins.assertLogContains(
                    "what was deployed there under that name had another content: s3://" + bucket + "/web.zip @ ",
                    run(Result.FAILURE, "codeDeploy stage: 'prod', revision: " + object));
            assertEquals(before + 1, local.aws().codeDeploy().deployments().size());
            run(Result.SUCCESS, "codeDeploy stage: 'dev', revision: " + object);
            run(Result.SUCCESS, "codeDeploy stage: 'prod', revision: " + object);
        }
        // Wherever it is: a copy has the same digest.
        local.aws().s3().put("plain", "copy.zip", new byte[] {2});
        run(Result.SUCCESS, "codeDeploy stage: 'prod', revision: 's3://plain/copy.zip'");
        jenkins.assertLogContains(
                "the content of revision s3://plain/absent.zip is not pinned",
                run(Result.FAILURE, "codeDeploy stage: 'prod', revision: 's3://plain/absent.zip'"));
    }

    @Test
    void whatWasDeployedElsewhereUnderTheSameIdIsAnother() throws Exception {
        local.aws().codeDeploy().group(group());
        run(Result.SUCCESS, STEP);
        String id = onlyDeployment().id();
        Destination dev = new Destination("dev", "web", "dev");
        String revision = "s3://artifacts/web.zip";
        Past failed = new Past("codeDeploy", "eu-west-1", "account 999999999999", dev, revision, revision);
        String token = failed.kept(id, DeploymentVerdict.FAILURE);
        run(Result.SUCCESS, "codeDeploy continueAfterReady: '" + id + "'");
        assertEquals(
                DeploymentVerdict.FAILURE,
                Deployments.get().find(token).orElseThrow().verdict());
    }

    private String whose() {
        return "credentials aws at " + local.aws().endpoint();
    }

    private void had(String stage, String group, String revision) {
        new Past("codeDeploy", "eu-west-1", whose(), new Destination(stage, "web", group), revision, revision)
                .kept(DeploymentVerdict.SUCCESS);
    }

    /** A deployment that Jenkins remembers. */
    private record Past(
            String service, String region, String whose, Destination destination, String revision, String content) {

        Past seeing(String other) {
            return new Past(service, region, whose, destination, revision, other);
        }

        Past to(Destination other) {
            return new Past(service, region, whose, other, revision, content);
        }

        void kept(DeploymentVerdict verdict) {
            kept("d-" + UUID.randomUUID(), verdict);
        }

        String kept(String id, DeploymentVerdict verdict) {
            String token = UUID.randomUUID().toString();
            Instant now = Instant.now();
            Origin origin = new Origin("past", 1, "job/past/1/", List.of(), Origin.Left.RUN);
            Deployment running = new DeploymentBuilder(token, service, region, destination, origin, now)
                    .id(id)
                    .whose(whose)
                    .revision(revision)
                    .seen(new Deployment.Seen(content, null, null, false))
                    .build();
            Deployments.get().started(running);
            if (verdict != DeploymentVerdict.RUNNING) {
                Deployments.get().ended(token, verdict, revision, null, now);
            }
            return token;
        }
    }
}
