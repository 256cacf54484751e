package io.jenkins.plugins.awscicd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentPermissions;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackPermissions;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildPermissions;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentPermissions;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelinePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;

/** The permissions that are recommended are those that are needed: what the sources call, and no more. */
class PermissionsTest {

    private static final Path ENGINE = Path.of("src/main/java/io/jenkins/plugins/awscicd/engine");
    private static final Pattern ACTION = Pattern.compile("\"([a-z0-9]+:[A-Z]\\w+)\"");

    private static final String QUEUE = "for the queue of events, which the configuration page names and no step needs";
    private static final String WORKER = "for Jenkins as an action of a pipeline, which no step needs";

    /** What is called, and is not in the permissions of a service. */
    static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("sts:GetCallerIdentity", "AWS grants it to everybody"),
            Map.entry("sts:AssumeRole", "for who is to assume the role, which the role itself cannot allow"),
            Map.entry("s3:ListBucket", "only steps know the buckets of their builds' artifacts"),
            Map.entry("s3:ListMultipartUploadParts", "it lets the console say more, and nothing fails without it"),
            Map.entry("sns:Publish", "which topics there are is known to steps alone"),
            Map.entry("codepipeline:PollForJobs", WORKER),
            Map.entry("codepipeline:AcknowledgeJob", WORKER),
            Map.entry("codepipeline:GetJobDetails", WORKER),
            Map.entry("codepipeline:PutJobSuccessResult", WORKER),
            Map.entry("codepipeline:PutJobFailureResult", WORKER),
            Map.entry("sqs:ReceiveMessage", QUEUE),
            Map.entry("sqs:DeleteMessage", QUEUE),
            Map.entry("sqs:SendMessage", QUEUE));

    /** What is not called, and needed all the same. */
    private static final Map<String, String> UNCALLED = Map.of(
            "codedeploy:GetApplicationRevision", "AWS wants it of whoever creates a deployment",
            "cloudformation:DetectStackResourceDrift", "AWS wants it of whoever detects the drift of a stack",
            "cloudformation:TagResource", "AWS wants it of whoever gives tags to a stack",
            "cloudformation:UntagResource", "AWS wants it of whoever takes tags from a stack");

    private static final Map<String, Class<?>> CLIENTS = Map.of(
            "cloudformation", CloudFormationClient.class,
            "codebuild", CodeBuildClient.class,
            "codedeploy", CodeDeployClient.class,
            "codepipeline", CodePipelineClient.class,
            "elasticbeanstalk", ElasticBeanstalkClient.class,
            "logs", CloudWatchLogsClient.class);

    private final Arns arns = Arns.of("eu-central-1", "123456789012");

    @Test
    void whatIsNeededIsPermittedAndNoMore() throws Exception {
        Set<String> needed = new TreeSet<>(UNCALLED.keySet());
        needed.addAll(named());
        needed.addAll(called());
        needed.removeAll(ELSEWHERE.keySet());
        assertEquals(needed, actions(all("web", "prod")));
    }

    @Test
    void sourcesAreReallyLookedThrough() throws Exception {
        assertTrue(named().containsAll(ELSEWHERE.keySet()), () -> "gone: " + ELSEWHERE.keySet());
        assertTrue(called().contains("elasticbeanstalk:SwapEnvironmentCNAMEs"));
        assertTrue(called().contains("elasticbeanstalk:DescribeConfigurationSettings"), "is named nowhere");
        for (String action : UNCALLED.keySet()) {
            assertFalse(called().contains(action), action);
        }
    }

    /** What its example says is what the classes say. */
    @Test
    void documentationHasTheSame() throws Exception {
        String page = Files.readString(Path.of("docs/iam.md"));
        Set<String> documented = new TreeSet<>(actions(all("web", "prod")));
        documented.addAll(ELSEWHERE.keySet());
        for (String action : documented) {
            assertTrue(page.contains('`' + action + '`'), action);
        }
        assertExample(page, "## Environments", EnvironmentPermissions.of(arns, "web", "prod"));
        assertExample(page, "## Stacks", StackPermissions.of(arns, "web-*"));
    }

    private static void assertExample(String page, String title, List<Permission> permissions) {
        String section = page.substring(page.indexOf(title));
        String example = section.substring(section.indexOf("```json"), section.indexOf("\n```\n"));
        for (Permission permission : permissions) {
            String statement = example.substring(example.indexOf('"' + permission.sid() + '"'));
            assertEquals(
                    quoted(permission.actions()) + quoted(permission.resources()),
                    statement
                            .substring(statement.indexOf('['), statement.indexOf('}'))
                            .replaceAll("\\s|\"Resource\":", "")
                            .replace("],[", "]["));
        }
    }

    private static String quoted(List<String> all) {
        return all.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    @Test
    void statementsAreOfOneNameEach() {
        List<Permission> all = all("web", "prod");
        assertEquals(
                all.size(), all.stream().map(Permission::sid).distinct().count(), () -> "twice in one policy: " + all);
        all.forEach(permission -> assertTrue(permission.sid().matches("[A-Za-z0-9]+"), permission.sid()));
        assertEquals(
                actions(all).size(),
                all.stream().mapToInt(one -> one.actions().size()).sum());
    }

    @Test
    void resourcesAreAsNarrowAsTheNames() {
        assertEquals(
                List.of("arn:aws:codebuild:eu-central-1:123456789012:project/web"),
                resources(BuildPermissions.of(arns, "web"), "codebuild:StartBuild"));
        assertEquals(
                List.of("arn:aws:logs:eu-central-1:123456789012:log-group:/aws/codebuild/web:log-stream:*"),
                resources(BuildPermissions.of(arns, "web"), "logs:GetLogEvents"));
        assertEquals(
                List.of("arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:web/prod"),
                resources(DeploymentPermissions.of(arns, "web", "prod"), "codedeploy:CreateDeployment"));
        assertEquals(
                List.of("arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:web/*"),
                resources(DeploymentPermissions.of(arns, "web", null), "codedeploy:CreateDeployment"));
        assertEquals(
                List.of("arn:aws:elasticbeanstalk:eu-central-1:123456789012:environment/web/prod*"),
                resources(EnvironmentPermissions.of(arns, "web", "prod"), "elasticbeanstalk:UpdateEnvironment"));
        assertEquals(
                List.of("arn:aws:s3:::elasticbeanstalk-eu-central-1-123456789012/*"),
                resources(EnvironmentPermissions.of(arns, "web", "prod"), "s3:PutObject"));
    }

    @Test
    void whatAwsKnowsNoResourcesOfIsPermittedOnAll() {
        assertEquals(
                List.of("*"), resources(DeploymentPermissions.of(arns, "web", "prod"), "codedeploy:StopDeployment"));
        assertEquals(
                List.of("*"),
                resources(EnvironmentPermissions.of(arns, "web", "prod"), "elasticbeanstalk:CreateStorageLocation"));
    }

    @Test
    void whatIsNotKnownIsAnything() {
        assertEquals(
                List.of("arn:aws:codebuild:*:*:project/*"),
                resources(BuildPermissions.of(Arns.of(null, null), null), "codebuild:StartBuild"));
        assertEquals(
                List.of("arn:aws-cn:elasticbeanstalk:cn-north-1:*:environment/*/*"),
                resources(
                        EnvironmentPermissions.of(Arns.of("cn-north-1", null), null, null),
                        "elasticbeanstalk:UpdateEnvironment"));
        assertEquals("aws-us-gov", Arns.of("us-gov-west-1", "123456789012").partition());
    }

    private List<Permission> all(String application, String name) {
        return all(arns, application, name);
    }

    static List<Permission> all(Arns arns, String application, String name) {
        List<Permission> all = new ArrayList<>(BuildPermissions.of(arns, application));
        all.addAll(DeploymentPermissions.of(arns, application, name));
        all.addAll(EnvironmentPermissions.of(arns, application, name));
        all.addAll(StackPermissions.of(arns, name));
        all.addAll(PipelinePermissions.of(arns, name));
        return all;
    }

    private static Set<String> actions(List<Permission> permissions) {
        return permissions.stream()
                .flatMap(permission -> permission.actions().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> resources(List<Permission> permissions, String action) {
        return permissions.stream()
                .filter(permission -> permission.actions().contains(action))
                .findFirst()
                .orElseThrow()
                .resources();
    }

    /** The actions that messages name. */
    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String source : sources()) {
            Matcher action = ACTION.matcher(source);
            while (action.find()) {
                named.add(action.group(1));
            }
        }
        return named;
    }

    /** The actions of the SDK's methods that are called, named or not; S3's methods are called otherwise than its actions. */
    static Set<String> called() throws IOException {
        Set<String> called = new TreeSet<>();
        List<String> sources = sources();
        CLIENTS.forEach((service, client) -> {
            Set<String> methods = Arrays.stream(client.getMethods())
                    .filter(method -> Arrays.stream(method.getParameterTypes())
                            .anyMatch(type -> type.getSimpleName().endsWith("Request")))
                    .map(method -> method.getName().replaceFirst("Paginator$", ""))
                    .collect(Collectors.toCollection(HashSet::new));
            String imported = client.getPackageName() + ".";
            sources.stream()
                    .filter(source -> source.contains(imported))
                    .forEach(source -> methods.stream()
                            .filter(method -> source.contains("." + method + "("))
                            .forEach(method -> called.add(service + ":"
                                    + method.substring(0, 1).toUpperCase(Locale.ROOT)
                                    + method.substring(1))));
        });
        return called;
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ENGINE)) {
            List<String> sources = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().endsWith(".java")
                            && !file.toString().endsWith("Permissions.java"))
                    .toList()) {
                sources.add(Files.readString(file));
            }
            return sources;
        }
    }
}
