package io.jenkins.plugins.awscicd.delivery.guard;

import static io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt.map;
import static io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.tasks.BuildStep;
import hudson.tasks.Builder;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineOperation;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.AwsAccessStep;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever may not begin is told so before AWS hears anything of it as the stage, whatever step and operation it is. */
@WithSharedJenkins
class NoCallBeforeGuardsTest extends PipelineRuns {

    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";
    private static final Map<String, Object> GREEN =
            Map.of("green", "web-prod", "versionLabel", "v1", "cname", "prod-live", "blueId", "e-abcdefghij");

    /** Nobody is asked in the midst of a build step. */
    private static final Set<String> OF_PIPELINES = Set.of("approve", "approvals");

    /** Why it may not. */
    private enum Refusal {
        JOB,
        BRANCH,
        HOURS,
        /** The step names another stage than that which has what it is about. */
        OWNER
    }

    /**
     * @param goesLive whether closed hours hold for it
     * @param named whether its arguments say what it is about, and not only AWS knows
     */
    private record Call(String step, Map<String, Object> arguments, boolean goesLive, boolean named) {

        boolean isRefused(Refusal refusal) {
            return switch (refusal) {
                case HOURS -> goesLive;
                case OWNER -> named;
                case JOB, BRANCH -> true;
            };
        }

        Attempt in(String stage) {
            Map<String, Object> all = new LinkedHashMap<>(arguments);
            all.put("stage", stage);
            return new Attempt(step, "", all);
        }
    }

