package io.jenkins.plugins.awscicd.engine.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StackResultTest {

    private static List<String> asked(String... changes) {
        List<ResourceChange> all = Stream.of(changes)
                .map(change -> change.split(" "))
                .map(it -> new ResourceChange(it[0], it[1], "", it[2], "", "", "", List.of()))
                .toList();
        return new StackResult(
                        "web", "", "CREATE_COMPLETE", "arn", false, Map.of(), all, List.of("table"), Map.of(), "", null)
                .details();
    }

    @Test
    void whoIsAskedHearsOfNestedStacksThatAreNotShown() {
        String nested = "AWS::CloudFormation::Stack";
        List<String> details = asked("Modify Network " + nested, "Modify Networks/Vpc AWS::EC2::VPC");
        assertEquals(2, details.size());
        assertTrue(
                details.get(1).startsWith("Nested stack Network: no changes to its resources are shown."),
                details.get(1));
        assertEquals(List.of("table"), asked("Modify Network " + nested, "Modify Network/Vpc AWS::EC2::VPC"));
        assertEquals(List.of("table"), asked("Remove Network " + nested, "Add Queue AWS::SQS::Queue"));
    }
}
