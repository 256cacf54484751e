package io.jenkins.plugins.awscicd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awscicd.events.AwsEventTrigger;
import io.jenkins.plugins.awscicd.events.EventQueue;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import io.jenkins.plugins.awscicd.scm.source.CodeCommitSCMNavigator;
import io.jenkins.plugins.awscicd.scm.source.CodeCommitSCMSource;
import io.jenkins.plugins.awscicd.step.approval.AwsApprovalStep;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.cloudformation.CloudFormationDeployStep;
import io.jenkins.plugins.awscicd.step.codebuild.CodeBuildStep;
import io.jenkins.plugins.awscicd.step.codecommit.CodeCommitStatusStep;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeployStep;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Who may have what from the web methods of all our descriptors. */
@WithSharedJenkins
class WebMethodsTest {

    private static final String ALLOWED = "allowed";
    private static final String NOTHING = "nothing";
    private static final String REFUSED = "refused";

    /** Arguments that every method has something to say to whoever may hear it. */
    private static final Map<String, String> ARGUMENTS = Map.of(
            "region", "current-region",
            "currentRegion", "current-region",
            "credentialsId", "current-credentials",
            "currentCredentialsId", "current-credentials",
            "application", "web",
            "codeDeployApplication", "web",
            "beanstalkApplication", "web",
            "endpoint", "nonsense",
            "externalId", "jenkins",
            "role", "");