    private static List<Call> calls() {
        List<Call> all = new ArrayList<>();
        all.add(new Call("codeBuild", map("project", "prod-deploy"), true, true));
        all.add(new Call("codeBuild", map("project", "prod-deploy", "serviceRole", "build"), true, true));
        all.add(new Call(
                "codeBuild", map("project", "prod-deploy", "retryBuild", 1, "debugSession", true), true, true));
        Map<String, Object> batch = map("project", "prod-deploy", "batch", true);
        all.add(new Call("codeBuild", batch, true, true));
        Map<String, Object> asBuild = with(batch, "batchConfig", map("serviceRole", "build"), "retryFailed", 1);
        all.add(new Call("codeBuild", asBuild, true, true));
        for (String build :
                List.of("prod-deploy:" + ID, "arn:aws:codebuild:eu-west-1:123456789012:build/prod-deploy:" + ID)) {
            all.add(new Call("codeBuild", map("build", build), true, true));
            all.add(new Call("codeBuild", map("build", build, "onAbort", "stop"), true, true));
        }
        Map<String, Object> group = map("application", "web", "deploymentGroup", "prod");
        Map<String, Object> revision = with(group, "revision", "s3://artifacts/web.zip");
        all.add(new Call("codeDeploy", revision, true, true));
        all.add(new Call("codeDeploy", with(revision, "deploymentConfig", "slowly"), true, true));
        all.add(new Call(
                "codeDeploy",
                map("application", "web", "registerOnly", true, "revision", "s3://artifacts/web.zip"),
                true,
                false));
        all.add(new Call("codeDeploy", map("continueAfterReady", "d-ABCDEFGHI"), true, false));
        all.add(new Call("codeDeploy", map("stop", "d-ABCDEFGHI"), false, false));
        all.add(new Call("codeDeploy", map("stop", "d-ABCDEFGHI", "rollBack", true), false, false));
        all.add(new Call("codeDeploy", map("watch", "d-ABCDEFGHI"), false, false));
        Map<String, Object> environment = map("application", "web", "environment", "web-prod", "version", "v0");
        all.add(new Call("beanstalkDeploy", environment, true, true));
        all.add(new Call("beanstalkDeploy", with(environment, "templateName", "large"), true, true));
        all.add(new Call(
                "beanstalkDeploy", with(environment, "strategy", "blueGreen", "cname", "prod-live"), true, true));
        all.add(new Call(
                "beanstalkDeploy",
                with(
                        environment,
                        "createEnvironment",
                        true,
                        "solutionStackName",
                        "64bit Amazon Linux 2023 v6.1.0 running Node.js 20"),
                true,
                true));
        all.add(new Call("beanstalkDeploy", map("application", "web", "continueBlueGreen", GREEN), true, true));
        all.add(new Call("beanstalkDeploy", map("application", "web", "discardBlueGreen", GREEN), false, true));
        for (PipelineOperation operation : PipelineOperation.values()) {
            all.add(new Call(
                    "codePipeline",
                    pipeline(operation),
                    operation.deploys() || operation == PipelineOperation.ENABLE_TRANSITION,
                    operation != PipelineOperation.WATCH));
        }
        all.add(new Call("codePipeline", with(pipeline(PipelineOperation.WATCH), "approvals", "ask"), true, true));
        Map<String, Object> body = map("body", "Resources: {A: {Type: \"AWS::SNS::Topic\"}}");
        Map<String, Object> stack = map("stack", "web-prod");
        Map<String, Object> template = with(stack, "template", body);
        all.add(new Call("cloudFormationDeploy", template, true, true));
        all.add(new Call("cloudFormationDeploy", with(template, "approve", true), true, true));
        all.add(new Call("cloudFormationDeploy", with(template, "execute", false), false, true));
        all.add(new Call("cloudFormationDeploy", with(template, "validate", true), false, false));
        all.add(new Call("cloudFormationDeploy", with(stack, "driftOnly", true), false, true));
        all.add(new Call("cloudFormationDeploy", with(stack, "delete", true), true, true));
        all.add(new Call("cloudFormationDeploy", with(stack, "continueRollback", true), true, true));
        all.add(new Call("cloudFormationDeploy", with(stack, "changeSet", "c"), true, true));
        Map<String, Object> set = map("stackSet", "web-prod");
        all.add(new Call("cloudFormationStackSet", with(set, "template", body), true, true));
        all.add(new Call("cloudFormationStackSet", with(set, "template", body, "approve", true), true, true));
        all.add(new Call("cloudFormationStackSet", with(set, "delete", true), true, true));
        all.add(new Call("cloudFormationOutputs", stack, false, true));
        all.add(new Call("codeCommitStatus", map("pullRequest", "1", "state", "success"), false, false));
        Map<String, Object> question = map("message", "Ship it?");
        for (Map<String, Object> what : List.<Map<String, Object>>of(
                revision,
                with(revision, "deploymentConfig", "slowly"),
                with(environment, "templateName", "large"),
                map("project", "prod-deploy", "sourceVersion", "0123456789012345678901234567890123456789"),
                map("pipeline", "web-prod"),
                map("pipeline", "web-prod", "operation", "enableTransition", "pipelineStage", "Deploy"),
                with(stack, "changeSet", "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/c/" + ID))) {
            all.add(new Call("awsApproval", with(question, "what", what), false, false));
        }
        all.add(new Call(
                "awsApproval",
                with(question, "notify", "arn:aws:sns:eu-west-1:123456789012:releases", "revision", "v1"),
                false,
                false));
        return all;
    }

