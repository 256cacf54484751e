package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.tasks.BuildStep;
import hudson.tasks.Builder;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.FolderStages;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.delivery.guard.AttackTable.Attempt;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.AwsAccessStep;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkRuns;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.structs.describable.ArrayType;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.HomogeneousObjectType;
import org.jenkinsci.plugins.structs.describable.ParameterType;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.flow.GlobalDefaultFlowDurabilityLevel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.SCMSourceRetriever;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;

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
        /** A post-build action of a freestyle job. */
        POST_BUILD,
        LOADED,
        REPLAY,
        PULL_REQUEST,
        UPSTREAM,
        FOLDER,
        /** A folder whose configurer says otherwise of the stage, and has another one with its role. */
        FOLDER_WITH_STAGES,
        /** A run with the parameters of another one, as those who may build start it again. */
        REBUILD,
        /** A library that an administrator has made global, whose authors are others. */
        LIBRARY
    }

    @BeforeEach
    void prod() throws Exception {
        local.aws().codeDeploy().group(group());
        local.aws().codeDeploy().group(waiting());
        for (String project : List.of("prod-deploy", "tests")) {
            local.aws().codeBuild().project(ProjectSpec.simulated(project).variable("SIMULATED_SECONDS", 0));
        }
        environment("web-prod", "web-idle");
        environment("web-live", "prod-live"); // somebody has swapped it outside of Jenkins
        environment("scratch", "web-scratch");
        BeanstalkRuns.bundles(local.aws());
        local.aws().sts().role(AttackTable.ROLE, "prod");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "disguised",
                        "AKIDEXAMPLE",
                        "wJalrXUtnFEMI",
                        "",
                        AttackTable.ROLE,
                        null));
        Stage prod = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeBuildProject("prod-deploy");
        defaults.setCodeDeployApplication("web");
        defaults.setDeploymentGroup("prod");
        defaults.setBeanstalkApplication("web");
        defaults.setEnvironment("web-prod");
        prod.setDefaults(defaults);
        StageAccess access = new StageAccess();
        access.setRole(AttackTable.ROLE);
        access.setExternalId("prod");
        prod.setAccess(access);
        StageGuards guards = new StageGuards();
        guards.setJobs("release/**");
        guards.setApprovers("alice");
        guards.setTargets("web/prod-bg, web/prod-live, stack/web-prod, stackset/web-prod, pipeline/web-prod");
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod, new Stage("dev")));
    }

    /** A stack that is nested in one of the stage; beside it, one is made that works with the stage's role. */
    private String nested() throws Exception {
        String topic = "Resources: {A: {Type: 'AWS::SNS::Topic'}}";
        local.aws().s3().createBucket("templates", false);
        local.aws().s3().put("templates", "inner.yaml", topic.getBytes(StandardCharsets.UTF_8));
        try (CloudFormationClient client = Clients.of(local.aws()).cloudFormation()) {
            client.createStack(create -> create.stackName(KnownAttacks.ROLED)
                    .roleARN(AttackTable.ROLE)
                    .templateBody(topic));
            client.createStack(create -> create.stackName("web-prod")
                    .templateBody("Resources: {Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL:"
                            + " 'https://templates.s3.eu-west-1.amazonaws.com/inner.yaml'}}}"));
            for (String stack : List.of(KnownAttacks.ROLED, "web-prod")) {
                while (!client.describeStacks(it -> it.stackName(stack))
                        .stacks()
                        .get(0)
                        .stackStatusAsString()
                        .equals("CREATE_COMPLETE")) {
                    Thread.sleep(20);
                }
            }
        }
        return local.aws()
                .cloudFormation()
                .stack("web-prod")
                .resources()
                .get("Net")
                .physicalId()
                .split("/")[1];
    }

    private static GroupSpec waiting() {
        GroupSpec group = GroupSpec.simulated("web", "prod-bg").blueGreen().stopUnlessContinued(60);
        group.simulation().events(Duration.ofMillis(10));
        return group;
    }

    private void environment(String name, String cname) {
        local.aws()
                .beanstalk()
                .environment(EnvironmentSpec.simulated("web", name)
                        .version("v0")
                        .cname(cname)
                        .basicHealth());
    }

    /** A deployment to the stage that was let in, and waits. */
    private String ready() throws Exception {
        try (CodeDeployClient client = Clients.of(local.aws()).codeDeploy()) {
            String id = client.createDeployment(create -> create.applicationName("web")
                            .deploymentGroupName("prod-bg")
                            .revision(at -> at.revisionType("S3")
                                    .s3Location(s3 ->
                                            s3.bucket("artifacts").key("1.zip").bundleType("zip"))))
                    .deploymentId();
            while (!"Ready"
                    .equals(client.getDeployment(get -> get.deploymentId(id))
                            .deploymentInfo()
                            .statusAsString())) {
                Thread.sleep(20);
            }
            return id;
        }
    }

    /** Whether a program survives a crash has nothing to do with what it may. */
    @BeforeEach
    void fast() {
        durability(FlowDurabilityHint.PERFORMANCE_OPTIMIZED);
    }

    private static void durability(FlowDurabilityHint hint) {
        ExtensionList.lookupSingleton(GlobalDefaultFlowDurabilityLevel.DescriptorImpl.class)
                .setDurabilityHint(hint);
    }

    @AfterEach
    void noStages() {
        durability(null);
        GlobalLibraries.get().setLibraries(List.of());
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
        String ready = ready();
        Map<Object, String> known = Map.of(AttackTable.READY, ready, KnownAttacks.NESTED, nested());
        List<Attempt> attempts = AttackTable.attempts().stream()
                .map(attempt -> attempt.about(known))
                .toList();
        List<String> through =
                switch (from) {
                    case FREESTYLE, POST_BUILD -> freestyle(attempts, from == From.POST_BUILD);
                    default -> pipeline(from, attempts);
                };
        assertEquals(List.of(), through);
        assertEquals(1, local.aws().codeDeploy().deployments().size());
        assertEquals(
                DeploymentStatus.READY,
                local.aws().codeDeploy().deployments().get(0).status());
        assertEquals(List.of(), local.aws().codeBuild().builds());
        for (String change :
                List.of("UpdateEnvironment", "SwapEnvironmentCNAMEs", "CreateEnvironment", "TerminateEnvironment")) {
            assertEquals(0, local.aws().calls().count("ElasticBeanstalk." + change), change);
        }
        assertEquals(0, local.aws().calls().count("CodePipeline.StartPipelineExecution"));
        for (String change : List.of(
                "ExecuteChangeSet",
                "DeleteStack",
                "ContinueUpdateRollback",
                "UpdateTerminationProtection",
                "SetStackPolicy",
                "CreateStackSet",
                "UpdateStackSet",
                "CreateStackInstances",
                "DeleteStackInstances",
                "DeleteStackSet")) {
            assertEquals(0, local.aws().calls().count("CloudFormation." + change), change);
        }
    }

    /** What arguments are made of: their parts too may say who, where and what. */
    @Test
    void everyPartOfEveryArgumentIsInTheTable() {
        TreeMap<String, TreeSet<String>> found = new TreeMap<>();
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (AwsAccessStep.class.isAssignableFrom(descriptor.clazz)) {
                addParts(found, descriptor.getFunctionName(), descriptor.clazz);
            }
        }
        TreeMap<String, TreeSet<String>> known = new TreeMap<>();
        AttackTable.PARTS.forEach((name, parts) -> known.put(name, new TreeSet<>(parts.keySet())));
        known.keySet().removeAll(UNTYPED);
        assertEquals(known, found);
    }

    /** What they are made of is for the engine to say, and for no class that a form has. */
    private static final List<String> UNTYPED = List.of(
            "codeDeploy.revision",
            "beanstalkDeploy.bundle",
            "beanstalkDeploy.continueBlueGreen",
            "beanstalkDeploy.discardBlueGreen");

    private static void addParts(TreeMap<String, TreeSet<String>> found, String name, Class<?> type) {
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            ParameterType of =
                    parameter.getType() instanceof ArrayType list ? list.getElementType() : parameter.getType();
            if (of instanceof HomogeneousObjectType part
                    && part.getSchemaType().getType().getName().startsWith("io.jenkins.plugins.awscicd.")) {
                TreeSet<String> names = new TreeSet<>();
                part.getSchemaType().getParameters().forEach(it -> names.add(it.getName()));
                found.put(name + "." + parameter.getName(), names);
                addParts(
                        found,
                        name + "." + parameter.getName(),
                        part.getSchemaType().getType());
            }
        }
    }

    /** The JVM takes no method of over 64 KB. */
    private static final int MOST_IN_A_METHOD = 50;

    /** Those that were not refused by a guard, of many in one run: most of an attempt is waiting, so several are made at once. */
    private static List<String> pipeline(From from, List<Attempt> attempts) throws Exception {
        StringBuilder script = new StringBuilder("String refused(int n, Closure call) {\n"
                + "  try { call(); return \"attempt ${n}: through\" }\n"
                + "  catch (e) { return \"attempt ${n}: ${e.message}\".replace('\\n', ' | ') }\n}\n");
        StringBuilder calls = new StringBuilder("parallel(");
        int methods = (attempts.size() + MOST_IN_A_METHOD - 1) / MOST_IN_A_METHOD;
        for (int method = 0; method < methods; method++) {
            calls.append(method == 0 ? "" : ", ")
                    .append("part")
                    .append(method)
                    .append(": { from")
                    .append(method)
                    .append("() }");
            script.append("def from").append(method).append("() {\n  def said = []\n");
            for (int i = method; i < attempts.size(); i += methods) { // those that take long are beside each other
                script.append("  said << refused(")
                        .append(i)
                        .append(") { ")
                        .append(attempts.get(i).groovy())
                        .append(" }\n");
            }
            script.append("  echo said.join('\\n')\n}\n");
        }
        calls.append(")\n");
        String scripted = script + "" + calls;
        Run<?, ?> run =
                switch (from) {
                    case SCRIPTED, FREESTYLE, POST_BUILD -> jenkins.buildAndAssertSuccess(job(scripted));
                    case DECLARATIVE ->
                        jenkins.buildAndAssertSuccess(
                                job(script + "pipeline { agent none\n stages { stage('prod') { steps { script {\n"
                                        + calls + "} } } } }"));
                    case LOADED -> loaded(script + "def all() {\n" + calls + "}\nreturn this");
                    case REPLAY -> replayed(scripted);
                    case PULL_REQUEST -> pullRequest(scripted);
                    case UPSTREAM -> {
                        WorkflowRun upstream = jenkins.buildAndAssertSuccess(job(OTHER));
                        yield jenkins.assertBuildStatusSuccess(
                                job(scripted).scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(upstream))));
                    }
                    case REBUILD -> {
                        WorkflowJob job = job("if (params.TRY != 'yes') { error 'other parameters' }");
                        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("TRY", "no")));
                        WorkflowRun first = jenkins.assertBuildStatusSuccess(
                                job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("TRY", "yes"))));
                        job.setDefinition(new CpsFlowDefinition(
                                "if (params.TRY != 'yes') { error 'other parameters' }\n" + scripted, true));
                        yield jenkins.assertBuildStatusSuccess(job.scheduleBuild2(
                                0,
                                first.getAction(ParametersAction.class),
                                new CauseAction(new Cause.UserIdCause("alice"), new Cause.UpstreamCause(first))));
                    }
                    case LIBRARY -> library(scripted, calls.toString());
                    case FOLDER -> inFolder("team", scripted, List.of());
                    case FOLDER_WITH_STAGES -> inFolder("others", scripted, otherStages());
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

    /** No text in a script may be as long as this one. */
    private static WorkflowRun loaded(String script) throws Exception {
        Path file = Files.createTempFile("attack", ".groovy");
        try {
            Files.writeString(file, script);
            String path = file.toString().replace('\\', '/');
            return jenkins.buildAndAssertSuccess(job("node { load('" + path + "').all() }"));
        } finally {
            Files.delete(file);
        }
    }

    private static WorkflowRun inFolder(String name, String script, List<Stage> stages) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, name);
        if (!stages.isEmpty()) {
            FolderStages property = new FolderStages();
            property.setStages(stages);
            folder.addProperty(property);
        }
        WorkflowJob job = folder.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertSuccess(job);
    }

    private static List<Stage> otherStages() {
        Stage prod = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeBuildProject("tests");
        defaults.setDeploymentGroup("scratch");
        defaults.setEnvironment("scratch");
        prod.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setTargets("scratch/scratch");
        prod.setGuards(guards);
        Stage dev = new Stage("dev");
        StageAccess access = new StageAccess();
        access.setRole(AttackTable.ROLE);
        access.setExternalId("prod");
        dev.setAccess(access);
        return List.of(prod, dev);
    }

    private static WorkflowRun library(String scripted, String calls) throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository("lib");
            String helper = scripted.substring(0, scripted.length() - calls.length());
            String variable = helper + "def call() {\n" + calls + "}\n";
            scm.addFile("lib", "master", "attack", "vars/attack.groovy", variable.getBytes(StandardCharsets.UTF_8));
            LibraryConfiguration library = new LibraryConfiguration(
                    "shared", new SCMSourceRetriever(new MockSCMSource(scm, "lib", new MockSCMDiscoverBranches())));
            library.setDefaultVersion("master");
            GlobalLibraries.get().setLibraries(List.of(library));
            return jenkins.buildAndAssertSuccess(job("@Library('shared') _\nattack()"));
        }
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
            WorkflowJob job = project.getItem("CR-" + request);
            LocalAwsExtension.await(() -> job.getLastBuild() != null); // which finding the request has started
            return jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(job.getLastBuild()));
        }
    }

    /** Those that were not refused by a guard, of many build steps, or post-build actions, of one build. */
    private static List<String> freestyle(List<Attempt> attempts, boolean afterwards) throws Exception {
        Map<Attempt, BuildStep> steps = BuildSteps.of(afterwards ? Publisher.class : Builder.class, attempts);
        assertTrue(steps.size() > 100, () -> steps.size() + " build steps");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        InTurn all = new InTurn(steps, AttackTableTest::isOfGuards);
        if (afterwards) {
            job.getPublishersList().add(all.afterwards());
        } else {
            job.getBuildersList().add(all);
        }
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertEquals(steps.size(), all.refused() + all.through().size());
        return all.through();
    }

    /** Whether it is a guard that has refused it, and not something else that is missing. */
    private static boolean isOfGuards(String line) {
        return line.contains("belongs to stage prod")
                || line.contains("stage prod:")
                || line.contains("cannot be combined with stage: 'prod'")
                || line.contains("endpoint: only with credentialsId")
                || line.contains("may belong to stage prod")
                || line.contains("awsApproval revision: what is asked about is ")
                || line.contains("for stage prod")
                || line.contains("stage prod exempts nobody");
    }

    @Test
    void theTableIsLarge() {
        int attempts = AttackTable.attempts().size();
        assertTrue(attempts * From.values().length > 1_000, () -> attempts + " attempts");
    }
}
