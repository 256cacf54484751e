package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Disk;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made on the way to a clone, and is to be gone whichever way it goes: saved configurations have an environment's variables. */
class LeftoversTest extends SteppedBlueGreen {

    private List<String> templates() {
        return EnvironmentService.client(bench.session())
                .describeApplications(all -> all.applicationNames("web"))
                .applications()
                .get(0)
                .configurationTemplates();
    }

    private EnvironmentRun failing(String operation) {
        environment("web-prod", "web-prod");
        bench.aws().faults().on("ElasticBeanstalk." + operation).accessDenied();
        EnvironmentRun run = green("v1").start();
        untilOver(run);
        assertNotNull(run.failure());
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ListTagsForResource", "CreateEnvironment"})
    void aLaterCallFails(String operation) {
        failing(operation);
        assertEquals(1, calls("CreateConfigurationTemplate"));
        assertEquals(List.of(), templates());
    }

    @Test
    void settingsAreRefused() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1")
                .with(
                        "optionSettings",
                        List.of(Map.of(
                                "namespace", "aws:elasticbeanstalk:command",
                                "optionName", "DeploymentPolicy",
                                "value", "Sometimes")))
                .start();
        untilOver(run);
        assertNotNull(run.failure());
        assertEquals(List.of(), templates());
    }

    @Test
    void anAbortComesWhileAwsDoesNotAnswer() {
        environment("web-prod", "web-prod");
        bench.aws().faults().on("ElasticBeanstalk.CreateEnvironment").error(503).times(3);
        EnvironmentRun run = green("v1").start();
        until(() -> calls("CreateEnvironment") == 1);
        assertEquals(1, templates().size());
        run.job().stop();
        untilOver(run);
        assertEquals(List.of(), templates());
        assertEquals(List.of("web-prod"), living());
    }

    private List<String> living() {
        return EnvironmentService.client(bench.session())
                .describeEnvironments(all -> all.applicationName("web").includeDeleted(false))
                .environments()
                .stream()
                .filter(one -> !one.statusAsString().startsWith("Terminat"))
                .map(one -> one.environmentName())
                .toList();
    }

    @Test
    void itCannotBeDeletedAtOnce() {
        environment("web-prod", "web-prod");
        bench.aws()
                .faults()
                .on("ElasticBeanstalk.DeleteConfigurationTemplate")
                .error(503)
                .times(4);
        EnvironmentRun run = green("v1").start();
        untilOver(run);
        good(run);
        assertEquals(List.of(), templates());
        assertEquals(1, calls("SwapEnvironmentCNAMEs"));
    }

    @Test
    void itMayNotBeDeletedAndThatIsSaid() {
        environment("web-prod", "web-prod");
        bench.aws().faults().on("ElasticBeanstalk.DeleteConfigurationTemplate").accessDenied();
        EnvironmentRun run = green("v1").start();
        untilOver(run);
        good(run);
        assertTrue(
                reported(run, "The saved configuration " + templates().get(0) + " of web must be deleted by hand"),
                run.console().lines().toString());
    }

    /** They have the variables of an environment, and nobody else looks for them. */
    @Test
    void whatOthersHaveLeftMayNotBeLookedForAndThatIsSaid() {
        environment("web-prod", "web-prod");
        bench.aws().faults().on("ElasticBeanstalk.DescribeApplications").accessDenied();
        EnvironmentRun run = green("v1").start();
        untilOver(run);
        good(run);
        assertTrue(
                run.console().lines().stream().anyMatch(line -> line.contains("elasticbeanstalk:DescribeApplications")),
                run.console().lines().toString());
    }

    /** Killed between two calls; the step is aborted before it goes on. */
    @Test
    void anAbortComesAfterARestart() {
        EnvironmentRun crashed = killedWithATemplate();
        EnvironmentRun run = new EnvironmentRun(bench).after(crashed).in(anotherEngine());
        run.start();
        bench.advance(1);
        run.job().stop();
        untilOver(run);
        assertEquals(List.of(), templates());
        assertEquals(List.of("web-prod"), living());
    }

    @Test
    void aGuardRefusesAfterARestart() {
        EnvironmentRun crashed = killedWithATemplate();
        EnvironmentRun run = new EnvironmentRun(bench)
                .after(crashed)
                .asking((application, target, revision) -> {
                    throw new Refused("not on a Friday");
                })
                .in(anotherEngine())
                .start();
        untilOver(run);
        assertEquals("not on a Friday", run.failure().getMessage());
        assertEquals(List.of(), templates());
        assertEquals(List.of("web-prod"), living());
    }

    private EnvironmentRun killedWithATemplate() {
        environment("web-prod", "web-prod");
        bench.aws().faults().on("ElasticBeanstalk.CreateEnvironment").error(503);
        EnvironmentRun crashed = green("v1").start();
        until(() -> calls("CreateEnvironment") == 1);
        Disk disk = new Disk();
        disk.write(crashed.disk().read());
        EnvironmentRun killed = green("v1").after(crashed, disk);
        crashed.job().abandon();
        bench.advance(Duration.ofMinutes(12)); // its call is tried no longer
        bench.aws().faults().clear();
        if (templates().isEmpty()) { // a process that is killed does not tidy up
            EnvironmentService.client(bench.session())
                    .createConfigurationTemplate(save -> save.applicationName("web")
                            .templateName(disk.read().get("cloneTemplate"))
                            .environmentId(bench.aws()
                                    .beanstalk()
                                    .environment("web-prod")
                                    .id())
                            .description("To clone web-prod"));
        }
        return killed;
    }

    /** Nothing is known of it but its name, and what it says of itself. */
    @Test
    void whatAKilledControllerHasLeftIsDeletedByTheNextClone() {
        EnvironmentRun killed = killedWithATemplate();
        EnvironmentService.client(bench.session())
                .createConfigurationTemplate(save -> save.applicationName("web")
                        .templateName("jenkins-of-somebody-else")
                        .environmentId(
                                bench.aws().beanstalk().environment("web-prod").id())
                        .description("To clone web-prod"));
        EnvironmentRun soon = green("v1").start();
        untilOver(soon);
        assertEquals(2, templates().size(), "it may be in use by another controller");
        bench.advance(Duration.ofHours(2));
        EnvironmentRun later = green("v2").start();
        untilOver(later);

        good(soon, later);
        assertNull(killed.failure());
        assertEquals(List.of("jenkins-of-somebody-else"), templates());
    }
}
