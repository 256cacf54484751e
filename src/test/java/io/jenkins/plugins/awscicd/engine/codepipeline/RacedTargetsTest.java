package io.jenkins.plugins.awscicd.engine.codepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Identity;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Action;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.ApplicationVersionDescription;

/** What becomes of a stack or an environment at the hands of others, or while nobody looks, is not reported as what the action does. */
class RacedTargetsTest extends SteppedTargets {

    /** Nobody finds it by its name any more. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10})
    void aStackThatIsDeletedOverARestartIsReportedToItsEnd(int seconds) {
        step().begin().untilOver();
        bench.aws().cloudFormation().simulation("web").takes("Topic", Duration.ofSeconds(20));
        bench.aws()
                .codePipeline()
                .pipeline(PipelineSpec.named("web")
                        .source("acme/web")
                        .stage("Infra")
                        .action("Stack", "Deploy", "CloudFormation")
                        .set("ActionMode", "DELETE_ONLY")
                        .set("StackName", "web")
                        .in("Source"));
        Step step = following().begin();
        bench.advanceUntil(() -> step.lines().contains("Infra/Stack | Watching stack web"), LONG);
        bench.advance(seconds);
        List<String> lines = new ArrayList<>(step.lines());
        step.restart(90);
        step.untilOver();
        lines.addAll(step.lines());
        assertEquals(Verdict.End.SUCCEEDED, step.end(), lines::toString);
        assertTrue(lines.stream().noneMatch(line -> line.contains("not followed")), lines::toString);
        assertEquals(
                1,
                of(lines, "Infra/Stack").stream()
                        .filter(line -> line.contains("is in DELETE_COMPLETE"))
                        .count(),
                lines::toString);
    }

    private AwsSession somebody() {
        return bench.clients()
                .open(
                        new AwsAccess(
                                Bench.REGION,
                                null,
                                null,
                                null,
                                null,
                                bench.aws().endpoint().toString()),
                        Identity.ofKeys("AKIASOMEBODY", "secret", null));
    }

    /** CloudFormation refuses the action's update then: what is still to come is of the other one. */
    @Test
    void whatSomebodyElseIsAtWorkOnIsNotReportedAsTheActions() {
        step().begin().untilOver();
        bench.aws().cloudFormation().simulation("web").takes("Other", Duration.ofSeconds(40));
        bench.aws().cloudFormation().simulation("web").failing(Action.CREATE, "Other", "no room");
        Step step = following().begin();
        try (AwsSession somebody = somebody()) {
            CloudFormationService.client(somebody)
                    .updateStack(it -> it.stackName("web")
                            .templateBody(
                                    "Resources: {Topic: {Type: 'AWS::SNS::Topic'}, Other: {Type: 'AWS::SNS::Topic'}}"));
        }
        step.untilOver();
        assertEquals(Verdict.End.FAILED, step.end(), step.lines()::toString);
        assertTrue(step.lines().stream().noneMatch(line -> line.contains("Rolling back")), step.lines()::toString);
        assertTrue(step.lines().stream().noneMatch(line -> line.contains("no room")), step.lines()::toString);
    }

    private void untilOneMoreSucceeds(int before) {
        bench.advanceUntil(
                () -> executions().size() > before
                        && executions().stream().allMatch(one -> "Succeeded".equals(one.status())),
                LONG);
    }

    /** A pipeline after this one has begun before this one's end was noticed here. */
    @Test
    void whatSomebodyElseBeginsWithAnEnvironmentAfterTheActionIsNotReportedAsIts() {
        step().begin().untilOver();
        int before = executions().size();
        Step step = following().begin();
        untilOneMoreSucceeds(before);
        try (AwsSession somebody = somebody()) {
            ElasticBeanstalkClient beanstalk = EnvironmentService.client(somebody);
            String label =
                    beanstalk
                            .describeApplicationVersions(it -> it.applicationName("web"))
                            .applicationVersions()
                            .stream()
                            .map(ApplicationVersionDescription::versionLabel)
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
            beanstalk.updateEnvironment(it -> it.environmentName("web-prod").versionLabel(label));
        }
        step.untilOver();
        List<String> ship = of(step.lines(), "Deploy/Ship");
        assertEquals(
                1,
                ship.stream()
                        .filter(line -> line.contains("update is starting"))
                        .count(),
                ship::toString);
        assertEquals(
                "Deploy/Ship | Somebody else has begun to change web-prod since",
                ship.get(ship.size() - 1),
                ship::toString);
    }
}
