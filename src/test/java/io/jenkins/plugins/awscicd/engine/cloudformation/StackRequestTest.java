package io.jenkins.plugins.awscicd.engine.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;

class StackRequestTest {

    private static String problems(Object... pairs) {
        Map<String, Object> arguments = new HashMap<>(Map.of("stack", "web"));
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put((String) pairs[i], pairs[i + 1]);
        }
        return String.join("\n", new StackRequest(arguments).problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stack | arn:aws:cloudformation:eu-west-1:123456789012:stack/web/0-1 | use the stack's name alone: 'web'",
                "stack | web fleet | letters, digits and hyphens",
                "template | https://example.com/a.yaml | outside of S3",
                "template | s3://bucket | names no object",
                "onFailure | ROLLBACK | use one of rollBack, keep, delete",
                "templat | a.yaml | did you mean",
                "capabilities | CAPABILITY_ALL | CAPABILITY_IAM",
                "notificationArns | topic | the ARN of an SNS topic",
                "rollbackAlarms | alarm | not the ARN of a CloudWatch alarm",
                "roleArn | deployer | arn:aws:iam",
            })
    void whatIsWrongIsNamed(String name, String value, String part) {
        Map<String, Object> arguments = new HashMap<>(Map.of("stack", "web", "template", "a.yaml"));
        arguments.put(name, value);
        String problems = String.join("\n", new StackRequest(arguments).problems());
        assertTrue(problems.startsWith(name + ": ") && problems.contains(part), problems);
    }

    /** A pull request has a template, and no stack yet. */
    @Test
    void aTemplateIsValidatedWithoutAStack() {
        assertEquals(List.of(), new StackRequest(Map.of("validate", true, "template", "a.yaml")).problems());
        for (Map<String, ?> given : List.<Map<String, ?>>of(
                Map.of("validate", true, "template", "previous"),
                Map.of("validate", true, "execute", false, "template", "a.yaml"),
                Map.of("driftOnly", true),
                Map.of("template", "a.yaml"))) {
            List<String> problems = new StackRequest(given).problems();
            assertEquals(1, problems.size(), () -> given + " " + problems);
            assertTrue(problems.get(0).startsWith("stack: name the stack"), problems.get(0));
        }
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertTrue(problems().startsWith("template: name the template"));
        assertTrue(problems("delete", true, "template", "a.yaml").startsWith("template: not used with delete"));
        assertTrue(problems("template", "a.yaml", "retain", "A").startsWith("retain: only used with delete"));
        assertTrue(problems("template", "previous", "bucket", "b-1").startsWith("bucket: only used for a template"));
        assertEquals("", problems("template", "a.yaml", "bucket", "b-1", "parameters", Map.of("A", List.of("1", "2"))));
        assertEquals("", problems("continueRollback", List.of("A")));
        assertTrue(problems("template", "a.yaml", "execute", false, "onFailure", "keep")
                .startsWith("onFailure: 'keep'"));
        assertEquals("", problems("template", "a.yaml", "execute", false, "onFailure", "delete"));
        assertTrue(problems("changeSet", "a", "onFailure", "delete").startsWith("onFailure: 'delete'"));
        assertEquals("", problems("changeSet", "a", "onFailure", "keep"));
        assertTrue(problems("template", "a.yaml", "revertDrift", true, "includeNestedStacks", true)
                .startsWith("includeNestedStacks: AWS does not accept it with revertDrift"));
        assertEquals(
                "recreateFailed: deletes the stack, but execute: false must not change anything; leave one of them out",
                problems("template", "a.yaml", "execute", false, "recreateFailed", true));
    }

    @Test
    void addressesAreAsAwsTakesThem() {
        assertEquals(
                "https://b-1.s3.eu-west-1.amazonaws.com/a%20b/c.yaml",
                Template.object("b-1", "a b/c.yaml", null).url(Region.EU_WEST_1));
        assertEquals(
                "https://s3.cn-north-1.amazonaws.com.cn/b.1/c.yaml?versionId=v",
                Template.object("b.1", "c.yaml", "v").url(Region.CN_NORTH_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"ParameterKey\": \"Size\", \"ParameterValue\": \"010\"}, {\"ParameterKey\": \"Old\", \"UsePreviousValue\": true}]",
                "[\"Size=010\"]",
                "{\"Parameters\": {\"Size\": \"010\"}}",
                "Size: 010\n",
                "- ParameterKey: Size\n  ParameterValue: 010\n",
            })
    void filesAreReadInAllFormats(String text) {
        List<Parameter> parameters = ParameterFile.read("p.json", text)
                .resolve(List.of(declared("Size", "String"), declared("Old", "String")), Set.of("Old"));
        assertEquals("010", parameters.get(0).parameterValue());
        assertTrue(parameters.get(1).usePreviousValue());
    }

    private static ParameterDeclaration declared(String name, String type) {
        return ParameterDeclaration.builder()
                .parameterKey(name)
                .parameterType(type)
                .build();
    }

    @Test
    void aBrokenFileIsNotQuoted() {
        IllegalArgumentException broken = assertThrows(
                IllegalArgumentException.class, () -> ParameterFile.read("p.json", "{\"Password\": \"hunter22\""));
        assertTrue(broken.getMessage().startsWith("parameterFiles: p.json is neither JSON nor YAML (line "));
        assertFalse(broken.getMessage().contains("hunter22"));
        assertEquals(null, broken.getCause());
    }

    @Test
    void listsGoToListsAlone() {
        ParameterValues values = ParameterValues.of(Map.of("Subnets", List.of("a", "b")));
        assertEquals(
                "a,b",
                values.resolve(List.of(declared("Subnets", "List<AWS::EC2::Subnet::Id>")), Set.of())
                        .get(0)
                        .parameterValue());
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> values.resolve(List.of(declared("Subnets", "String")), Set.of()))
                .getMessage()
                .contains("'Subnets' is a list, but its type in the template is String"));
    }

    @Test
    void valuesSurviveBeingKept() {
        StackRequest request = new StackRequest(Map.of(
                "stack",
                "web",
                "template",
                "a",
                "parameters",
                Map.of("A", "x\"\n'é", "B", List.of("1"), "C", Map.of("previous", true))));
        StackRequest again = request.withoutParameters().withParameters(request.parametersInText());
        assertEquals(
                "x\"\n'é",
                again.parameters()
                        .resolve(
                                List.of(
                                        declared("A", "String"),
                                        declared("B", "List<String>"),
                                        declared("C", "String")),
                                Set.of("C"))
                        .get(0)
                        .parameterValue());
    }

    /** The role decides what a deletion, or what is left of a rollback, can do. */
    @Test
    void theRoleIsApprovedWithTheDeed() {
        String role = "arn:aws:iam::123456789012:role/stacks";
        assertEquals(
                Map.of("roleArn", role),
                new StackRequest(Map.of("stack", "web", "delete", true, "roleArn", role)).live());
    }

    @Test
    void theExpressModeIsRefusedAndTheStandardOneIsTaken() {
        Map<String, Object> web = Map.of("stack", "web", "template", "web.yaml");
        Map<String, Object> express = new java.util.HashMap<>(web);
        express.put("mode", "express");
        List<String> problems = new StackRequest(express).problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("mode: 'express' is not available"), problems::toString);
        express.put("mode", "standard");
        assertEquals(List.of(), new StackRequest(express).problems());
    }
}
