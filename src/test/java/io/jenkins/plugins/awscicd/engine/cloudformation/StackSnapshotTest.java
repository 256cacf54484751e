package io.jenkins.plugins.awscicd.engine.cloudformation;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awscicd.engine.Bench;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Stack;

class StackSnapshotTest {

    @AutoClose
    private final Bench bench = Bench.stepped();

    /** A stack lives on: when it was made or changed last is not when what is done to it now began. */
    @Test
    void itsAgeIsNotHowLongItTook() {
        Stack.Builder stack = Stack.builder()
                .stackId("arn:aws:cloudformation:eu-west-1:123456789012:stack/web/1")
                .stackName("web")
                .stackStatus("CREATE_COMPLETE")
                .creationTime(Instant.EPOCH);
        assertNull(StackSnapshot.of(stack.build()).progress(bench.session()).started());
        stack.stackStatus("UPDATE_COMPLETE").lastUpdatedTime(Instant.EPOCH.plusSeconds(60));
        assertNull(StackSnapshot.of(stack.build()).progress(bench.session()).started());
    }
}
