package io.jenkins.plugins.awscicd.engine.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicArnTest {

    private static final String ARN = "arn:aws:sns:eu-central-1:123456789012:approvals";

    @Test
    void anArnIsTakenApart() {
        TopicArn topic = TopicArn.parse(" " + ARN + "\n");
        assertEquals(new TopicArn("aws", "eu-central-1", "123456789012", "approvals"), topic);
        assertEquals(ARN, topic.toString());
        assertFalse(topic.isFifo());
        assertTrue(TopicArn.parse(ARN + ".fifo").isFifo());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ARN,
                ARN + ".fifo",
                "arn:aws-cn:sns:cn-north-1:123456789012:Approvals_2",
                "arn:aws-us-gov:sns:us-gov-west-1:123456789012:a-b",
            })
    void topicsAreTaken(String arn) {
        assertNull(TopicArn.problem(arn));
        assertEquals(arn, TopicArn.parse(arn).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "approvals",
                "arn:aws:sns:eu-central-1:123456789012",
                "arn:aws:sns:eu-central-1:123456789012:",
                "arn:aws:sns:eu-central-1:1234:approvals",
                "arn:aws:sns::123456789012:approvals",
                "arn:aws:sqs:eu-central-1:123456789012:approvals",
                "arn:aws:sns:eu-central-1:123456789012:app rovals",
                "arn:aws:sns:eu-central-1:123456789012:app.rovals",
                "arn:aws:sns:eu-central-1:123456789012:a:b:c",
                "https://sns.eu-central-1.amazonaws.com/",
            })
    void whatIsNoTopicIsSaidToBeNone(String arn) {
        String problem = TopicArn.problem(arn);
        assertNotNull(problem);
        assertTrue(problem.startsWith("notify: '" + arn + "' is not the ARN of an SNS topic"), problem);
        assertTrue(problem.contains("arn:<partition>:sns:<region>:<account>:<name>"), problem);
        assertEquals(
                problem,
                assertThrows(IllegalArgumentException.class, () -> TopicArn.parse(arn))
                        .getMessage());
    }

    @Test
    void namesHaveALimit() {
        String longest = ARN.replace("approvals", "x".repeat(256));
        assertNull(TopicArn.problem(longest));
        assertNotNull(TopicArn.problem(longest + "x"));
    }

    @Test
    void aSubscriptionIsToldFromItsTopic() {
        assertEquals(
                "notify: '" + ARN + ":0123-ab' is the ARN of a subscription; leave out its last part, ':0123-ab',"
                        + " to get the ARN of the topic",
                TopicArn.problem(ARN + ":0123-ab"));
    }
}
