package io.jenkins.plugins.awscicd.engine.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** Two bundles, an environment that runs v0, and steps that deploy to it, on stepped time. */
public abstract class SteppedUpdates {

    public static final Duration LONG = Duration.ofMinutes(40);

    @AutoClose
    public final Bench bench;

    protected SteppedUpdates() {
        this(Bench.stepped());
    }

    protected SteppedUpdates(Bench bench) {
        this.bench = bench;
    }

    @BeforeEach
    protected final void bundles() throws IOException {
        bench.aws().s3().createBucket("artifacts", false);
        for (String key : List.of("1.zip", "2.zip")) {
            bench.aws().s3().put("artifacts", key, zip());
        }
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("Procfile"));
            zip.write("web: ./run\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    protected final EnvironmentSpec environment(UnaryOperator<EnvironmentSpec> details) {
        EnvironmentSpec spec = details.apply(
                EnvironmentSpec.simulated("web", "web-prod").instances(3).version("v0"));
        bench.aws().beanstalk().environment(spec);
        bench.advance(Duration.ofMinutes(10));
        return spec;
    }

    protected final EnvironmentRun deploy(String key) {
        return deploy(bench.session(), key);
    }

    /** With other credentials than Alice's. */
    protected final EnvironmentRun deploy(AwsSession session, String key) {
        return new EnvironmentRun(bench, session)
                .with("application", "web")
                .with("environment", "web-prod")
                .with("bundle", "s3://artifacts/" + key);
    }

    protected final void untilOver(EnvironmentRun run) {
        bench.advanceUntil(run::isOver, LONG);
        assertEquals(1, run.ends());
    }

    protected final long calls(String operation) {
        return bench.aws().calls().count("ElasticBeanstalk." + operation);
    }

    /** How many updates of web-prod AWS has begun: it also counts calls that it refuses. */
    protected final long begun() {
        return EnvironmentService.client(bench.session())
                .describeEvents(all -> all.environmentName("web-prod"))
                .events()
                .stream()
                .filter(it -> it.message().equals("Environment update is starting."))
                .count();
    }
}
