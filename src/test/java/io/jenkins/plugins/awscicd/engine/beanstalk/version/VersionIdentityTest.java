package io.jenkins.plugins.awscicd.engine.beanstalk.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentRun;
import io.jenkins.plugins.awscicd.engine.beanstalk.SteppedUpdates;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A label stands for one content, whatever the bundle's key says. */
class VersionIdentityTest extends SteppedUpdates {

    @BeforeEach
    void environment() {
        environment(it -> it);
    }

    private void put(String bucket, String key, String content) {
        bench.aws().s3().put(bucket, key, content.getBytes(StandardCharsets.UTF_8));
    }

    private EnvironmentRun over(EnvironmentRun run) {
        untilOver(run);
        return run;
    }

    private static String refusal(EnvironmentRun run) {
        return String.valueOf(run.failure() == null ? null : run.failure().getMessage());
    }

    @Test
    void anotherFolderIsAnotherBundle() {
        put("artifacts", "a/build-1/web.zip", "one");
        put("artifacts", "a/build-2/web.zip", "two");
        over(deploy("a/build-1/web.zip").with("versionLabel", "rel").start());
        EnvironmentRun run =
                over(deploy("a/build-2/web.zip").with("versionLabel", "rel").start());

        assertTrue(refusal(run).contains("already exists with another bundle"), refusal(run));
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void anotherBucketIsAnotherBundle() {
        bench.aws().s3().createBucket("others", false);
        put("artifacts", "web.zip", "one");
        put("others", "web.zip", "one");
        over(deploy("web.zip").with("versionLabel", "rel").start());
        EnvironmentRun run = over(deploy("web.zip")
                .with("bundle", "s3://others/web.zip")
                .with("versionLabel", "rel")
                .start());

        assertTrue(refusal(run).contains("already exists with another bundle"), refusal(run));
    }

    @Test
    void aKeyThatIsOverwrittenGetsANewLabelAndWhatPassesTheGateIsThatLabel() {
        List<String> asked = new ArrayList<>();
        put("artifacts", "web.zip", "one");
        EnvironmentRun first = over(deploy("web.zip")
                .asking((application, target, revision) -> asked.add(revision))
                .start());
        EnvironmentRun again = over(deploy("web.zip").start());
        put("artifacts", "web.zip", "two");
        EnvironmentRun second = over(deploy("web.zip")
                .asking((application, target, revision) -> asked.add(revision))
                .start());

        assertEquals(first.result().getVersionLabel(), again.result().getVersionLabel());
        assertNotEquals(first.result().getVersionLabel(), second.result().getVersionLabel());
        assertEquals(List.of(first.result().exactly(), second.result().exactly()), asked);
        assertNull(second.result().getCause());
    }

    @Test
    void inABucketWithVersionsTheVersionCounts() {
        bench.aws().s3().createBucket("kept", true);
        put("kept", "web.zip", "one");
        EnvironmentRun first =
                over(deploy("").with("bundle", "s3://kept/web.zip").start());
        put("kept", "web.zip", "one");
        EnvironmentRun second =
                over(deploy("").with("bundle", "s3://kept/web.zip").start());

        assertNotEquals(first.result().getVersionLabel(), second.result().getVersionLabel());
    }

    @Test
    void aLabelThatWasGivenStandsForWhatItWasMadeOf() {
        put("artifacts", "web.zip", "one");
        over(deploy("web.zip").with("versionLabel", "rel").start());
        bench.advance(Duration.ofMinutes(1));
        put("artifacts", "web.zip", "two");
        EnvironmentRun run = over(deploy("web.zip").with("versionLabel", "rel").start());

        assertTrue(refusal(run).contains("before the object was overwritten"), refusal(run));
        assertEquals(1, calls("UpdateEnvironment"));
    }

    @Test
    void aBundleThatIsNotThereIsSaid() {
        EnvironmentRun run = over(deploy("nowhere.zip").start());

        assertTrue(refusal(run).startsWith("bundle: there is no object s3://artifacts/nowhere.zip"), refusal(run));
    }

    @Test
    void whatIsUploadedIsKnownByItsContentWhereverTheFolderIs() {
        String file = "/" + "0123456789abcdef".repeat(4) + ".zip";
        for (String folder : List.of("one/shop-0123456789abcdef", "two/shop-0123456789abcdef")) {
            put("artifacts", folder + file, "one");
            EnvironmentRun run = over(deploy("")
                    .with("bundle", ".")
                    .with("versionLabel", "rel")
                    .uploaded("artifacts", folder + file)
                    .start());
            assertNull(run.failure());
            assertNull(run.result().getCause());
            bench.advance(Duration.ofMinutes(1));
        }
        put("artifacts", "one/other-fedcba9876543210" + file, "one");
        EnvironmentRun other = over(deploy("")
                .with("bundle", ".")
                .with("versionLabel", "rel")
                .uploaded("artifacts", "one/other-fedcba9876543210" + file)
                .start());

        assertTrue(refusal(other).contains("already exists with another bundle"), refusal(other));
        assertEquals(0, bench.aws().calls().count("S3.HeadObject"));
    }

    private long versions(String label) {
        return EnvironmentService.client(bench.session())
                .describeApplicationVersions(all -> all.applicationName("web").versionLabels(label))
                .applicationVersions()
                .size();
    }

    /** What an abort meets: the bundle is looked at still, or AWS has not taken the call yet. */
    @ParameterizedTest
    @CsvSource({
        "S3.HeadObject, inPlace",
        "S3.HeadObject, blueGreen",
        "ElasticBeanstalk.CreateApplicationVersion, inPlace",
        "ElasticBeanstalk.CreateApplicationVersion, blueGreen"
    })
    void nothingIsMadeAfterAnAbort(String operation, String strategy) {
        put("artifacts", "web.zip", "one");
        bench.aws().faults().on(operation).error(503).times(3);
        EnvironmentRun run = deploy("web.zip").with("versionLabel", "rel").with("strategy", strategy);
        if (strategy.equals("blueGreen")) {
            run.with("environment", null)
                    .with(
                            "cname",
                            bench.aws().beanstalk().environment("web-prod").cname());
        }
        run.start();
        bench.advanceUntil(() -> bench.aws().calls().count(operation) > 0, LONG);
        run.job().stop();
        untilOver(run);
        bench.advance(Duration.ofMinutes(5));

        assertTrue(run.failure() instanceof CancellationException, String.valueOf(run.failure()));
        assertEquals(0, versions("rel"));
    }

    /** The second one has asked first, and AWS has not heard it: what is there then is the first one's. */
    @Test
    void ofTwoRunsThatMakeOneLabelOneIsRefused() {
        put("artifacts", "web.zip", "one");
        bench.aws()
                .faults()
                .on("ElasticBeanstalk.CreateApplicationVersion")
                .cutConnection()
                .times(1);
        EnvironmentRun second = deploy("web.zip")
                .with("versionLabel", "rel")
                .with("reuseVersion", false)
                .of("shop #2", 2)
                .start();
        bench.advanceUntil(() -> calls("CreateApplicationVersion") > 0, LONG);
        EnvironmentRun first = deploy("web.zip")
                .with("versionLabel", "rel")
                .with("reuseVersion", false)
                .of("shop #1", 1)
                .start();
        bench.advanceUntil(() -> first.isOver() && second.isOver(), LONG);

        assertEquals(1, versions("rel"));
        List<EnvironmentRun> refused =
                Stream.of(first, second).filter(it -> it.failure() != null).toList();
        assertEquals(1, refused.size(), "both have deployed what one of them has made");
        String message = refused.get(0).failure().getMessage();
        assertTrue(message.startsWith("reuseVersion: "), message);
    }

    /** Who has failed to make it is in nobody's way. */
    @Test
    void aLabelThatWasNotMadeIsFreeAgain() {
        put("artifacts", "web.zip", "one");
        bench.aws()
                .faults()
                .on("ElasticBeanstalk.CreateApplicationVersion")
                .accessDenied()
                .times(1);
        EnvironmentRun denied = over(deploy("web.zip")
                .with("versionLabel", "rel")
                .with("reuseVersion", false)
                .start());
        assertTrue(denied.failure() != null);
        EnvironmentRun run = over(deploy("web.zip")
                .with("versionLabel", "rel")
                .with("reuseVersion", false)
                .start());
        assertNull(run.failure(), String.valueOf(run.failure()));
    }
}