    private static Map<String, Object> pipeline(PipelineOperation operation) {
        Map<String, Object> arguments = map("pipeline", "web-prod", "operation", operation.word());
        boolean ofStage = Set.of(
                        PipelineOperation.ROLLBACK,
                        PipelineOperation.OVERRIDE,
                        PipelineOperation.ENABLE_TRANSITION,
                        PipelineOperation.DISABLE_TRANSITION)
                .contains(operation);
        if (ofStage) {
            arguments.put("pipelineStage", "Deploy");
        }
        if (operation != PipelineOperation.START && operation.follows()) {
            arguments.put("execution", ID);
        }
        if (operation == PipelineOperation.OVERRIDE) {
            arguments.put("condition", "BEFORE_ENTRY");
        }
        if (operation == PipelineOperation.DISABLE_TRANSITION) {
            arguments.put("reason", "not now");
        }
        return arguments;
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static Stage stage(String name) {
        Stage stage = new Stage(name);
        StageAccess access = new StageAccess();
        access.setRole("arn:aws:iam::123456789012:role/" + name);
        stage.setAccess(access);
        return stage;
    }

    private static void stages(Refusal refusal) {
        Stage prod = stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeBuildProject("prod-deploy");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setTargets(
                "web/prod, web/web-prod, web/prod-live, stack/web-prod, stackset/web-prod, pipeline/web-prod");
        guards.setApprovers("alice");
        switch (refusal) {
            case JOB -> guards.setJobs("release/**");
            case BRANCH -> guards.setBranches("main");
            case HOURS -> guards.setClosedHours("daily 00:00-24:00 UTC");
            case OWNER -> {}
        }
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod, stage("dev")));
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void nothingIsCalled(Refusal refusal) throws Exception {
        stages(refusal);
        List<Attempt> attempts = calls().stream()
                .filter(call -> call.isRefused(refusal))
                .map(call -> call.in(refusal == Refusal.OWNER ? "dev" : "prod"))
                .toList();
        StringBuilder script = new StringBuilder(
                "def said = []\n"
                        + "def refused = { call -> try { call(); said << 'through' } catch (e) { said << e.message.replace('\\n', ' | ') } }\n");
        attempts.forEach(
                attempt -> script.append("refused { ").append(attempt.groovy()).append(" }\n"));
        script.append("said.eachWithIndex { text, n -> echo \"attempt ${n}: ${text}\" }\n");
        Run<?, ?> run = jenkins.buildAndAssertSuccess(job(script.toString()));
        List<String> log = run.getLog(10_000);
        List<String> through = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            String begin = "attempt " + i + ": ";
            String line =
                    log.stream().filter(it -> it.contains(begin)).findFirst().orElse("not made");
            if (!isOfGuards(line)) {
                through.add(attempts.get(i) + ": " + line);
            }
        }
        assertEquals(List.of(), through);
        assertEquals(Map.of(), local.aws().calls().byOperation());
        freestyle(attempts);
    }

    private static boolean isOfGuards(String text) {
        return text.contains("stage prod: ") || text.contains("belongs to stage prod");
    }

    private void freestyle(List<Attempt> attempts) throws Exception {
        List<Attempt> own = attempts.stream()
                .filter(attempt -> Collections.disjoint(attempt.arguments().keySet(), OF_PIPELINES))
                .toList();
        for (boolean afterwards : List.of(false, true)) {
            Map<Attempt, BuildStep> made = BuildSteps.of(afterwards ? Publisher.class : Builder.class, own);
            InTurn all = new InTurn(made, NoCallBeforeGuardsTest::isOfGuards);
            FreeStyleProject job = jenkins.createFreeStyleProject();
            if (afterwards) {
                job.getPublishersList().add(all.afterwards());
            } else {
                job.getBuildersList().add(all);
            }
            jenkins.buildAndAssertStatus(Result.FAILURE, job);
            assertEquals(List.of(), all.through());
            assertEquals(made.size(), all.refused());
            assertEquals(Map.of(), local.aws().calls().byOperation());
        }
    }

    /** A new step, operation or build step is tried as well. */
    @Test
    void allAreTried() throws Exception {
        Set<String> steps = StepDescriptor.all().stream()
                .filter(it -> AwsAccessStep.class.isAssignableFrom(it.clazz))
                .map(StepDescriptor::getFunctionName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tried = calls().stream().map(Call::step).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(steps, tried);
        for (Class<?> kind : List.of(Builder.class, Publisher.class)) {
            Set<String> found = new TreeSet<>();
            for (Descriptor<?> descriptor : BuildSteps.all(kind)) {
                found.add(BuildSteps.stepOf(descriptor));
            }
            assertTrue(tried.containsAll(found), found::toString);
            assertEquals(6, found.size(), found::toString);
        }
    }
}
