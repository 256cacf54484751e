package io.jenkins.plugins.awscicd.localaws.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.CloudFormationTiming;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** A local AWS on stepped time, in which everything that CloudFormation does takes a second. */
abstract class SteppedStacks {

    static final String WEB = "web";

    final SteppedTime time = SimulatedTime.stepped();
    LocalAws aws;
    CloudFormationClient cloudFormation;

    @BeforeEach
    final void start() {
        aws = LocalAws.builder()
                .time(time)
                .cloudFormationTiming(CloudFormationTiming.all(Duration.ofSeconds(1)))
                .start();
        cloudFormation = Clients.of(aws).cloudFormation();
    }

    @AfterEach
    final void stop() {
        cloudFormation.close();
        aws.close();
    }

    final Simulation simulation() {
        return aws.cloudFormation().simulation(WEB);
    }

    /** A template with these lines. */
    static String template(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    static Parameter parameter(String key, String value) {
        return Parameter.builder().parameterKey(key).parameterValue(value).build();
    }

    /** Has a change set computed. */
    final DescribeChangeSetResponse plan(String type, String template, Consumer<CreateChangeSetRequest.Builder> more) {
        String id = cloudFormation
                .createChangeSet(request -> {
                    request.stackName(WEB)
                            .changeSetName("set-" + time.now().toEpochMilli())
                            .changeSetType(type)
                            .templateBody(template);
                    more.accept(request);
                })
                .id();
        advance(2);
        return cloudFormation.describeChangeSet(request -> request.changeSetName(id));
    }

    final DescribeChangeSetResponse plan(String type, String template, Parameter... parameters) {
        return plan(type, template, request -> request.parameters(parameters));
    }

    /** Has it executed, and waits for what comes of it. */
    final void execute(DescribeChangeSetResponse changeSet) {
        cloudFormation.executeChangeSet(request -> request.changeSetName(changeSet.changeSetId()));
        advance(60);
    }

    /** Has the stack made of a template, or updated to be of it. */
    final Stack deploy(String template, Parameter... parameters) {
        execute(plan(aws.cloudFormation().has(WEB) ? "UPDATE" : "CREATE", template, parameters));
        return stack();
    }

    final Stack stack() {
        return stack(WEB);
    }

    final Stack stack(String name) {
        return cloudFormation
                .describeStacks(request -> request.stackName(name))
                .stacks()
                .get(0);
    }

    static Map<String, String> outputs(Stack stack) {
        Map<String, String> outputs = new TreeMap<>();
        for (Output output : stack.outputs()) {
            outputs.put(output.outputKey(), output.outputValue());
        }
        return outputs;
    }

    /** {@code Resource STATUS: reason} and so on, the oldest first. */
    final List<String> events(String stack) {
        List<String> events = new ArrayList<>();
        for (StackEvent event : cloudFormation
                .describeStackEventsPaginator(request -> request.stackName(stack))
                .stackEvents()) {
            String reason = event.resourceStatusReason();
            events.add(event.logicalResourceId() + " " + event.resourceStatusAsString()
                    + (reason == null ? "" : ": " + reason));
        }
        Collections.reverse(events);
        return events;
    }

    /** The events since so many before. */
    final List<String> events(String stack, int seen) {
        List<String> all = events(stack);
        return all.subList(seen, all.size());
    }

    static void are(List<String> found, String... expected) {
        assertEquals(String.join("\n", expected), String.join("\n", found), () -> Arrays.toString(expected));
    }

    final void advance(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    static void refused(String code, String message, Executable call) {
        CloudFormationException refusal = assertThrows(CloudFormationException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode(), refusal.getMessage());
        assertEquals(message, refusal.awsErrorDetails().errorMessage());
    }
}
