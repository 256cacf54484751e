package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.matrix.Axis;
import hudson.matrix.AxisList;
import hudson.matrix.MatrixBuild;
import hudson.matrix.MatrixProject;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentStatus;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guarded stages are guarded from freestyle jobs, too. */
@WithSharedJenkins
class FreestyleStageTest extends FreestyleBuilds {

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private static void prod(String jobs) {
        Stage stage = new Stage("prod");
        StageDefaults defaults = new StageDefaults();
        defaults.setCodeDeployApplication("web");
        defaults.setDeploymentGroup("prod");
        stage.setDefaults(defaults);
        StageGuards guards = new StageGuards();
        guards.setJobs(jobs);
        stage.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(stage));
    }

    private static CodeDeployStep toProd(String stage) {
        CodeDeployStep step = toProd((Object) "s3://artifacts/web.zip");
        step.setStage(stage);
        return step;
    }

    @Test
    void guardsHoldForBuildStepsAndForThoseAfterTheBuild() throws Exception {
        group();
        prod("delivery/**");
        String belongs = "deployment group prod of web belongs to stage prod: add stage: 'prod' to the step";
        jenkins.assertLogContains(belongs, run(Result.FAILURE, new CodeDeployBuilder(toProd((String) null))));
        jenkins.assertLogContains(belongs, run(Result.FAILURE, new CodeDeployPublisher(toProd((String) null))));
        jenkins.assertLogContains(
                "may not deploy here, only delivery/**", run(Result.FAILURE, new CodeDeployBuilder(toProd("prod"))));
        assertEquals(List.of(), local.aws().codeDeploy().deployments());

        prod("**");
        run(Result.SUCCESS, new CodeDeployBuilder(toProd("prod")));
        assertEquals(DeploymentStatus.SUCCEEDED, onlyDeployment().status());
    }

    @Test
    void stepsAfterTheBuildAndThoseWithVariablesAreAskedTheSame() throws Exception {
        group();
        prod("delivery/**");
        String refused = "may not deploy here, only delivery/**";
        jenkins.assertLogContains(refused, run(Result.FAILURE, new CodeDeployPublisher(toProd("prod"))));
        CodeDeployStep named = toProd("${WHERE}");
        FreeStyleProject job = job(new CodeDeployBuilder(named));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHERE", "prod")));
        jenkins.assertLogContains(refused, jenkins.buildAndAssertStatus(Result.FAILURE, job));
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
    }

    @Test
    void aMatrixIsAskedByItsConfigurations() throws Exception {
        group();
        prod("matrix");
        MatrixProject matrix = jenkins.createProject(MatrixProject.class, "matrix");
        matrix.setAxes(new AxisList(new Axis("os", "linux")));
        matrix.getBuildersList().add(new CodeDeployBuilder(toProd("prod")));
        MatrixBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, matrix);
        jenkins.assertLogContains(
                "job matrix/os=linux may not deploy here, only matrix",
                build.getRuns().get(0));
        assertEquals(List.of(), local.aws().codeDeploy().deployments());
        prod("matrix/*");
        jenkins.buildAndAssertSuccess(matrix);
        assertEquals(DeploymentStatus.SUCCEEDED, onlyDeployment().status());
    }
}
