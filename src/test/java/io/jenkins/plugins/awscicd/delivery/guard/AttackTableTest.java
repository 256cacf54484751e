package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Builder;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt;
import io.jenkins.plugins.awscicd.freestyle.BeanstalkDeployBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeDeployBuilder;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.AwsAccessStep;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From wherever it is tried, and with whatever argument: nothing gets round a stage's guards. */
@WithSharedJenkins
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class AttackTableTest extends CodeDeployRuns {

    private static final String OTHER = "echo 'nothing'";

    /** Where an attempt is made. */
    enum From {
        SCRIPTED,
        DECLARATIVE,
        FREESTYLE,
        LOADED,
        REPLAY,
        PULL_REQUEST,
        UPSTREAM,
        FOLDER
    }

    @BeforeEach
    void prod() {
        local.aws().codeDeploy().group(group());
        local.aws().codeBuild().project(ProjectSpec.simulated("prod-deploy").variable("SIMULATED_SECONDS", 0));
        EnvironmentSpec environment =
                EnvironmentSpec.simulated("web", "web-prod").version("v0").basicHealth();
        local.aws().beanstalk().environment(environment);
        local.aws().sts().role(AttackTable.ROLE, "prod");
        Stage prod = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeBuildProject("prod-deploy");
        defaults.setCodeDeployApplication("web");
        defaults.setDeploymentGroup("prod");
        defaults.setBeanstalkApplication("web");
        defaults.setEnvironment("web-prod");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setJobs("release/**");
        guards.setApprovers("alice");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod, new Stage("dev")));
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    @Test
    void everyArgumentOfEveryStepIsInTheTable() {
        TreeSet<String> steps = new TreeSet<>();
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (!AwsAccessStep.class.isAssignableFrom(descriptor.clazz)) {
                continue; // another plugin's, or a test's
            }
            String step = descriptor.getFunctionName();
            steps.add(step);
            TreeSet<String> names = new TreeSet<>();
            for (DescribableParameter parameter :
                    DescribableModel.of(descriptor.clazz).getParameters()) {
                names.add(parameter.getName());
            }
            assertEquals(names, new TreeSet<>(AttackTable.of(step).keySet()), "arguments of " + step);
        }
        assertEquals(steps, new TreeSet<>(AttackTable.STEPS.keySet()));
    }

    @ParameterizedTest
    @EnumSource(From.class)
    void nothingGetsThrough(From from) throws Exception {
        List<Attempt> attempts = AttackTable.attempts();
        List<String> through = from == From.FREESTYLE ? freestyle(attempts) : pipeline(from, attempts);
        assertEquals(List.of(), through);
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
        assertEquals(List.of(), local.aws().codeBuild().builds());
        for (String change :
                List.of("UpdateEnvironment", "SwapEnvironmentCNAMEs", "CreateEnvironment", "TerminateEnvironment")) {
            assertEquals(0, local.aws().calls().count("ElasticBeanstalk." + change), change);
        }
    }

    /** Those that were not refused by a guard, of many in one run. */
    private static List<String> pipeline(From from, List<Attempt> attempts) throws Exception {
        StringBuilder script = new StringBuilder("def refused(int n, Closure call) {\n"
                + "  try { call(); echo \"attempt ${n}: through\" }\n"
                + "  catch (e) { echo \"attempt ${n}: ${e.message}\".replace('\\n', ' | ') }\n}\n");
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < attempts.size(); i++) {
            calls.append("refused(")
                    .append(i)
                    .append(") { ")
                    .append(attempts.get(i).groovy())
                    .append(" }\n");
        }
        String scripted = script + "" + calls;
        Run<?, ?> run =
                switch (from) {
                    case SCRIPTED, FREESTYLE -> jenkins.buildAndAssertSuccess(job(scripted));
                    case DECLARATIVE ->
                        jenkins.buildAndAssertSuccess(
                                job(script + "pipeline { agent none\n stages { stage('prod') { steps { script {\n"
                                        + calls + "} } } } }"));
                    case LOADED ->
                        jenkins.buildAndAssertSuccess(job("node { writeFile file: 'lib.groovy', text: '''"
                                + (script + "def all() {\n" + calls + "}\nreturn this")
                                        .replace("\\", "\\\\")
                                        .replace("'''", "\\'''")
                                        .replace("'", "\\'")
                                + "'''\n load('lib.groovy').all() }"));
                    case REPLAY -> replayed(scripted);
                    case PULL_REQUEST -> pullRequest(scripted);
                    case UPSTREAM -> {
                        WorkflowRun upstream = jenkins.buildAndAssertSuccess(job(OTHER));
                        yield jenkins.assertBuildStatusSuccess(
                                job(scripted).scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(upstream))));
                    }
                    case FOLDER -> {
                        WorkflowJob job =
                                jenkins.createProject(Folder.class, "team").createProject(WorkflowJob.class, "release");
                        job.setDefinition(new CpsFlowDefinition(scripted, true));
                        yield jenkins.buildAndAssertSuccess(job);
                    }
                };
        List<String> log = run.getLog(100_000);
        List<String> through = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            String begin = "attempt " + i + ": ";
            String line =
                    log.stream().filter(it -> it.contains(begin)).findFirst().orElse("not made");
            if (!isOfGuards(line)) {
                through.add(attempts.get(i) + ": " + line);
            }
        }
        return through;
    }

    private static WorkflowRun replayed(String script) throws Exception {
        ReplayAction replay = jenkins.buildAndAssertSuccess(job(OTHER)).getAction(ReplayAction.class);
        return jenkins.waitForCompletion((WorkflowRun)
                replay.run(script, replay.getOriginalLoadedScripts()).get());
    }

    private static WorkflowRun pullRequest(String script) throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository("web");
            scm.createBranch("web", "feature");
            scm.addFile("web", "feature", "try", "Jenkinsfile", script.getBytes(StandardCharsets.UTF_8));
            int request = scm.openChangeRequest("web", "feature");
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "shop");
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(scm, "web", new MockSCMDiscoverChangeRequests())));
            project.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();
            return jenkins.buildAndAssertSuccess(project.getItem("CR-" + request));
        }
    }

    private static List<String> freestyle(List<Attempt> attempts) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        List<String> through = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Builder builder =
                    switch (attempt.step()) {
                        case "codeBuild" -> new CodeBuildBuilder(made(CodeBuildStep.class, attempt));
                        case "codeDeploy" -> new CodeDeployBuilder(made(CodeDeployStep.class, attempt));
                        case "beanstalkDeploy" -> new BeanstalkDeployBuilder(made(BeanstalkDeployStep.class, attempt));
                        default -> null; // asks, which needs a Pipeline
                    };
            if (builder != null) {
                job.getBuildersList().replaceBy(List.of(builder));
                FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
                if (build.getLog(1_000).stream().noneMatch(AttackTableTest::isOfGuards)) {
                    through.add(attempt + ": " + build.getLog(1_000));
                }
            }
        }
        return through;
    }

    private static <S> S made(Class<S> step, Attempt attempt) throws Exception {
        return new DescribableModel<>(step).instantiate(attempt.arguments(), TaskListener.NULL);
    }

    /** Whether it is a guard that has refused it, and not something else that is missing. */
    private static boolean isOfGuards(String line) {
        return line.contains("belongs to stage prod")
                || line.contains("stage prod:")
                || line.contains("cannot be combined with stage: 'prod'")
                || line.contains("endpoint: only with credentialsId")
                || line.contains("for stage prod")
                || line.contains("stage prod exempts nobody");
    }

    @Test
    void theTableIsLarge() {
        int attempts = AttackTable.attempts().size();
        assertTrue(attempts * From.values().length > 300, () -> attempts + " attempts");
    }
}
