package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentStatus;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** Versions v1 to v3, and steps that make them live by a swap of CNAMEs, on stepped time. */
public abstract class SteppedBlueGreen {

    protected static final Duration LONG = Duration.ofMinutes(60);
    public static final String LIVE = "web-prod.eu-west-1.elasticbeanstalk.com";

    @AutoClose
    public final Bench bench;

    protected SteppedBlueGreen() {
        this(Bench.stepped());
    }

    protected SteppedBlueGreen(Bench bench) {
        this.bench = bench;
    }

    @BeforeEach
    protected final void versions() {
        for (String label : List.of("v1", "v2", "v3")) {
            bench.aws().beanstalk().version("web", label, "artifacts", label + ".zip");
        }
    }

    protected final EnvironmentSpec environment(String name, String prefix) {
        EnvironmentSpec spec = EnvironmentSpec.simulated("web", name)
                .instances(2)
                .version("v0")
                .cname(prefix)
                .tag("team", "shop");
        bench.aws().beanstalk().environment(spec);
        bench.advance(Duration.ofMinutes(1));
        return spec;
    }

    protected final EnvironmentRun green(String label) {
        return new EnvironmentRun(bench)
                .with("application", "web")
                .with("strategy", "blueGreen")
                .with("cname", "web-prod")
                .with("version", label);
    }

    protected final EnvironmentRun twins(String label) {
        return green(label).with("environment", "web-a").with("twin", "web-b");
    }

    protected final EnvironmentRun goOn(BeanstalkResult prepared) {
        return new EnvironmentRun(bench).with("application", "web").with("continueBlueGreen", prepared);
    }

    /** Another controller, or the same one after a restart: it knows nothing but what is on disk and at AWS. */
    protected final Beanstalk anotherEngine() {
        return new Beanstalk(bench.scheduler(), bench.watcher());
    }

    protected final void untilOver(EnvironmentRun run) {
        bench.advanceUntil(run::isOver, LONG);
        assertEquals(1, run.ends());
    }

    protected static void good(EnvironmentRun... runs) {
        Stream.of(runs).forEach(it -> {
            assertNull(it.failure(), it.console().lines().toString());
            assertNull(it.result().getCause(), it.console().lines().toString());
        });
    }

    protected final String label(String name) {
        return bench.aws().beanstalk().environment(name).versionLabel();
    }

    /** Twins that take 40 s to deploy on: web-a is live. */
    protected final void pair() {
        environment("web-a", "web-prod").simulation().command(Duration.ofSeconds(40));
        environment("web-b", "web-idle").simulation().command(Duration.ofSeconds(40));
    }

    protected final EnvironmentRun inPlace(String environment, String label) {
        return new EnvironmentRun(bench)
                .with("application", "web")
                .with("environment", environment)
                .with("version", label);
    }

    protected final void until(BooleanSupplier so) {
        bench.advanceUntil(so, LONG);
    }

    protected static boolean reported(EnvironmentRun run, String start) {
        return run.console().lines().stream().anyMatch(line -> line.startsWith(start));
    }

    protected final long calls(String operation) {
        return bench.aws().calls().count("ElasticBeanstalk." + operation);
    }

    protected final String cname(String name) {
        return bench.aws().beanstalk().environment(name).cname();
    }

    protected final boolean there(String name) {
        try {
            return bench.aws().beanstalk().environment(name).status() != EnvironmentStatus.TERMINATING;
        } catch (NoSuchElementException e) {
            return false;
        }
    }

    protected final BeanstalkResult prepared() {
        environment("web-prod", "web-prod");
        EnvironmentRun run = green("v1").with("swap", false).start();
        untilOver(run);
        assertNull(run.result().getCause());
        assertFalse(run.result().isSwapped());
        assertEquals(0, calls("SwapEnvironmentCNAMEs"));
        assertTrue(run.console().lastLine().startsWith(run.result().getEnvironment() + " is prepared with v1"));
        return run.result();
    }

    protected final EnvironmentRun discard(Object what) {
        return new EnvironmentRun(bench).with("application", "web").with("discardBlueGreen", what);
    }
}
