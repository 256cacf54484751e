package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/** What templates say, and what is wrong with them. */
class TemplateTest extends SteppedStacks {

    private static final String QUEUE = "Resources: {Q: {Type: 'AWS::SQS::Queue'}}\n";

    private void invalid(String message, String... lines) {
        refused(
                "ValidationError",
                message,
                () -> cloudFormation.validateTemplate(request -> request.templateBody(template(lines))));
    }

    @Test
    void faultsAreNamedWithTheirPlace() {
        invalid("Template format error: YAML not well-formed. (line 3, column 1)", "Resources:", "  - a: [");
        invalid("Template format error: JSON not well-formed. (line 1, column 16)", "{\"Resources\": {,}}");
        invalid("Template format error: unsupported structure.", "just text");
        invalid("Template format error: At least one Resources member must be defined.", "Description: none");
        invalid("Invalid template property or properties [Resource]", "Resource: {}");
        invalid("Template format error: Unrecognized resource types: [Queue]", "Resources: {Q: {Type: Queue}}");
        invalid(
                "Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template",
                "Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: {A: !Ref Gone}}}");
        invalid(
                "Template error: instance of Fn::GetAtt references undefined resource Gone",
                "Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: {A: !GetAtt Gone.Arn}}}");
        invalid(
                "Circular dependency between resources: [A, B]",
                "Resources:",
                "  A: {Type: 'AWS::SQS::Queue', Properties: {X: !Ref B}}",
                "  B: {Type: 'AWS::SQS::Queue', DependsOn: A}");
        invalid(
                "[/Resources/Q/Properties] 'null' values are not allowed in templates",
                "Resources: {Q: {Type: 'AWS::SQS::Queue', Properties: }}");
        invalid("Invalid template resource property 'Propertys'", "Resources: {Q: {Type: 'A::B::CC', Propertys: {}}}");
    }

    @Test
    void functionsGiveValues() {
        aws.codeBuild().parameter("/ami", "ami-1");
        assertEquals(
                Map.of(
                        "Cond", "yes",
                        "Join", "a-b",
                        "Map", "big",
                        "Picked", "b",
                        "Stored", "ami-1",
                        "Sub", "eu-west-1/123456789012/${Raw}/x",
                        "Twice", "YQ=="),
                outputs(deploy(template(
                                "Parameters:",
                                "  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /ami}",
                                "  Names: {Type: CommaDelimitedList, Default: 'a, b'}",
                                "  Env: {Type: String, Default: prod}",
                                "Mappings: {Sizes: {prod: {size: big}, dev: {size: small}}}",
                                "Conditions:",
                                "  Prod: !Equals [!Ref Env, prod]",
                                "  Both: !And [!Condition Prod, !Not [!Equals [a, b]]]",
                                "Resources:",
                                "  Q: {Type: 'AWS::SQS::Queue'}",
                                "  Gone: {Type: 'AWS::SQS::Queue', Condition: Never}",
                                "Outputs:",
                                "  Join: {Value: !Join ['-', !Ref Names]}",
                                "  Picked: {Value: !Select [1, !Split [',', 'a,b']]}",
                                "  Stored: {Value: !Ref Image}",
                                "  Map: {Value: !FindInMap [Sizes, !Ref Env, size]}",
                                "  Cond: {Value: !If [Both, 'yes', 'no']}",
                                "  Twice: {Value: !Base64 a}",
                                "  Sub: {Value: !Sub ['${AWS::Region}/${AWS::AccountId}/${!Raw}/${V}', {V: x}]}")
                        .replace("  Gone: {Type: 'AWS::SQS::Queue', Condition: Never}\n", ""))));
    }

