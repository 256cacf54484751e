package io.jenkins.plugins.awscicd.delivery.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.localaws.codedeploy.GroupSpec;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who steps are to AWS in a guarded stage, nobody is who does not name it; nor does the stage do anything for who may not enter. */
@WithSharedJenkins
class StageIdentityTest extends CodeDeployRuns {

    private static final String ROLE = "arn:aws:iam::123456789012:role/prod";
    private static final String ALWAYS = "daily 00:00-24:00 UTC";
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:releases";
    private static final String REVISION = "revision: 's3://artifacts/web.zip'";

    @BeforeEach
    void aws() throws Exception {
        local.aws().sts().role(ROLE, "jenkins");
        local.aws().codeBuild().project(ProjectSpec.simulated("tests").variable("SIMULATED_SECONDS", 1));
        local.aws().codeBuild().project(ProjectSpec.simulated("release").variable("SIMULATED_SECONDS", 1));
        local.aws().codeDeploy().group(group()).group(GroupSpec.simulated("web", "dev"));
        local.aws().s3().createBucket("artifacts", false);
        keys("prod-keys", null);
        keys("hub", null);
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static void keys(String id, String role) {
        AWSCredentialsImpl keys = new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, id, "AKIDEXAMPLE", "wJalrXUtnFEMI-secret-of-the-test", id, role, null);
        SystemCredentialsProvider.getInstance().getCredentials().add(keys);
    }

    private static Stage stage(
            String name, Consumer<StageAccess> who, Consumer<StageDefaults> what, StageGuards guards) {
        Stage stage = new Stage(name);
        StageAccess access = new StageAccess();
        who.accept(access);
        stage.setAccess(access);
        StageDefaults defaults = new StageDefaults();
        what.accept(defaults);
        stage.setDefaults(defaults);
        stage.setGuards(guards);
        return stage;
    }

    private static void asRole(StageAccess access) {
        access.setRole(ROLE);
        access.setExternalId("jenkins");
    }

    private static StageGuards jobs(String jobs) {
        StageGuards guards = new StageGuards();
        guards.setJobs(jobs);
        return guards;
    }

    private static void stages(Stage... stages) {
        AwsCicdConfiguration.get().setStages(List.of(stages));
    }

    private static void refused(String message, String script) throws Exception {
        jenkins.assertLogContains(message, run(Result.FAILURE, script));
    }

    private void assertNothingCalled() {
        assertEquals(
                0,
                local.aws().calls().total(),
                () -> local.aws().calls().byOperation().toString());
    }

    @Test
    void aRoleIsForThoseWhoNameItsStage() throws Exception {
        stages(stage("prod", StageIdentityTest::asRole, none -> {}, jobs("**")));
        String belongs = "role " + ROLE + " belongs to stage prod: add stage: 'prod' to the step";
        String as = ", role: '" + ROLE + "'";
        local.aws().calls().reset();
        refused(belongs, "codeBuild project: 'tests'" + as);
        refused(belongs, "codeBuild project: 'tests', credentialsId: 'aws'" + as);
        refused(belongs, "codeDeploy application: 'web', deploymentGroup: 'dev', " + REVISION + as);
        refused(belongs, "codeDeploy application: 'web', registerOnly: true, " + REVISION + as);
        refused(belongs, "beanstalkDeploy application: 'web', environment: 'scratch', version: 'v1'" + as);
        refused(belongs, "awsApproval message: 'Ship it?', notify: '" + TOPIC + "'" + as);
        keys("disguised", ROLE);
        refused(belongs, "codeBuild project: 'tests', credentialsId: 'disguised'");
        assertNothingCalled();
        run(Result.SUCCESS, "codeBuild project: 'tests', stage: 'prod'");
        run(Result.SUCCESS, "codeBuild project: 'tests'");
    }

    /** AWS takes a role for what it starts by its name too, and an account has one of a name. */
    @Test
    void aRoleHasNoOtherNameThatIsNotTheStages() throws Exception {
        stages(stage("prod", StageIdentityTest::asRole, none -> {}, jobs("**")));
        local.aws().calls().reset();
        for (String name : List.of(
                "prod",
                " PROD",
                "role/prod",
                " " + ROLE,
                "arn:aws:iam::123456789012:role/deploy/prod",
                "arn:aws-cn:iam::123456789012:role/prod")) {
            refused(" belongs to stage prod: add", "codeBuild project: 'tests', serviceRole: '" + name + "'");
        }
        for (String setting : List.of(
                "namespace: 'aws:autoscaling:launchconfiguration', optionName: 'IamInstanceProfile', value: 'prod'",
                "namespace: 'aws:autoscaling:launchconfiguration', optionName: 'IamInstanceProfile', value:"
                        + " 'arn:aws:iam::123456789012:instance-profile/prod'",
                "namespace: 'aws:elasticbeanstalk:environment', optionName: 'ServiceRole', value: 'prod'",
                "namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'A', value: '" + ROLE + " '")) {
            refused(
                    " belongs to stage prod: add",
                    "beanstalkDeploy application: 'web', environment: 'scratch', version: 'v0', optionSettings: [["
                            + setting + "]]");
        }
        refused(
                "role arn:aws:iam::123456789012:role/deploy/prod belongs to stage prod",
                "codeBuild project: 'tests', role: 'arn:aws:iam::123456789012:role/deploy/prod'");
        assertNothingCalled();
        run(Result.SUCCESS, "codeBuild project: 'tests', serviceRole: 'other'");
    }

