package io.jenkins.plugins.awscicd.engine.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.events.EventSetup.EventSource;
import io.jenkins.plugins.awscicd.engine.option.Json;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

class EventSetupTest {

    private static final String ARN = "arn:aws:sqs:eu-west-1:123456789012:jenkins-events";

    @ParameterizedTest
    @CsvSource({
        ARN + ", eu-west-1",
        "arn:aws-cn:sqs:cn-north-1:123456789012:jenkins-events, cn-north-1",
        "https://sqs.eu-west-1.amazonaws.com/123456789012/jenkins-events, eu-west-1",
        "https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/jenkins-events, us-gov-west-1",
        "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/jenkins-events, cn-north-1",
        "https://vpce-0a1b-c2d3.sqs.us-east-1.vpce.amazonaws.com/123456789012/jenkins-events, us-east-1",
        "http://127.0.0.1:4566/123456789012/jenkins-events,"
    })
    void aQueueIsNamedByArnOrUrl(String given, String region) {
        assertEquals(new QueueAddress(region, "123456789012", "jenkins-events"), QueueAddress.of(given));
    }

    @ParameterizedTest
    @CsvSource({
        "jenkins-events",
        "arn:aws:sns:eu-west-1:123456789012:jenkins-events",
        "arn:aws:sqs:eu-west-1:123456789012:jenkins events",
        "https://sqs.eu-west-1.amazonaws.com/1234/jenkins-events",
        "arn:aws:sqs:eu-west-1:123456789012:jenkins.fifo"
    })
    void whatIsNoStandardQueueIsRefused(String given) {
        assertThrows(IllegalArgumentException.class, () -> QueueAddress.of(given));
    }

    @Test
    void theUrlIsThatOfTheRegionThatIsCalled() {
        assertEquals(
                "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/jenkins-events",
                QueueAddress.of("arn:aws-cn:sqs:cn-north-1:123456789012:jenkins-events")
                        .url(Region.CN_NORTH_1));
    }

    @Test
    void theTemplateIsOne() {
        EventSetup setup = new EventSetup(QueueAddress.of(ARN), List.of(EventSource.values()));
        try (LocalAws aws = LocalAws.builder().start();
                CloudFormationClient client = Clients.of(aws).cloudFormation()) {
            assertEquals(
                    List.of("AWS::Events::Rule", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy"),
                    client.getTemplateSummary(it -> it.templateBody(setup.template())).resourceTypes().stream()
                            .sorted()
                            .toList());
        }
    }

    @Test
    void bothKindsOfCodeCommitsEventsCome() {
        EventSetup setup = new EventSetup(QueueAddress.of(ARN), List.of(EventSource.CODECOMMIT));
        for (String kind : List.of("CodeCommit Repository State Change", "CodeCommit Pull Request State Change")) {
            assertTrue(EventPattern.of(setup.pattern())
                    .matches(AwsEvent.of(
                            "{\"id\":\"1\",\"source\":\"aws.codecommit\",\"detail-type\":\"" + kind + "\"}")));
            assertTrue(setup.template().contains("\"" + kind + "\""), kind);
            assertTrue(setup.commands().contains("\"" + kind + "\""), kind);
        }
    }

    @Test
    void patternPolicyAndPermissionsAreJson() {
        EventSetup setup = new EventSetup(QueueAddress.of(ARN), List.of(EventSource.CODEBUILD));
        EventPattern pattern = EventPattern.of(setup.pattern());
        assertTrue(pattern.matches(AwsEvent.of(
                "{\"id\":\"1\",\"source\":\"aws.codebuild\",\"detail-type\":\"CodeBuild Build State Change\"}")));
        assertTrue(Json.read(setup.permissions()) instanceof Map);
        assertTrue(Json.read(setup.keyStatement()) instanceof Map);
        String create = setup.commands().lines().findFirst().orElseThrow();
        Map<?, ?> attributes =
                (Map<?, ?>) Json.read(create.substring(create.indexOf('\'') + 1, create.lastIndexOf('\'')));
        assertTrue(Json.read((String) attributes.get("Policy")) instanceof Map);
    }
}