    @Test
    void parametersAreChecked() {
        String template = template(
                        "Parameters:",
                        "  Env: {Type: String, AllowedValues: [dev, prod]}",
                        "  Count: {Type: Number, Default: 1, MinValue: 1, MaxValue: 3}",
                        "  Key: {Type: String, Default: abc, AllowedPattern: '[a-z]+', ConstraintDescription: small letters}")
                + QUEUE;
        refused("ValidationError", "Parameters: [Env] must have values", () -> plan("CREATE", template));
        refused(
                "ValidationError",
                "Parameters: [Envy] do not exist in the template",
                () -> plan("CREATE", template, parameter("Envy", "x")));
        refused(
                "ValidationError",
                "Parameter 'Env' must be one of AllowedValues",
                () -> plan("CREATE", template, parameter("Env", "test")));
        refused(
                "ValidationError",
                "Parameter 'Count' must be a number not greater than 3",
                () -> plan("CREATE", template, parameter("Env", "dev"), parameter("Count", "4")));
        refused(
                "ValidationError",
                "Parameter 'Key' failed to satisfy constraint: small letters",
                () -> plan("CREATE", template, parameter("Env", "dev"), parameter("Key", "ABC")));
        assertEquals("", aws.cloudFormation().has(WEB) ? "made" : "");
        deploy(template, parameter("Env", "prod"));
        execute(plan(
                "UPDATE",
                template.replace("'AWS::SQS::Queue'", "'AWS::SQS::Queue', Metadata: {a: b}"),
                request -> request.parameters(List.of(Parameter.builder()
                        .parameterKey("Env")
                        .usePreviousValue(true)
                        .build()))));
        assertEquals("prod", stack().parameters().get(0).parameterValue());
    }

    @Test
    void capabilitiesHaveToBeGiven() {
        String template = template("Resources:", "  Role: {Type: 'AWS::IAM::Role', Properties: {RoleName: deployer}}");
        refused(
                "InsufficientCapabilitiesException",
                "Requires capabilities : [CAPABILITY_NAMED_IAM]",
                () -> plan("CREATE", template, request -> request.capabilities(Capability.CAPABILITY_IAM)));
        GetTemplateSummaryResponse summary =
                cloudFormation.getTemplateSummary(request -> request.templateBody(template));
        assertEquals(List.of("CAPABILITY_NAMED_IAM"), summary.capabilitiesAsStrings());
        assertEquals("The following resource(s) require capabilities: [AWS::IAM::Role]", summary.capabilitiesReason());
    }

    @Test
    void tooLargeOnesHaveToComeFromS3() {
        String large = QUEUE + "#" + "x".repeat(51_200);
        refused(
                "ValidationError",
                "1 validation error detected: Value '" + large
                        + "' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal"
                        + " to 51200",
                () -> cloudFormation.validateTemplate(request -> request.templateBody(large)));
        aws.s3().createBucket("templates", false);
        aws.s3().put("templates", "large.yaml", large.getBytes(StandardCharsets.UTF_8));
        cloudFormation.validateTemplate(
                request -> request.templateURL("https://s3.eu-west-1.amazonaws.com/templates/large.yaml"));
        refused(
                "ValidationError",
                "S3 error: The specified key does not exist.\n"
                        + "For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
                () -> cloudFormation.validateTemplate(
                        request -> request.templateURL("https://templates.s3.amazonaws.com/gone.yaml")));
    }

    @Test
    void exportsInUseStay() {
        String exporting = QUEUE + template("Outputs: {Q: {Value: !Ref Q, Export: {Name: shared}}}");
        deploy(exporting);
        cloudFormation.createStack(request -> request.stackName("user")
                .templateBody("Resources: {U: {Type: 'AWS::SNS::Topic', Properties: {N: !ImportValue shared}}}"));
        advance(60);
        assertEquals("CREATE_COMPLETE", stack("user").stackStatusAsString());
        deploy(QUEUE.replace("}}", "}, R: {Type: 'AWS::SQS::Queue'}}"));
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stack().stackStatusAsString());
        assertEquals(
                "web UPDATE_ROLLBACK_IN_PROGRESS: Export shared cannot be deleted as it is in use by user",
                events(WEB).stream()
                        .filter(event -> event.contains("ROLLBACK_IN_PROGRESS"))
                        .findFirst()
                        .orElse(""));
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(60);
        assertEquals("UPDATE_ROLLBACK_COMPLETE", stack().stackStatusAsString());
        assertEquals("Export shared cannot be deleted as it is in use by user", stack().stackStatusReason());
        aws.cloudFormation().speak(Dialect.EXPORT_FAILS_DELETION);
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(60);
        assertEquals("DELETE_FAILED", stack().stackStatusAsString());
        cloudFormation.deleteStack(request -> request.stackName("user"));
        advance(60);
        cloudFormation.deleteStack(request -> request.stackName(WEB));
        advance(60);
        assertEquals(false, aws.cloudFormation().has(WEB));
    }
}
