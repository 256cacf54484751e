package io.jenkins.plugins.awscicd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The permissions that are recommended, held against AWS's
 * <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/">service authorization reference</a>: what a call is
 * authorized by may be more than the action of its name, and an action is permitted by nothing but ARNs of its types of resources.
 */
class AuthorizationTest {

    private static final Path REFERENCE =
            Path.of("src/test/resources/io/jenkins/plugins/awscicd/engine/authorization.tsv");

    /** What calls may depend on, and is not in the policy of a stage. */
    private static final Map<String, String> OPTIONAL = Map.of(
            "iam:PassRole", "which roles are passed is known to steps alone",
            "cloudformation:ListStacks", "to describe all stacks, and each step asks about its own",
            "codedeploy:CreateCloudFormationDeployment", "for deployments of CloudFormation's, which no step touches",
            "codedeploy:UpdateDeploymentGroup", "AWS does not say when, and it would let everybody change the group");

    /** Types that no call of ours is about. */
    private static final Map<String, Set<String>> UNUSED = Map.of(
            "elasticbeanstalk:DescribeEvents", Set.of("configurationtemplate"),
            "elasticbeanstalk:ListTagsForResource",
                    Set.of("application", "applicationversion", "configurationtemplate", "platform"));

    /** What the ARNs look like, but for CodePipeline's. */
    private static final Map<String, Pattern> TYPES = new TreeMap<>(Map.of(
            "changeset", Pattern.compile("changeSet/.+/.+"),
            "stackset", Pattern.compile("stackset/.+:.+"),
            "type", Pattern.compile("type/resource/.+"),
            "log-stream", Pattern.compile("log-group:.+:log-stream:.+"),
            "pipeline", Pattern.compile("[^/]+"),
            "stage", Pattern.compile("[^/]+/[^/]+"),
            "action", Pattern.compile("[^/]+/[^/]+/[^/]+")));

    private final Arns arns = Arns.of("eu-central-1", "123456789012");

    private static Map<String, List<String>> rows(String kind) throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String line : Files.readAllLines(REFERENCE)) {
            String[] parts = line.split("\t");
            if (parts[0].equals(kind)) {
                rows.put(parts[1], parts[2].equals("-") ? List.of() : List.of(parts[2].split(" ")));
            }
        }
        return rows;
    }

    @Test
    void whatCallsDependOnIsPermitted() throws Exception {
        Set<String> permitted = new TreeSet<>(OPTIONAL.keySet());
        permitted.addAll(PermissionsTest.ELSEWHERE.keySet());
        PermissionsTest.all(arns, "web", "prod").forEach(one -> permitted.addAll(one.actions()));
        Set<String> missing = new TreeSet<>();
        Map<String, List<String>> operations = rows("operation");
        for (String operation : PermissionsTest.called()) {
            if (!operations.containsKey(operation)) {
                missing.add(operation + " is not in the table");
            }
        }
        operations.forEach((operation, actions) -> actions.stream()
                .filter(action -> !permitted.contains(action))
                .forEach(action -> missing.add(operation + " takes " + action)));
        assertEquals(Set.of(), missing);
    }

    @Test
    void eachActionIsPermittedOnItsTypesOfResources() throws Exception {
        Map<String, List<String>> actions = rows("action");
        List<String> wrong = new ArrayList<>();
        for (Permission permission : PermissionsTest.all(arns, "web", "prod")) {
            boolean anything = permission.resources().equals(List.of(Arns.ANY));
            for (String action : permission.actions()) {
                if (action.startsWith("s3:")) {
                    continue; // objects, all of them
                }
                List<String> types = actions.get(action);
                if (types == null) {
                    wrong.add(action + " is not in the table");
                } else if (types.isEmpty() && !anything) {
                    wrong.add(action + " is on no resource: " + permission.resources());
                } else if (!anything) {
                    types.stream()
                            .filter(type ->
                                    !UNUSED.getOrDefault(action, Set.of()).contains(type))
                            .filter(type -> permission.resources().stream().noneMatch(arn -> isOf(type, arn)))
                            .forEach(type -> wrong.add(action + " is on a " + type + ": " + permission.resources()));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static boolean isOf(String type, String arn) {
        String resource = arn.split(":", 6)[5];
        Pattern known = TYPES.get(type);
        return known == null
                ? resource.startsWith(type + "/") || resource.startsWith(type + ":")
                : known.matcher(resource).matches();
    }
}
