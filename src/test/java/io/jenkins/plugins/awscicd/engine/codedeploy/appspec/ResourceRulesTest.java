package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.option.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AppSpecs of deployments to Amazon ECS and AWS Lambda. */
class ResourceRulesTest {

    private static final String SERVICE = """
            version: 0.0
            Resources:
              - TargetService:
                  Type: AWS::ECS::Service
                  Properties:
                    TaskDefinition: "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7"
                    LoadBalancerInfo:
                      ContainerName: web
                      ContainerPort: 80
                    PlatformVersion: LATEST
                    NetworkConfiguration:
                      AwsvpcConfiguration:
                        Subnets: [subnet-1]
                        SecurityGroups: [sg-1]
                        AssignPublicIp: ENABLED
            Hooks:
              - BeforeInstall: a
              - AfterInstall: b
              - AfterAllowTestTraffic: c
              - BeforeAllowTraffic: d
              - AfterAllowTraffic: e
            """;

    private static final String FUNCTION = """
            {"version": 0.0, "resources": [{"greeter": {"type": "AWS::Lambda::Function", "properties": {
              "name": "greeter", "alias": "live", "currentversion": "1", "targetversion": 2}}}],
             "hooks": [{"BeforeAllowTraffic": "a"}, {"AfterAllowTraffic": "b"}]}
            """;

    private static void found(List<String> problems, List<String> doubts, String content) {
        Findings findings = AppSpec.ofResources(content).findings();
        assertEquals(problems, findings.problems());
        assertEquals(doubts, findings.doubts());
    }

    @Test
    void whatTheReferenceHasIsFine() {
        found(List.of(), List.of(), SERVICE);
        found(List.of(), List.of(), FUNCTION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ContainerPort: 80 | ContainerPort: http | has the ContainerPort 'http' for TargetService; it must be a number",
                "ContainerName: web | Name: web | has no ContainerName for TargetService in Resources",
                "Type: AWS::ECS::Service | Type: AWS::ECS::Cluster | has the type AWS::ECS::Cluster for TargetService in Resources; use AWS::ECS::Service or AWS::Lambda::Function",
                "BeforeInstall: a | BeforeInstall: | names no function for BeforeInstall in Hooks"
            })
    void whatCannotWorkIsAProblem(String of, String by, String problem) {
        found(List.of(problem), List.of(), SERVICE.replace(of, by));
    }

    @Test
    void theBlankOfCodePipelineIsFilledByNobodyElse() {
        found(
                List.of(
                        "has <TASK_DEFINITION> as TaskDefinition, which only CodePipeline fills in; put the ARN of the task"
                                + " definition there"),
                List.of(),
                SERVICE.replaceAll("\"arn.*\"", "<TASK_DEFINITION>"));
    }

    @ParameterizedTest
    @CsvSource({"$LATEST", "0", "live", "0.0.10"})
    void aVersionOfAFunctionIsANumber(String version) {
        found(
                List.of("has the TargetVersion '" + version
                        + "' for greeter; it must be the number of a published version"),
                List.of(),
                FUNCTION.replace("\"targetversion\": 2", "\"targetversion\": \"" + version + "\""));
        found(
                List.of("has no CurrentVersion for greeter in Resources"),
                List.of(),
                FUNCTION.replace("\"currentversion\": \"1\"", "\"currentversion\": \"\""));
    }

    @Test
    void whatIsNoSuchAppSpecAtAllIsTold() {
        found(
                List.of("is for instances, as it has an os; it goes into an archive with what it installs, such as"
                        + " revision: 'workspace'"),
                List.of(),
                "version: 0.0\nos: linux\n");
        found(
                List.of("names no Resources; list what is deployed, as in AWS's AppSpec reference"),
                List.of(),
                "version: 0.0\n");
        found(
                List.of("is not a map with version and Resources"),
                List.of(),
                "{version=0.0, Resources=[]}".substring(1, 12));
        found(
                List.of("has an item in Resources that is not one name with Type and Properties"),
                List.of(),
                "version: 0.0\nResources: [web]\n");
    }

    /** Nobody has published that CodeDeploy refuses these. */
    @Test
    void whatIsNotInTheReferenceIsDoubtful() {
        found(
                List.of(),
                List.of("has version 1; AWS's reference only has version: 0.0"),
                SERVICE.replace("version: 0.0", "version: 1"));
        found(
                List.of(),
                List.of("has the TaskDefinition 'web:7'; AWS's reference wants an ARN"),
                SERVICE.replaceAll("\"arn.*\"", "web:7"));
        found(
                List.of(),
                List.of(
                        "has a hook for ApplicationStop, which is not a lifecycle event of its kind; known are BeforeInstall,"
                                + " AfterInstall, AfterAllowTestTraffic, BeforeAllowTraffic, AfterAllowTraffic"),
                SERVICE.replace("BeforeInstall: a", "ApplicationStop: a"));
        found(
                List.of(),
                List.of(
                        "names some of Subnets, SecurityGroups and AssignPublicIp for TargetService; AWS wants all of them or"
                                + " none"),
                SERVICE.replace("SecurityGroups: [sg-1]", ""));
        found(
                List.of(),
                List.of("has Hooks that are not a list; AWS's reference has each as an item: - BeforeAllowTraffic: …"),
                FUNCTION.replace(
                        "[{\"BeforeAllowTraffic\": \"a\"}, {\"AfterAllowTraffic\": \"b\"}]",
                        "{\"BeforeAllowTraffic\": \"a\"}"));
    }

    @Test
    void mapsBecomeJson() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", 0.0);
        map.put("text", "a \"b\" \\ c\n\u00e9");
        map.put("none", null);
        map.put("list", new ArrayList<>(List.of(1, true, "null", Map.of("a", new StringBuilder("b")))));
        assertEquals(
                "{\"version\":0.0,\"text\":\"a \\\"b\\\" \\\\ c\\u000a\u00e9\",\"none\":null,"
                        + "\"list\":[1,true,\"null\",{\"a\":\"b\"}]}",
                Json.of(map));
    }
}
