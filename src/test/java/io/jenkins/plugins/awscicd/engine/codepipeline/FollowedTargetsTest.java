package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What actions do with stacks and environments, which go by names, is reported as by their own steps, each line once, and decides nothing. */
class FollowedTargetsTest extends SteppedTargets {

    private long askedByUs(String operation) {
        return bench.aws().calls().of(operation).stream()
                .filter(call -> !PIPELINES.equals(call.accessKeyId()))
                .count();
    }

    @Test
    void stacksAndEnvironmentsAreReportedWithTheirNames() {
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        List<String> stack = of(step.lines(), "Infra/Stack");
        assertEquals("Infra/Stack | Watching stack web", stack.get(0), stack::toString);
        assertTrue(
                stack.stream()
                        .anyMatch(line -> line.startsWith("Infra/Stack | Stack web is in CREATE_COMPLETE after ")),
                stack::toString);
        List<String> ship = of(step.lines(), "Deploy/Ship");
        assertEquals("Deploy/Ship | Watching web-prod", ship.get(0), ship::toString);
        assertTrue(ship.contains("Deploy/Ship | Environment update is starting."), ship::toString);
        assertTrue(ship.contains("Deploy/Ship | Environment update completed successfully."), ship::toString);
        assertTrue(ship.get(ship.size() - 1).contains("web-prod runs code-pipeline-"), ship::toString);
        String last = step.lines().get(step.lines().size() - 1);
        assertTrue(last.startsWith("web ") && last.contains(" succeeded"), last);
    }

    /** A worker of anybody's may be called as AWS's own, and name what its pipeline has nothing to do with. */
    @Test
    void whatIsNoActionOfAwsIsNotFollowed() {
        step().begin().untilOver();
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Spy")
                        .custom("Stack", "Deploy", "CloudFormation")
                        .set("StackName", "web")
                        .in("Source"));
        Step step = following().begin();
        bench.advance(120);
        assertEquals(List.of(), of(step.lines(), "Spy/Stack"), step.lines()::toString);
    }

    /** What the stack and the environment were in before is not taken for what comes of the action. */
    @Test
    void anUpdateIsNotTakenForWhatWasThereBefore() {
        step().begin().untilOver();
        template("Topic: {Type: 'AWS::SNS::Topic'}, Other: {Type: 'AWS::SNS::Topic'}");
        bench.aws().cloudFormation().simulation("web").takes("Other", Duration.ofSeconds(90));
        Step step = following().begin();
        step.untilOver();
        List<String> stack = of(step.lines(), "Infra/Stack");
        assertTrue(stack.stream().anyMatch(line -> line.contains("is in UPDATE_COMPLETE after ")), stack::toString);
        assertEquals(0, stack.stream().filter(line -> line.contains("CREATE")).count(), stack::toString);
        List<String> ship = of(step.lines(), "Deploy/Ship");
        assertEquals(
                1,
                ship.stream()
                        .filter(line -> line.contains("update is starting"))
                        .count(),
                ship::toString);
    }

    @Test
    void whatFailedFirstIsSaidAndTheActionsCauseIsLast() {
        bench.aws().cloudFormation().simulation("web").failing(Action.CREATE, "Topic", "no room");
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.FAILED, step.end());
        List<String> stack = of(step.lines(), "Infra/Stack");
        assertTrue(
                stack.stream().anyMatch(line -> line.contains("Cause: Topic (AWS::SNS::Topic): no room")),
                stack::toString);
        String last = step.lines().get(step.lines().size() - 1);
        assertTrue(last.startsWith("Infra/Stack (CloudFormation) failed"), last);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 15, 30, 45, 55, 60, 70, 90, 120, 150})
    void aRestartReportsEachLineOnce(int seconds) {
        Step whole = following().begin();
        whole.untilOver();
        template("Topic: {Type: 'AWS::SNS::Topic'}, Other: {Type: 'AWS::SNS::Topic'}");
        Step step = following().begin();
        bench.advance(seconds);
        List<String> lines = new ArrayList<>(step.lines());
        if (!step.kept.isOver()) {
            step.restart(20);
            step.untilOver();
            lines.addAll(step.lines());
        }
        assertEquals(Verdict.End.SUCCEEDED, step.end(), lines::toString);
        for (String path : List.of("Infra/Stack", "Deploy/Ship")) {
            List<String> told = of(lines, path).stream()
                    .filter(line -> !line.contains("resource")) // how far it is, after a silence
                    .toList();
            assertEquals(new HashSet<>(told).size(), told.size(), told::toString);
        }
        assertEquals(
                1,
                lines.stream()
                        .filter("Deploy/Ship | Environment update completed successfully."::equals)
                        .count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CloudFormation.DescribeStacks", "ElasticBeanstalk.DescribeEnvironments"})
    void whatMayNotBeSeenIsOneLineAndNoFailure(String operation) {
        bench.aws().faults().on(operation).accessDenied();
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        String path = operation.startsWith("Cloud") ? "Infra/Stack" : "Deploy/Ship";
        List<String> said = step.lines().stream()
                .filter(line -> line.startsWith(path + " is not followed any further: "))
                .toList();
        assertEquals(1, said.size(), step.lines()::toString);
        assertTrue(said.get(0).contains("Describe"), said::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CloudFormation.DescribeStackEvents", "ElasticBeanstalk.DescribeEvents"})
    void eventsThatMayNotBeReadAreNoFailure(String operation) {
        bench.aws().faults().on(operation).accessDenied();
        Step step = following().begin();
        step.untilOver();
        assertEquals(Verdict.End.SUCCEEDED, step.end(), step.lines()::toString);
        assertEquals(
                1,
                step.lines().stream()
                        .filter(line -> line.contains("cannot be read"))
                        .count(),
                step.lines()::toString);
    }

    /** A stack of the same name here is another one. */
    @ParameterizedTest
    @ValueSource(strings = {"region", "role"})
    void anActionElsewhereIsNotTakenForWhatHasItsNameHere(String how) {
        step().begin().untilOver();
        pipeline(
                it -> how.equals("region")
                        ? it.region("us-east-2")
                        : it.role("arn:aws:iam::999999999999:role/deployer"),
                "QUEUED");
        Step step = following().begin();
        step.untilOver();
        assertEquals(List.of(), of(step.lines(), "Infra/Stack"));
        assertEquals(
                1,
                step.lines().stream()
                        .filter(line -> line.startsWith("Infra/Stack is not followed"))
                        .filter(line ->
                                line.contains("it runs in us-east-2") || line.contains("it runs in account 9999"))
                        .count(),
                step.lines()::toString);
    }

    /** However many steps wait for the same, it is looked at for all of them together. */
    @Test
    void callsAreBounded() {
        pipeline(it -> it, "PARALLEL");
        step().begin().untilOver();
        long before = asked();
        List<Step> steps =
                IntStream.range(0, 10).mapToObj(one -> following().begin()).toList();
        steps.forEach(Step::untilOver);
        long calls = asked() - before;
        assertTrue(calls < 130, () -> calls + " calls for 10 executions");
    }

    private long asked() {
        return askedByUs("CloudFormation.DescribeStacks")
                + askedByUs("CloudFormation.DescribeStackEvents")
                + askedByUs("ElasticBeanstalk.DescribeEnvironments")
                + askedByUs("ElasticBeanstalk.DescribeEvents");
    }
}
