package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.Arns;
import io.jenkins.plugins.awscicd.engine.access.Permission;
import io.jenkins.plugins.awscicd.engine.access.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What AWS needs so that its events come to a queue, to copy: nothing here calls AWS. The queue is encrypted with SQS's own key, which
 * EventBridge needs no grant for; with a key of KMS it does.
 *
 * @param services whose events are to come
 */
public record EventSetup(
        @NonNull QueueAddress queue, @NonNull List<EventSource> services) {

    private static final String RULE = "jenkins-events";

    /** Kinds of events of a service. */
    public enum EventSource {
        CODEBUILD("aws.codebuild", "CodeBuild Build State Change"),
        CODEDEPLOY("aws.codedeploy", "CodeDeploy Deployment State-change Notification"),
        ELASTICBEANSTALK("aws.elasticbeanstalk", "Elastic Beanstalk resource status change"),
        CLOUDFORMATION(
                "aws.cloudformation",
                "CloudFormation Stack Status Change",
                "CloudFormation StackSet Operation Status Change"),
        CODEPIPELINE(
                "aws.codepipeline",
                "CodePipeline Pipeline Execution State Change",
                "CodePipeline Action Execution State Change"),
        CODECOMMIT("aws.codecommit", "CodeCommit Repository State Change", "CodeCommit Pull Request State Change");

        private final String source;
        private final List<String> kinds;

        EventSource(String source, String... kinds) {
            this.source = source;
            this.kinds = List.of(kinds);
        }
    }

    private String quoted(Function<EventSource, Stream<String>> part) {
        return services.stream().flatMap(part).map(it -> "\"" + it + "\"").collect(Collectors.joining(", ", "[", "]"));
    }

    /** The pattern of the rule. */
    @NonNull
    public String pattern() {
        return "{\"source\": " + quoted(it -> Stream.of(it.source)) + ", \"detail-type\": "
                + quoted(it -> it.kinds.stream()) + "}";
    }

    /** Rule, queue and the queue's policy, as a template of CloudFormation. */
    @NonNull
    public String template() {
        List<String> lines = new ArrayList<>(List.of(
                "Parameters:",
                "  KmsKeyArn:",
                "    Type: String",
                "    Default: ''",
                "    Description: A key of KMS for the queue; empty for the one of SQS. The key's policy has to let EventBridge use it.",
                "Conditions:",
                "  WithKey: !Not [!Equals [!Ref KmsKeyArn, '']]",
                "Resources:",
                "  Queue:",
                "    Type: AWS::SQS::Queue",
                "    Properties:",
                "      QueueName: " + queue.name(),
                "      MessageRetentionPeriod: 14400",
                "      ReceiveMessageWaitTimeSeconds: 20",
                "      KmsMasterKeyId: !If [WithKey, !Ref KmsKeyArn, !Ref AWS::NoValue]",
                "      SqsManagedSseEnabled: !If [WithKey, !Ref AWS::NoValue, true]",
                "  QueuePolicy:",
                "    Type: AWS::SQS::QueuePolicy",
                "    Properties:",
                "      Queues: [!Ref Queue]",
                "      PolicyDocument:",
                "        Version: '2012-10-17'",
                "        Statement:",
                "          - Effect: Allow",
                "            Principal: {Service: events.amazonaws.com}",
                "            Action: sqs:SendMessage",
                "            Resource: !GetAtt Queue.Arn",
                "            Condition: {ArnEquals: {'aws:SourceArn': !GetAtt Rule.Arn}}",
                "  Rule:",
                "    Type: AWS::Events::Rule",
                "    Properties:",
                "      Description: Events for Jenkins",
                "      EventPattern:",
                "        source: " + quoted(it -> Stream.of(it.source)),
                "        detail-type: " + quoted(it -> it.kinds.stream()),
                "      Targets:",
                "        - Id: jenkins",
                "          Arn: !GetAtt Queue.Arn",
                "Outputs:",
                "  QueueArn: {Value: !GetAtt Queue.Arn}",
                "  QueueUrl: {Value: !Ref Queue}"));
        return String.join("\n", lines) + "\n";
    }

    private String region() {
        return queue.region() == null ? "REGION" : queue.region();
    }

    private String arn(String service, String resource) {
        return Arns.of(region(), queue.account()).resource(service, resource);
    }

    /** The same as commands of the AWS CLI. */
    @NonNull
    public String commands() {
        String policy =
                "{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":{\\\"Service\\\":"
                        + "\\\"events.amazonaws.com\\\"},\\\"Action\\\":\\\"sqs:SendMessage\\\",\\\"Resource\\\":\\\""
                        + arn("sqs", queue.name())
                        + "\\\",\\\"Condition\\\":{\\\"ArnEquals\\\":{\\\"aws:SourceArn\\\":\\\""
                        + arn("events", "rule/" + RULE) + "\\\"}}}]}";
        return String.join(
                "\n",
                "aws sqs create-queue --region " + region() + " --queue-name " + queue.name()
                        + " --attributes '{\"SqsManagedSseEnabled\":\"true\",\"MessageRetentionPeriod\":\"14400\",\"Policy\":\""
                        + policy + "\"}'",
                "aws events put-rule --region " + region() + " --name " + RULE + " --event-pattern '" + pattern() + "'",
                "aws events put-targets --region " + region() + " --rule " + RULE + " --targets Id=jenkins,Arn="
                        + arn("sqs", queue.name()),
                "");
    }

    /** What Jenkins has to be allowed: statements of an IAM policy. */
    @NonNull
    public String permissions() {
        return PolicyDocument.of(List.of(new Permission(
                        "HearEvents",
                        List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:SendMessage"),
                        List.of(arn("sqs", queue.name())))))
                + "\n";
    }

    /** What the policy of a key of KMS has to let EventBridge do, if the queue is encrypted with one. */
    @NonNull
    public String keyStatement() {
        return String.join(
                "\n",
                "{",
                "  \"Sid\": \"EventBridgeToQueue\",",
                "  \"Effect\": \"Allow\",",
                "  \"Principal\": {\"Service\": \"events.amazonaws.com\"},",
                "  \"Action\": [\"kms:GenerateDataKey\", \"kms:Decrypt\"],",
                "  \"Resource\": \"*\",",
                "  \"Condition\": {\"StringEquals\": {\"aws:SourceAccount\": \"" + queue.account() + "\"}}",
                "}",
                "");
    }
}