    private static FormServer server;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        server = new FormServer(rule);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new CodeCommitCredentials(CredentialsScope.GLOBAL, "deployer-of-code", null));
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                        AwsCicdConfiguration.class,
                        ServiceEndpoint.DescriptorImpl.class,
                        Stage.DescriptorImpl.class,
                        StageAccess.DescriptorImpl.class,
                        StageDefaults.DescriptorImpl.class,
                        StageGuards.DescriptorImpl.class,
                        CodeBuildStep.DescriptorImpl.class,
                        CodeDeployStep.DescriptorImpl.class,
                        BeanstalkDeployStep.DescriptorImpl.class,
                        CloudFormationDeployStep.DescriptorImpl.class,
                        AwsApprovalStep.DescriptorImpl.class,
                        CodeCommitStatusStep.DescriptorImpl.class,
                        CodeCommitSCMSource.DescriptorImpl.class,
                        CodeCommitSCMNavigator.DescriptorImpl.class,
                        CodeCommitCredentials.DescriptorImpl.class,
                        AwsEventTrigger.DescriptorImpl.class,
                        EventQueue.DescriptorImpl.class)
                .flatMap(descriptor -> Arrays.stream(descriptor.getMethods())
                        .filter(method -> method.getName().matches("do[A-Z].*"))
                        .filter(method -> method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.awscicd"))
                        .filter(method -> !method.isBridge())
                        .map(method -> Arguments.of(
                                descriptor == AwsCicdConfiguration.class
                                        ? AwsCicdConfiguration.class
                                        : descriptor.getDeclaringClass(),
                                method)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void onlyWhoMayGetsSomething(Class<?> describable, Method method) throws Exception {
        assertNotNull(method.getAnnotation(POST.class), "is to be called with POST alone");
        Map<String, Map<Boolean, String>> expected = new HashMap<>();
        boolean forAdministrators = describable == EventQueue.class;
        String without = connects(method) || forAdministrators ? REFUSED : NOTHING;
        boolean forJobs =
                describable != AwsCicdConfiguration.class && describable != ServiceEndpoint.class && !forAdministrators;
        expected.put(FormServer.READER, Map.of(true, without, false, without));
        expected.put(FormServer.BUILDER, Map.of(true, without, false, without));
        expected.put(FormServer.VIEWER, Map.of(true, forJobs && !connects(method) ? ALLOWED : without, false, without));
        expected.put(FormServer.CONFIGURER, Map.of(true, forJobs ? ALLOWED : without, false, without));
        expected.put(FormServer.ADMINISTRATOR, Map.of(true, ALLOWED, false, ALLOWED));
        for (Map.Entry<String, Map<Boolean, String>> user : expected.entrySet()) {
            for (boolean inJob : List.of(true, false)) {
                WebResponse response = server.post(user.getKey(), path(describable, method, inJob), arguments(method));
                assertEquals(
                        user.getValue().get(inJob),
                        outcome(method, response),
                        () -> user.getKey() + (inJob ? " in the job" : " without a job") + ": "
                                + response.getStatusCode() + " " + response.getContentAsString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void strangersAndLinksGetNothing(Class<?> describable, Method method) throws Exception {
        for (boolean inJob : List.of(true, false)) {
            String path = path(describable, method, inJob);
            int stranger =
                    server.post(FormServer.ANONYMOUS, path, arguments(method)).getStatusCode();
            assertTrue(stranger == 403 || stranger == 404, path + ": " + stranger);
            int link = server.get(FormServer.ADMINISTRATOR, path, arguments(method))
                    .getStatusCode();
            assertEquals(404, link, path);
        }
    }

    private static boolean connects(Method method) {
        return method.getName().equals("doTestConnection")
                || method.getName().equals("doShowPolicy") // does not, but is for the same people
                || method.getName().startsWith("doList");
    }

    private static String path(Class<?> describable, Method method, boolean inJob) {
        String name = method.getName().substring("do".length());
        return server.descriptor(describable, inJob)
                + name.substring(0, 1).toLowerCase(Locale.ROOT)
                + name.substring(1);
    }

    private static Map<String, String> arguments(Method method) {
        Map<String, String> arguments = new HashMap<>(ARGUMENTS);
        switch (method.getName()) {
            case "doCheckExternalId" -> arguments.put("value", "jenkins");
            case "doCheckApprovers", "doCheckBranches", "doCheckJobs", "doCheckTargets" -> arguments.put("value", ",");
            case "doCheckAfter",
                    "doCheckQueue",
                    "doCheckServices",
                    "doCheckClosedHours",
                    "doCheckRole",
                    "doCheckEndpoint",
                    "doCheckApprovals",
                    "doCheckTimeout",
                    "doCheckUrl",
                    "doCheckLink",
                    "doCheckPullRequest",
                    "doCheckCommit",
                    "doCheckNotify" -> arguments.put("value", "nonsense");
            case "doCheckVersion", "doCheckVersionLabel", "doCheckDescription" ->
                arguments.put("value", "v".repeat(500));
            case "doCheckRegion" ->
                arguments.put(
                        "value", method.getDeclaringClass() == ServiceEndpoint.DescriptorImpl.class ? "nonsense" : "");
            case "doCheckPattern" -> arguments.put("value", "(");
            case "doShowSetup", "doTestQueue" ->
                arguments.put("queue", "arn:aws:sqs:eu-west-1:123456789012:jenkins-events");
            case "doCheckTag" -> arguments.put("value", "=");
            default -> arguments.put("value", ""); // something is missing
        }
        return arguments;
    }

    /** What came of it: all there is, no more than was sent, or a refusal. */
    private static String outcome(Method method, WebResponse response) {
        if (response.getStatusCode() == 403) {
            return REFUSED;
        }
        assertEquals(200, response.getStatusCode(), response.getContentAsString());
        String content = response.getContentAsString();
        String name = method.getName();
        // The lists of the configuration page and of stages know the saved values themselves.
        boolean told = Arrays.stream(method.getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(QueryParameter.class));
        if (name.equals("doFillRegionItems")) {
            assertEquals(told, content.contains("current-region"), content);
            return content.contains("eu-west-1") ? ALLOWED : NOTHING;
        }
        if (name.equals("doFillCredentialsIdItems")) {
            assertEquals(told, content.contains("current-credentials"), content);
            return content.contains("deployer") ? ALLOWED : NOTHING;
        }
        if (name.equals("doFillServiceItems")) {
            return content.contains("codebuild") ? ALLOWED : NOTHING;
        }
        if (name.startsWith("doCheck")) {
            return content.contains("class=\"error\"") || content.contains("class=\"warning\"") ? ALLOWED : NOTHING;
        }
        if (name.equals("doShowPolicy")) {
            assertTrue(content.contains("codedeploy:CreateDeployment"), content);
            return ALLOWED;
        }
        if (name.equals("doTestQueue")) {
            assertTrue(content.contains("class=\"warning\""), content); // it is not saved, and so not heard
            return ALLOWED;
        }
        if (name.equals("doShowSetup")) {
            assertTrue(content.contains("AWS::Events::Rule"), content);
            return ALLOWED;
        }
        if (connects(method)) {
            // There are no such credentials, which is only looked up for who may connect.
            assertTrue(content.contains("current-credentials"), content);
            assertFalse(content.contains("secret-of-the-test"), content);
            return ALLOWED;
        }
        return fail("say in this test who may call " + name);
    }

    @Test
    void noMethodIsForgotten() {
        TreeSet<String> names = new TreeSet<>();
        methods()
                .forEach(method -> names.add(
                        ((Class<?>) method.get()[0]).getSimpleName() + "." + ((Method) method.get()[1]).getName()));
        assertEquals(
                new TreeSet<>(List.of(
                        "AwsApprovalStep.doCheckApprovals",
                        "AwsApprovalStep.doCheckApprovers",
                        "AwsApprovalStep.doCheckEndpoint",
                        "AwsApprovalStep.doCheckExternalId",
                        "AwsApprovalStep.doCheckLink",
                        "AwsApprovalStep.doCheckMessage",
                        "AwsApprovalStep.doCheckNotify",
                        "AwsApprovalStep.doCheckRole",
                        "AwsApprovalStep.doCheckTimeout",
                        "AwsApprovalStep.doFillCredentialsIdItems",
                        "AwsApprovalStep.doFillRegionItems",
                        "AwsCicdConfiguration.doCheckEndpoint",
                        "AwsCicdConfiguration.doCheckExternalId",
                        "AwsCicdConfiguration.doCheckRole",
                        "AwsCicdConfiguration.doFillCredentialsIdItems",
                        "AwsCicdConfiguration.doFillRegionItems",
                        "AwsCicdConfiguration.doTestConnection",
                        "AwsEventTrigger.doCheckPattern",
                        "CodeCommitSCMNavigator.doCheckCredentialsId",
                        "CodeCommitSCMNavigator.doCheckPattern",
                        "CodeCommitSCMNavigator.doCheckRegion",
                        "CodeCommitSCMNavigator.doCheckTag",
                        "CodeCommitSCMNavigator.doFillCredentialsIdItems",
                        "CodeCommitSCMNavigator.doFillRegionItems",
                        "CodeCommitSCMSource.doCheckCredentialsId",
                        "CodeCommitSCMSource.doCheckRemote",
                        "CodeCommitSCMSource.doFillCredentialsIdItems",
                        "CodeCommitStatusStep.doCheckCommit",
                        "CodeCommitStatusStep.doCheckEndpoint",
                        "CodeCommitStatusStep.doCheckExternalId",
                        "CodeCommitStatusStep.doCheckPullRequest",
                        "CodeCommitStatusStep.doCheckRole",
                        "CodeCommitStatusStep.doFillCredentialsIdItems",
                        "CodeCommitStatusStep.doFillRegionItems",
                        "ServiceEndpoint.doCheckEndpoint",
                        "ServiceEndpoint.doCheckRegion",
                        "ServiceEndpoint.doFillServiceItems",
                        "Stage.doCheckName",
                        "Stage.doShowPolicy",
                        "StageAccess.doCheckEndpoint",
                        "StageAccess.doCheckExternalId",
                        "StageAccess.doCheckRole",
                        "StageAccess.doFillCredentialsIdItems",
                        "StageAccess.doFillRegionItems",
                        "StageAccess.doTestConnection",
                        "StageDefaults.doListApplications",
                        "StageDefaults.doListBeanstalkApplications",
                        "StageDefaults.doListDeploymentGroups",
                        "StageDefaults.doListEnvironments",
                        "StageDefaults.doListProjects",
                        "StageGuards.doCheckAfter",
                        "StageGuards.doCheckApprovals",
                        "StageGuards.doCheckApprovers",
                        "StageGuards.doCheckBranches",
                        "StageGuards.doCheckClosedHours",
                        "StageGuards.doCheckJobs",
                        "StageGuards.doCheckTargets",
                        "BeanstalkDeployStep.doCheckApplication",
                        "BeanstalkDeployStep.doCheckBundle",
                        "BeanstalkDeployStep.doCheckDescription",
                        "BeanstalkDeployStep.doCheckEndpoint",
                        "BeanstalkDeployStep.doCheckEnvironment",
                        "BeanstalkDeployStep.doCheckExternalId",
                        "BeanstalkDeployStep.doCheckRole",
                        "BeanstalkDeployStep.doCheckVersion",
                        "BeanstalkDeployStep.doCheckVersionLabel",
                        "BeanstalkDeployStep.doFillCredentialsIdItems",
                        "BeanstalkDeployStep.doFillRegionItems",
                        "BeanstalkDeployStep.doListApplications",
                        "BeanstalkDeployStep.doListEnvironments",
                        "BeanstalkDeployStep.doListSolutionStacks",
                        "BeanstalkDeployStep.doListTemplates",
                        "BeanstalkDeployStep.doListVersions",
                        "CloudFormationDeployStep.doCheckEndpoint",
                        "CloudFormationDeployStep.doCheckExternalId",
                        "CloudFormationDeployStep.doCheckRole",
                        "CloudFormationDeployStep.doCheckStack",
                        "CloudFormationDeployStep.doFillCredentialsIdItems",
                        "CloudFormationDeployStep.doFillRegionItems",
                        "CodeCommitCredentials.doCheckExternalId",
                        "CodeCommitCredentials.doCheckRole",
                        "CodeCommitCredentials.doCheckUrl",
                        "CodeCommitCredentials.doFillCredentialsIdItems",
                        "CodeBuildStep.doCheckEndpoint",
                        "CodeBuildStep.doCheckExternalId",
                        "CodeBuildStep.doCheckProject",
                        "CodeBuildStep.doCheckRole",
                        "CodeBuildStep.doFillCredentialsIdItems",
                        "CodeBuildStep.doFillRegionItems",
                        "CodeBuildStep.doListProjects",
                        "CodeDeployStep.doCheckApplication",
                        "CodeDeployStep.doCheckBucket",
                        "CodeDeployStep.doCheckDeploymentGroup",
                        "CodeDeployStep.doCheckEndpoint",
                        "CodeDeployStep.doCheckExternalId",
                        "CodeDeployStep.doCheckRevisionAppSpec",
                        "CodeDeployStep.doCheckRevisionBucket",
                        "CodeDeployStep.doCheckRevisionCommit",
                        "CodeDeployStep.doCheckRevisionKey",
                        "CodeDeployStep.doCheckRevisionRepository",
                        "CodeDeployStep.doCheckRole",
                        "CodeDeployStep.doFillCredentialsIdItems",
                        "CodeDeployStep.doFillRegionItems",
                        "CodeDeployStep.doListApplications",
                        "CodeDeployStep.doListDeploymentConfigs",
                        "CodeDeployStep.doListDeploymentGroups",
                        "EventQueue.doCheckQueue",
                        "EventQueue.doCheckServices",
                        "EventQueue.doShowSetup",
                        "EventQueue.doTestQueue")),
                names);
    }
}
