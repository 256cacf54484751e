package io.jenkins.plugins.awscicd.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.beanstalk.OptionSetting;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationDeployStep;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codepipeline.CodePipelineStep;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be a secret is encrypted in a job's configuration. */
@WithSharedJenkins
class SealedConfigurationTest extends FreestyleBuilds {

    private static final String OPTION = "db-password-1";
    private static final String VARIABLE = "api-token-2";
    private static final int PIN = 271828182;

    private static FreeStyleProject secretive() throws Exception {
        OptionSetting setting = new OptionSetting();
        setting.setNamespace("aws:elasticbeanstalk:application:environment");
        setting.setOptionName("DB_PASSWORD");
        setting.setValue(OPTION);
        BeanstalkDeployStep deploy = new BeanstalkDeployStep();
        deploy.setOptionSettings(List.of(setting));
        CodeBuildStep build = new CodeBuildStep("web");
        build.setEnvironmentVariables(
                Map.of("TOKEN", VARIABLE, "TYPED", Map.of("value", VARIABLE, "type", "PLAINTEXT")));
        return job(
                new BeanstalkDeployBuilder(deploy),
                new CodeBuildBuilder(build),
                new BeanstalkDeployPublisher(deploy),
                new CodeBuildPublisher(build));
    }

    private static void assertKnows(FreeStyleProject job) {
        assertEquals(
                OPTION,
                job.getBuildersList()
                        .get(BeanstalkDeployBuilder.class)
                        .getStep()
                        .getOptionSettings()
                        .get(0)
                        .getValue());
        assertEquals(
                Map.of("TOKEN", VARIABLE, "TYPED", Map.of("value", VARIABLE, "type", "PLAINTEXT")),
                job.getBuildersList().get(CodeBuildBuilder.class).getStep().getEnvironmentVariables());
        assertEquals(
                Map.of("TOKEN", VARIABLE, "TYPED", Map.of("value", VARIABLE, "type", "PLAINTEXT")),
                job.getPublishersList().get(CodeBuildPublisher.class).getStep().getEnvironmentVariables());
    }

    private static void assertSealed(FreeStyleProject job) throws Exception {
        String xml = job.getConfigFile().asString();
        assertFalse(xml.contains(OPTION), xml);
        assertFalse(xml.contains(VARIABLE), xml);
    }

    @Test
    void valuesAreSealedAndReadAgain() throws Exception {
        FreeStyleProject job = secretive();
        job.save();
        assertSealed(job);
        job.doReload();
        assertKnows(job);
    }

    @Test
    void plainValuesOfAnEarlierVersionAreReadAndSealed() throws Exception {
        FreeStyleProject job = secretive();
        job.save();
        String plain = job.getConfigFile()
                .asString()
                .replaceFirst(
                        "(<string>value</string>\\s*)<hudson.util.Secret>[^<]*</hudson.util.Secret>",
                        "$1<string>" + OPTION + "</string>");
        int variables = plain.indexOf("<environmentVariables");
        plain = plain.substring(0, variables)
                + plain.substring(variables)
                        .replaceAll(
                                "(<string>(TOKEN|value)</string>\\s*)<hudson.util.Secret>[^<]*</hudson.util.Secret>",
                                "$1<string>" + VARIABLE + "</string>");
        assertTrue(plain.contains(OPTION) && plain.contains(VARIABLE), plain);
        job.updateByXml((Source) new StreamSource(new StringReader(plain)));
        assertKnows(job);
        job.save();
        assertSealed(job);
    }

    /** In whatever form a secret comes: in lists, in maps in them, or as a number. */
    static List<Object> forms() {
        return List.of(
                List.of("Password=" + OPTION, "Pin=" + PIN),
                List.of(Map.of("ParameterKey", "Password", "ParameterValue", OPTION)),
                Map.of("Passwords", List.of(OPTION, VARIABLE), "Pin", PIN),
                Map.of("Pin", Map.of("previous", true)));
    }

    private static Object parameters(FreeStyleProject job) {
        return job.getBuildersList().get(CloudFormationBuilder.class).getStep().getParameters();
    }

    private static void assertNothingInClear(FreeStyleProject job) throws Exception {
        assertSealed(job);
        assertFalse(job.getConfigFile().asString().contains(String.valueOf(PIN)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void parametersOfStacksAreSealedAndReadAgain(Object parameters) throws Exception {
        CloudFormationDeployStep deploy = new CloudFormationDeployStep();
        deploy.setStack("web");
        deploy.setParameters(parameters);
        FreeStyleProject job = job(new CloudFormationBuilder(deploy));
        job.save();
        assertNothingInClear(job);
        job.doReload();
        assertEquals(numbersAsTexts(parameters), parameters(job));
    }

    private static Object numbersAsTexts(Object parameters) {
        return parameters instanceof Map<?, ?> map && map.containsKey("Passwords")
                ? Map.of("Passwords", map.get("Passwords"), "Pin", String.valueOf(PIN))
                : parameters;
    }

    @Test
    void aListOfAnEarlierVersionIsReadAndSealed() throws Exception {
        CloudFormationDeployStep deploy = new CloudFormationDeployStep();
        deploy.setParameters(List.of("Password=" + OPTION));
        FreeStyleProject job = job(new CloudFormationBuilder(deploy));
        job.save();
        String plain = job.getConfigFile()
                .asString()
                .replaceFirst(
                        "<hudson.util.Secret>[^<]*</hudson.util.Secret>", "<string>Password=" + OPTION + "</string>");
        assertTrue(plain.contains(OPTION), plain);
        job.updateByXml((Source) new StreamSource(new StringReader(plain)));
        assertEquals(List.of("Password=" + OPTION), parameters(job));
        job.save();
        assertNothingInClear(job);
    }

    @Test
    void numbersOfVariablesAreSealed() throws Exception {
        CodeBuildStep build = new CodeBuildStep("web");
        build.setEnvironmentVariables(Map.of("PIN", PIN));
        FreeStyleProject job = job(new CodeBuildBuilder(build));
        job.save();
        assertNothingInClear(job);
        job.doReload();
        assertEquals(
                Map.of("PIN", String.valueOf(PIN)),
                job.getBuildersList().get(CodeBuildBuilder.class).getStep().getEnvironmentVariables());
    }

    @Test
    void variablesOfPipelinesAreSealed() throws Exception {
        CodePipelineStep step = new CodePipelineStep("web");
        step.setVariables(Map.of("TOKEN", VARIABLE));
        FreeStyleProject job = job(new CodePipelineBuilder(step));
        job.save();
        assertSealed(job);
        job.doReload();
        assertEquals(
                Map.of("TOKEN", VARIABLE),
                job.getBuildersList().get(CodePipelineBuilder.class).getStep().getVariables());
    }

    /** Whoever pastes what is encrypted elsewhere gets that text, not what it stands for. */
    @Test
    void whatIsEncryptedAlreadyIsAText() {
        String stolen = hudson.util.Secret.fromString("of another job").getEncryptedValue();
        OptionSetting setting = new OptionSetting();
        setting.setValue(stolen);
        assertEquals(stolen, setting.getValue());
    }
}
