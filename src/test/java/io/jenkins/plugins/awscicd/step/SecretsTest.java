package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Builder;
import hudson.util.Secret;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.freestyle.BeanstalkDeployBuilder;
import io.jenkins.plugins.awscicd.freestyle.CloudFormationBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeDeployBuilder;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationDeployStep;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployRuns;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No secret that a step is given is kept where somebody may read it, or shown: while the step waits, while AWS works, and afterwards. */
@WithSharedJenkins
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class SecretsTest extends CodeDeployRuns {

    private static final String SECRET = "open-sesame-4711";
    private static final String PIN = "pin-of-alice-0815";
    private static final String KEY = "secret-of-the-test"; // a part of the key that steps have to AWS
    private static final String TEMPLATE = "Parameters: {Password: {Type: String, NoEcho: true}}\\n"
            + "Resources: {Reader: {Type: \"AWS::Lambda::Function\", Properties: {Value: !Ref Password}}}";
    /** The calls by which AWS is given what steps are given. */
    private static final List<String> STARTS = List.of(
            "CodeBuild.StartBuild",
            "CodeDeploy.CreateDeployment",
            "ElasticBeanstalk.UpdateEnvironment",
            "CloudFormation.CreateChangeSet");

    @TempDir
    Path files;

    @BeforeEach
    void aws() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(SECRET)));
        Files.writeString(files.resolve("secret"), SECRET);
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 2));
        local.aws().codeDeploy().group(group());
        EnvironmentSpec environment =
                EnvironmentSpec.simulated("web", "web-prod").version("v0").basicHealth();
        environment.simulation().command(LocalAwsExtension.SOON);
        local.aws().beanstalk().environment(environment);
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    /** Each step beside the others, with a secret wherever one may be. */
    private static String steps(String secret) {
        return """
                parallel(
                  build: { codeBuild project: 'web', environmentVariables:
                      [TOKEN: %1$s, OTHER: [value: %1$s, type: 'PLAINTEXT']] },
                  deployment: { codeDeploy application: 'web', deploymentGroup: 'prod',
                      revision: 's3://artifacts/web.zip' },
                  environment: { beanstalkDeploy application: 'web', environment: 'web-prod', version: 'v0',
                      optionSettings: [[optionName: 'OTHER', value: %1$s,
                      namespace: 'aws:elasticbeanstalk:application:environment']] },
                  stack: {
                      cloudFormationDeploy stack: 'web', template: [body: '%2$s'], parameters: [Password: %1$s]
                      cloudFormationDeploy stack: 'web', template: [body: '%2$s'], parameters: [Password: %1$s + '2']
                  },
                  question: {
                      def filled = awsApproval message: 'Ship it?', stage: 'prod', what: [project: 'web',
                          sourceType: 'NO_SOURCE', environmentVariables: [TOKEN: %1$s]],
                          parameters: [password(name: 'PIN', description: 'yours')]
                      echo "has a PIN: ${filled.parameters.containsKey('PIN')}"
                      filled = null
                  })
                """.formatted(secret, TEMPLATE);
    }

    /** What has it, of the whole job and of all that is kept of runs besides. */
    private static void assertNowhere(Run<?, ?> run, boolean ofPipelineToo, String... secrets) throws Exception {
        TreeSet<String> found = new TreeSet<>();
        List<File> kept = List.of(
                run.getParent().getRootDir(),
                new File(Jenkins.get().getRootDir(), "aws-cicd"),
                new File(Jenkins.get().getRootDir(), "logs"));
        for (File folder : kept) {
            if (folder.isDirectory()) {
                search(folder.toPath(), ofPipelineToo, List.of(secrets), found);
            }
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            for (String secret : secrets) {
                if (thread.getName().contains(secret)) {
                    found.add("thread " + thread.getName());
                }
            }
        }
        assertEquals(new TreeSet<>(), found);
    }

    private static void search(Path folder, boolean ofPipelineToo, List<String> secrets, TreeSet<String> found)
            throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String content;
                try {
                    content = Files.readString(file, StandardCharsets.ISO_8859_1);
                } catch (NoSuchFileException e) {
                    continue; // a run goes on meanwhile
                }
                String name = folder.relativize(file).toString().replace('\\', '/');
                boolean ofPipeline =
                        name.contains("/workflow"); // arguments of all steps, which it hides itself if it knows them
                for (String secret : secrets) {
                    if (content.contains(secret) && (ofPipelineToo || !ofPipeline)) {
                        int at = content.indexOf(secret);
                        found.add(name + ": "
                                + content.substring(Math.max(0, at - 80), at).replaceAll("[^ -~]", "."));
                    }
                }
            }
        }
    }

    private static void prod() {
        Stage prod = new Stage("prod");
        StageGuards guards = new StageGuards();
        guards.setApprovers(Approvers.ALICE);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
    }

    /** From where Jenkins hides it, and from where it does not know that it is one. */
    private void pipeline(String script, boolean hidden) throws Exception {
        prod();
        Approvers people = Approvers.in(jenkins);
        List<Fault> refusals = new ArrayList<>();
        STARTS.forEach(call -> refusals.add(local.aws().faults().on(call).throttle()));
        WorkflowRun run = people.asking(job(script).scheduleBuild2(0).waitForStart(), 1);
        for (Fault refusal : refusals) {
            LocalAwsExtension.await(() -> refusal.hits() > 0);
        }
        assertNowhere(run, hidden, SECRET, KEY);
        local.aws().faults().clear();
        LocalAwsExtension.await(() -> !local.aws().codeBuild().builds().isEmpty()
                && local.aws().calls().count("ElasticBeanstalk.UpdateEnvironment") > 0
                && local.aws().calls().count("CloudFormation.ExecuteChangeSet") > 0);
        assertNowhere(run, hidden, SECRET, KEY);
        people.approve(Approvers.ALICE, run, null, "PIN", PIN);
        jenkins.waitForMessage("has a PIN: true", run);
        assertNowhere(run, hidden, SECRET, KEY, PIN);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertNowhere(run, hidden, SECRET, KEY, PIN);
    }

    @Test
    void aPipelineKeepsAndShowsNone() throws Exception {
        pipeline(
                "withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {\n" + steps("env.TOKEN") + "}",
                true);
    }

    @Test
    void aPipelineWhoseSecretsJenkinsDoesNotKnowShowsNone() throws Exception {
        String file = files.resolve("secret").toString().replace('\\', '/');
        pipeline("node {\n" + steps("readFile('" + file + "')") + "}", false);
    }

    private static Map<String, Builder> builders() throws Exception {
        Map<String, Builder> all = new LinkedHashMap<>();
        all.put(
                STARTS.get(0),
                new CodeBuildBuilder(made(
                        CodeBuildStep.class,
                        Map.of("project", "web", "environmentVariables", Map.of("TOKEN", SECRET)))));
        all.put(
                STARTS.get(1),
                new CodeDeployBuilder(made(
                        CodeDeployStep.class,
                        Map.of(
                                "application",
                                "web",
                                "deploymentGroup",
                                "prod",
                                "revision",
                                "s3://artifacts/web.zip"))));
        all.put(
                STARTS.get(2),
                new BeanstalkDeployBuilder(made(
                        BeanstalkDeployStep.class,
                        Map.of(
                                "application",
                                "web",
                                "environment",
                                "web-prod",
                                "version",
                                "v0",
                                "optionSettings",
                                List.of(Map.of(
                                        "namespace",
                                        "aws:elasticbeanstalk:application:environment",
                                        "optionName",
                                        "TOKEN",
                                        "value",
                                        SECRET))))));
        all.put(
                STARTS.get(3),
                new CloudFormationBuilder(made(
                        CloudFormationDeployStep.class,
                        Map.of(
                                "stack",
                                "web",
                                "template",
                                Map.of("body", TEMPLATE.replace("\\n", "\n")),
                                "parameters",
                                Map.of("Password", SECRET)))));
        return all;
    }

    private static <S> S made(Class<S> step, Map<String, Object> arguments) throws Exception {
        return new DescribableModel<>(step).instantiate(arguments, TaskListener.NULL);
    }

    @Test
    void freestyleJobsKeepAndShowNone() throws Exception {
        jenkins.jenkins.setNumExecutors(STARTS.size());
        List<FreeStyleProject> jobs = new ArrayList<>();
        List<Fault> refusals = new ArrayList<>();
        for (Map.Entry<String, Builder> one : builders().entrySet()) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add(one.getValue());
            job.save();
            jobs.add(job);
            refusals.add(local.aws().faults().on(one.getKey()).throttle());
        }
        List<Run<?, ?>> waiting = started(jobs);
        for (Fault refusal : refusals) {
            LocalAwsExtension.await(() -> refusal.hits() > 0);
        }
        for (Run<?, ?> run : waiting) {
            assertNowhere(run, true, SECRET, KEY);
        }
        local.aws().faults().clear();
        assertEnd(Result.SUCCESS, waiting);
        STARTS.forEach(call -> local.aws().faults().on(call).accessDenied());
        assertEnd(Result.FAILURE, started(jobs));
    }

    private static List<Run<?, ?>> started(List<FreeStyleProject> jobs) throws Exception {
        List<Run<?, ?>> runs = new ArrayList<>();
        for (FreeStyleProject job : jobs) {
            runs.add(job.scheduleBuild2(0).waitForStart());
        }
        return runs;
    }

    private static void assertEnd(Result result, List<Run<?, ?>> runs) throws Exception {
        for (Run<?, ?> run : runs) {
            jenkins.assertBuildStatus(result, jenkins.waitForCompletion(run));
            assertNowhere(run, true, SECRET, KEY);
        }
    }

    /** What is wrong with an argument is said without what is secret in it. */
    @Test
    void noMessageQuotesOne() throws Exception {
        List<String> wrong = List.of(
                "codeBuild project: 'web', environmentVariables: [TOKEN: [value: s, type: 'NONE']]",
                "codeBuild project: 'web', environmentVariables: [TOKEN: [valeu: s]]",
                "codeBuild project: 'web', environmentVariables: ['TO KEN': s]",
                "codeBuild project: 'web', environmentVariables: [[name: 'A', values: s]]",
                "codeBuild project: 'web', environmentVariables: s",
                "codeBuild project: 'web', environmentVariables: [s]",
                "codeBuild project: 'web', environmentVariables: [TOKEN: [s]]",
                "beanstalkDeploy application: 'web', environment: 'web-prod', version: 'v0', optionSettings: s",
                "beanstalkDeploy application: 'web', environment: 'web-prod', version: 'v0', optionSettings: [s]",
                "beanstalkDeploy application: 'web', environment: 'web-prod', version: 'v0', optionSettings: [[namespace: 'a', value: s]]",
                "beanstalkDeploy application: 'web', environment: 'web-prod', version: 'v0', optionSettings: [[namespace: 'a', optionName: 'b', valeu: s]]",
                "cloudFormationDeploy stack: 'web', template: [body: 'Resources: {}'], parameters: s",
                "cloudFormationDeploy stack: 'web', template: [body: 'Resources: {}'], parameters: [s]",
                "cloudFormationDeploy stack: 'web', template: [body: 'Resources: {}'], parameters: [Password: [a: s]]",
                "cloudFormationDeploy stack: 'web', template: [body: 'Resources: {}'], parameters: ['Pass word': s]",
                "cloudFormationDeploy stack: 'web', template: [body: 'Resources: {}'], parameters: [[ParameterKey: 'A', Value: s]]",
                "cloudFormationDeploy stack: 'web', template: [body: 'Resources: {A: {Type: \"AWS::SNS::Topic\"}}'], parameters: [Password: s]",
                "awsApproval message: 'Ship it?', stage: 'prod', what: [environmentVariables: [TOKEN: s]]",
                "awsApproval message: 'Ship it?', stage: 'prod', what: [project: 'web', environmentVariables: [TOKEN: [s]]]",
                "awsApproval message: 'Ship it?', stage: 'prod', what: [project: 'web', environmentVariables: s]",
                "awsApproval message: 'Ship it?', stage: 'prod', what: [optionSettings: [[value: s]], environment: 'web-prod']",
                "awsApproval message: 'Ship it?', stage: 'prod', what: [stack: 'web', parameters: [Password: s]]");
        prod();
        StringBuilder script = new StringBuilder("node {\ndef tries = 0\n");
        String file = files.resolve("secret").toString().replace('\\', '/');
        for (String call : wrong) {
            script.append("try { ")
                    .append(call.replace(": s", ": readFile('" + file + "')")
                            .replace("[s]", "[readFile('" + file + "')]"))
                    .append("; echo 'through' } catch (e) { tries++; echo 'said ' + tries + ': ' + e.message }\n");
        }
        WorkflowRun run = run(Result.SUCCESS, script + "}");
        assertNotNull(run);
        jenkins.assertLogNotContains(SECRET, run);
        jenkins.assertLogNotContains("through", run);
        jenkins.assertLogContains("said " + wrong.size() + ": ", run);
    }
}