    @Test
    void credentialsAreForThoseWhoNameTheirStage() throws Exception {
        stages(stage("prod", it -> it.setCredentialsId("prod-keys"), none -> {}, jobs("**")));
        String belongs = "credentials prod-keys belongs to stage prod: add stage: 'prod' to the step";
        local.aws().calls().reset();
        refused(belongs, "codeBuild project: 'tests', credentialsId: 'prod-keys'");
        WorkflowJob job = job("codeBuild project: 'tests', credentialsId: '${WHO}'");
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition("WHO", "", "prod-keys", AWSCredentialsImpl.class.getName(), true)));
        jenkins.assertLogContains(belongs, jenkins.buildAndAssertStatus(Result.FAILURE, job));
        assertNothingCalled();
        run(Result.SUCCESS, "codeBuild project: 'tests', stage: 'prod'");
    }

    /** The keys may be the controller's own, which all steps have. */
    @Test
    void theRoleOfAStagesCredentialsIsForThoseWhoNameTheStage() throws Exception {
        keys("prod-role", ROLE);
        stages(stage("prod", it -> it.setCredentialsId("prod-role"), none -> {}, jobs("**")));
        local.aws().calls().reset();
        refused("role " + ROLE + " belongs to stage prod", "codeBuild project: 'tests', role: '" + ROLE + "'");
        assertNothingCalled();
    }

    /** Credentials of a folder hide those of Jenkins with the same id, and say nothing of whom the stage's are. */
    @Test
    void aFolderWithCredentialsOfTheSameIdTakesNoRoleFromTheStage() throws Exception {
        keys("prod-role", ROLE);
        stages(stage("prod", it -> it.setCredentialsId("prod-role"), none -> {}, jobs("**")));
        String belongs = "role " + ROLE + " belongs to stage prod";
        local.aws().calls().reset();
        Folder hidden = folder("prod-role", null);
        refused(belongs, hidden, "codeBuild project: 'tests', role: '" + ROLE + "'");
        AwsCicdConfiguration.get().setCredentialsId("aws");
        Folder asDefault = folder("aws", ROLE);
        refused(belongs, asDefault, "codeBuild project: 'tests', role: '" + ROLE + "'");
        refused(belongs, asDefault, "codeBuild project: 'tests'");
        assertNothingCalled();
    }

    private static Folder folder(String id, String role) throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        FolderCredentialsProvider.FolderCredentialsProperty credentials =
                new FolderCredentialsProvider.FolderCredentialsProperty(new DomainCredentials[0]);
        folder.addProperty(credentials);
        CredentialsStore store = credentials.getStore();
        store.addCredentials(
                Domain.global(),
                new AWSCredentialsImpl(
                        CredentialsScope.GLOBAL, id, "AKIDEXAMPLE", "wJalrXUtnFEMI-of-the-folder", id, role, null));
        return folder;
    }

    private static void refused(String message, Folder folder, String script) throws Exception {
        WorkflowJob job = folder.createProject(
                WorkflowJob.class, "job" + folder.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.assertLogContains(message, jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    @Test
    void whatOthersHaveTooBelongsToNobody() throws Exception {
        stages(
                stage("dev", it -> it.setCredentialsId("hub"), none -> {}, null),
                stage("prod", it -> it.setCredentialsId("hub"), none -> {}, jobs("**")),
                stage("live", it -> it.setCredentialsId("aws"), none -> {}, jobs("**")));
        run(Result.SUCCESS, "codeBuild project: 'tests', stage: 'dev'");
        run(Result.SUCCESS, "codeBuild project: 'tests', credentialsId: 'hub'");
        run(Result.SUCCESS, "codeBuild project: 'tests'");
    }

    @Test
    void aProjectIsForThoseWhoNameItsStage() throws Exception {
        stages(stage("prod", none -> {}, it -> it.setCodeBuildProject("release"), jobs("**")));
        String belongs = "belongs to stage prod: add stage: 'prod' to the step";
        refused("project release " + belongs, "codeBuild project: 'release'");
        String arn = "arn:aws:codebuild:eu-west-1:123456789012:project/release";
        refused("is an ARN; use the project's name alone: 'release'", "codeBuild project: '" + arn + "'");
        assertEquals(List.of(), local.aws().codeBuild().builds());
        run(Result.SUCCESS, "codeBuild stage: 'prod'");
        run(Result.SUCCESS, "codeBuild project: 'tests'");
    }

    @Test
    void nothingIsDoneWithItForWhoMayNotEnter() throws Exception {
        StageGuards closed = jobs("**");
        closed.setClosedHours(ALWAYS);
        stages(stage("prod", StageIdentityTest::asRole, none -> {}, closed));
        local.aws().calls().reset();
        String at = ", stage: 'prod', ";
        refused("closed: ", "codeDeploy application: 'web', registerOnly: true" + at + REVISION);
        String workspace = "node { writeFile file: 'appspec.yml', text: 'version: 0.0'; %s }";
        refused(
                "closed: ",
                workspace.formatted("codeDeploy application: 'web', deploymentGroup: 'dev', revision: 'workspace',"
                        + " bucket: 'artifacts'" + at.substring(0, at.length() - 2)));
        refused(
                "closed: ",
                "beanstalkDeploy application: 'web', environment: 'scratch'" + at + "bundle: 's3://artifacts/1.zip'");
        refused(
                "closed: ",
                "beanstalkDeploy application: 'web', strategy: 'blueGreen', cname: 'web-live'" + at
                        + "bundle: 's3://artifacts/1.zip'");
        stages(stage("prod", StageIdentityTest::asRole, none -> {}, jobs("nowhere")));
        refused("only nowhere", "codeDeploy watch: 'd-ABCDEF123'" + at.substring(0, at.length() - 2));
        refused("only nowhere", "awsApproval message: 'Ship it?', notify: '" + TOPIC + "', stage: 'prod'");
        assertNothingCalled();
    }
}
