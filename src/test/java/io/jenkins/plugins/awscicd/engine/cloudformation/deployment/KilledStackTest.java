package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process ends at each of its calls: before AWS has heard of it, or after that, with the answer on its way. */
class KilledStackTest extends SteppedStacks {

    private static final int CALLS = 14;

    static Stream<Arguments> calls() {
        return IntStream.range(0, CALLS)
                .boxed()
                .flatMap(call -> Stream.of(Arguments.of(call, false), Arguments.of(call, true)));
    }

    private Step killed(Step step, int call, boolean heard) {
        Fault fault = bench.aws()
                .faults()
                .on("CloudFormation.*")
                .cutConnection()
                .skip(call)
                .times(1);
        if (heard) {
            fault.afterExecution();
        }
        step.begin();
        bench.advanceUntil(() -> fault.hits() > 0 || step.kept.isOver(), LONG);
        bench.aws().faults().lift(fault);
        if (!step.kept.isOver()) {
            step.restart().end();
        }
        return step;
    }

    private Stack stack() {
        return bench.aws().cloudFormation().stack("web");
    }

    private static long operations(Stack stack, String type) {
        return stack.operations().stream()
                .map(Operation::type)
                .filter(type::equals)
                .count();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isCreatedOnce(int call, boolean heard) {
        Step step = killed(deploy(TWO), call, heard);
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals(List.of("CREATE_CHANGESET", "CREATE_STACK"), types(stack()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isUpdatedOnce(int call, boolean heard) {
        deployed(TWO);
        int before = stack().operations().size();
        Step step = killed(deploy(TWO).with("parameters", Map.of("Size", "large")), call, heard);
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        List<String> types = types(stack());
        assertEquals(List.of("CREATE_CHANGESET", "UPDATE_STACK"), types.subList(before, types.size()));
        assertEquals("large", step.result().getOutputs().get("Size"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nothingIsChangedByNothing(int call, boolean heard) {
        deployed(TWO);
        Step step = killed(deploy(TWO), call, heard);
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals(0, operations(stack(), "UPDATE_STACK"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isDeletedOnce(int call, boolean heard) {
        deployed(TWO);
        Stack stack = stack();
        Step step = killed(step().with("delete", true), call, heard);
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), () -> step.lines() + step.why());
        assertEquals(1, operations(stack, "DELETE_STACK"));
    }

    private static List<String> types(Stack stack) {
        return stack.operations().stream().map(Operation::type).toList();
    }
}
