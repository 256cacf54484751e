package io.jenkins.plugins.awscicd.localaws.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.AuthorizationErrorException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;

class SnsTest {

    private static final String ARN = "arn:aws:sns:eu-west-1:123456789012:approvals";

    private final SteppedTime time = SimulatedTime.stepped();
    private LocalAws aws;
    private SnsClient sns;

    @BeforeEach
    void start() {
        aws = LocalAws.builder().time(time).start();
        aws.sns().create("approvals");
        sns = Clients.of(aws).sns();
    }

    @AfterEach
    void stop() {
        sns.close();
        aws.close();
    }

    private PublishResponse publish(String subject, String message) {
        return sns.publish(publish -> publish.topicArn(ARN).subject(subject).message(message));
    }

    private static String refused(Executable call) {
        SnsException e = assertThrows(InvalidParameterException.class, call);
        assertEquals(400, e.statusCode());
        assertEquals("InvalidParameter", e.awsErrorDetails().errorCode());
        return e.awsErrorDetails().errorMessage();
    }

    @Test
    void aTopicIsMadeLookedAtAndDeleted() {
        String arn = sns.createTopic(topic -> topic.name("builds").attributes(Map.of("DisplayName", "Builds")))
                .topicArn();
        assertEquals("arn:aws:sns:eu-west-1:123456789012:builds", arn);
        assertEquals(arn, sns.createTopic(topic -> topic.name("builds")).topicArn(), "It already exists");
        Map<String, String> attributes =
                sns.getTopicAttributes(get -> get.topicArn(arn)).attributes();
        assertEquals("Builds", attributes.get("DisplayName"));
        assertEquals("123456789012", attributes.get("Owner"));
        assertEquals("0", attributes.get("SubscriptionsConfirmed"));
        assertTrue(attributes.get("Policy").contains("AWS:SourceOwner"), attributes.get("Policy"));

        assertTrue(refused(() ->
                        sns.createTopic(topic -> topic.name("builds").attributes(Map.of("DisplayName", "Others"))))
                .endsWith("Topic already exists with different attributes"));
        sns.deleteTopic(topic -> topic.topicArn(arn));
        sns.deleteTopic(topic -> topic.topicArn(arn));
        assertThrows(NotFoundException.class, () -> sns.getTopicAttributes(get -> get.topicArn(arn)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "a/b", "pipeline.fifo", "ä"})
    void namesOfTopicsAreChecked(String name) {
        assertEquals("Invalid parameter: Topic Name", refused(() -> sns.createTopic(topic -> topic.name(name))));
    }

    @Test
    void topicsAreListedPageByPage() {
        IntStream.range(0, 249).forEach(i -> aws.sns().create("topic-" + i));
        ListTopicsResponse first = sns.listTopics();
        assertEquals(100, first.topics().size());
        assertEquals(
                250,
                sns.listTopicsPaginator().topics().stream()
                        .map(topic -> topic.topicArn())
                        .distinct()
                        .count());
        assertNull(sns.listTopics(list -> list.nextToken(sns.listTopics(second -> second.nextToken(first.nextToken()))
                        .nextToken()))
                .nextToken());
    }

    @Test
    void aNotificationIsKeptAsItWasPublished() {
        String id = sns.publish(publish -> publish.topicArn(ARN)
                        .subject("Approve web-17?")
                        .message("Grüße\n& <more>")
                        .messageAttributes(Map.of(
                                "stage",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("prod")
                                        .build(),
                                "digest",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 2}))
                                        .build())))
                .messageId();
        Notification published = aws.sns().topic(ARN).published().get(0);
        assertEquals(id, published.messageId());
        assertEquals(time.now(), published.at());
        assertEquals("Approve web-17?", published.subject());
        assertEquals("Grüße\n& <more>", published.message());
        assertEquals("Grüße & <more>", published.beginning());
        assertEquals(
                new Notification.Attribute("String", "prod"),
                published.attributes().get("stage"));
        assertEquals(
                new Notification.Attribute("Binary", "AQI="),
                published.attributes().get("digest"));
        assertEquals("ok", aws.calls().of("SNS.Publish").get(0).outcome());
        assertEquals(ARN, aws.calls().of("SNS.Publish").get(0).resource());
    }

    @Test
    void subjectsAreChecked() {
        publish("x".repeat(100), "m");
        publish(null, "m");
        for (String subject : List.of("x".repeat(101), "", " x", "a\nb", "a\tb", "ä", "a\u007fb")) {
            assertEquals("Invalid parameter: Subject", refused(() -> publish(subject, "m")), subject);
        }
        assertEquals(2, aws.sns().topic("approvals").published().size());
    }

    @Test
    void messagesAreMeasuredInBytes() {
        publish(null, "ä".repeat(128 * 1024));
        assertEquals("Invalid parameter: Message too long", refused(() -> publish(null, "ä".repeat(128 * 1024) + "x")));
        assertEquals("Invalid parameter: Empty message", refused(() -> publish(null, "")));
    }

    @Test
    void attributesOfMessagesCountAndAreChecked() {
        Map<String, MessageAttributeValue> large = Map.of(
                "a",
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue("x".repeat(100))
                        .build());
        assertEquals(
                "Invalid parameter: Message too long",
                refused(() -> sns.publish(publish -> publish.topicArn(ARN)
                        .message("x".repeat(256 * 1024 - 50))
                        .messageAttributes(large))));
        for (MessageAttributeValue bad : List.of(
                MessageAttributeValue.builder()
                        .dataType("Text")
                        .stringValue("x")
                        .build(),
                MessageAttributeValue.builder().dataType("String").build(),
                MessageAttributeValue.builder().stringValue("x").build())) {
            InvalidParameterValueException e = assertThrows(
                    InvalidParameterValueException.class,
                    () -> sns.publish(
                            publish -> publish.topicArn(ARN).message("m").messageAttributes(Map.of("a", bad))));
            assertEquals("ParameterValueInvalid", e.awsErrorDetails().errorCode());
        }
    }

    @Test
    void aStructuredMessageHasATextForEachProtocol() {
        PublishRequest.Builder structured =
                PublishRequest.builder().topicArn(ARN).messageStructure("json");
        sns.publish(structured
                .message("{\"default\": \"long\", \"email\": \"short\", \"sqs\": 1}")
                .build());
        Notification published = aws.sns().topic(ARN).published().get(0);
        assertEquals("long", published.message());
        assertEquals("short", published.messageFor("email"));
        assertEquals("long", published.messageFor("sqs"));
        for (String bad : List.of("no json", "[]", "{\"email\": \"x\"}", "{\"default\": 1}")) {
            assertTrue(
                    refused(() -> sns.publish(structured.message(bad).build()))
                            .startsWith("Invalid parameter: Message Structure - "),
                    bad);
        }
        assertEquals(
                "Invalid parameter: MessageStructure",
                refused(() -> sns.publish(
                        structured.messageStructure("xml").message("x").build())));
    }

    @Test
    void aFifoTopicTakesEachMessageOnce() {
        String arn = sns.createTopic(topic -> topic.name("orders.fifo").attributes(Map.of("FifoTopic", "true")))
                .topicArn();
        PublishRequest once = PublishRequest.builder()
                .topicArn(arn)
                .message("m")
                .messageGroupId("web")
                .messageDeduplicationId("1")
                .build();
        PublishResponse first = sns.publish(once);
        assertEquals(20, first.sequenceNumber().length());
        assertEquals(first.messageId(), sns.publish(once).messageId());
        assertEquals(1, aws.sns().topic(arn).published().size());
        time.advance(Duration.ofMinutes(5));
        assertNotEquals(first.messageId(), sns.publish(once).messageId());

        assertTrue(
                refused(() -> sns.publish(once.toBuilder().messageGroupId(null).build()))
                        .contains("MessageGroupId"));
        assertTrue(refused(() -> sns.publish(
                        once.toBuilder().messageDeduplicationId(null).build()))
                .contains("ContentBasedDeduplication"));
        assertTrue(refused(() -> sns.publish(once.toBuilder().topicArn(ARN).build()))
                .contains("MessageDeduplicationId"));
    }

    @Test
    void aFifoTopicCanTellMessagesByTheirContent() {
        String arn = sns.createTopic(topic -> topic.name("content.fifo")
                        .attributes(Map.of("FifoTopic", "true", "ContentBasedDeduplication", "true")))
                .topicArn();
        for (String message : List.of("a", "b", "a")) {
            sns.publish(publish -> publish.topicArn(arn).message(message).messageGroupId("web"));
        }
        assertEquals(2, aws.sns().topic(arn).published().size());
    }

    @Test
    void aTopicBelongsToItsAccountAndRegion() {
        aws.sns(new Place("123456789012", "us-east-1")).create("approvals");
        aws.sns(new Place("210987654321", "eu-west-1")).create("approvals");
        String there = ARN.replace("eu-west-1", "us-east-1");
        try (SnsClient regional = Clients.of(aws).in("us-east-1").sns()) {
            regional.publish(publish -> publish.topicArn(there).message("m"));
        }
        assertEquals(
                "Invalid parameter: TopicArn",
                refused(() -> sns.publish(publish -> publish.topicArn(there).message("m"))));
        AuthorizationErrorException denied = assertThrows(
                AuthorizationErrorException.class,
                () -> sns.publish(publish -> publish.topicArn(ARN.replace("123456789012", "210987654321"))
                        .message("m")));
        assertEquals(403, denied.statusCode());
        assertTrue(denied.getMessage().contains("not authorized to perform: SNS:Publish on resource: arn:aws:sns:"));
        assertEquals(
                "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1",
                refused(() ->
                        sns.publish(publish -> publish.topicArn("approvals").message("m"))));
        assertTrue(refused(() -> sns.publish(publish -> publish.message("m"))).contains("TopicArn or TargetArn"));
        NotFoundException missing = assertThrows(
                NotFoundException.class,
                () -> sns.publish(publish -> publish.topicArn(ARN + "2").message("m")));
        assertEquals("Topic does not exist", missing.awsErrorDetails().errorMessage());
        assertEquals(404, missing.statusCode());
    }

    @Test
    void faultsAreInTheServicesWords() {
        aws.faults().on("SNS.Publish").throttle().times(1);
        SnsException throttled = assertThrows(SnsException.class, () -> publish(null, "m"));
        assertTrue(throttled.isThrottlingException());
        aws.faults().on("SNS.Publish").accessDenied().times(1);
        assertThrows(AuthorizationErrorException.class, () -> publish(null, "m"));
        aws.faults().on("SNS.Publish").error(500).times(1);
        assertEquals(
                500, assertThrows(SnsException.class, () -> publish(null, "m")).statusCode());
        aws.faults().on("SNS.Publish").notYetVisible().times(1);
        assertThrows(NotFoundException.class, () -> publish(null, "m"));
        assertFalse(aws.sns().topics().isEmpty());
        assertEquals(List.of(), aws.sns().topic(ARN).published());
    }
}
