package io.jenkins.plugins.awscicd.delivery.store;

import static io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict.FAILURE;
import static io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict.SUCCESS;
import static io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered, on disk and in memory: no Jenkins is needed. */
class DeploymentsTest {

    @TempDir
    Path home;

    private Path file;
    private Deployments deployments;

    @BeforeEach
    void start() {
        file = home.resolve("aws-cicd").resolve("deployments.jsonl");
        restart();
    }

    private void restart() {
        deployments = new Deployments(file);
    }

    private void deployed(String token, String stage, String application, int number, DeploymentVerdict verdict) {
        Deployment ended = Told.ended(token, stage, application, number, verdict);
        deployments.started(Told.deployment(token, stage, application, number));
        deployments.ended(token, verdict, null, ended.cause(), ended.ended());
    }

    private List<String> revisions(String stage, String application) {
        return deployments.history(stage, application).stream()
                .map(Deployment::revision)
                .toList();
    }

    @Test
    void everythingIsThereAfterARestart() {
        deployed("a", "test", "web", 1, SUCCESS);
        deployed("b", "prod", "web", 2, FAILURE);
        deployments.started(Told.deployment("c", null, "shop", 3));

        restart();

        assertEquals(
                Told.ended("a", "test", "web", 1, SUCCESS),
                deployments.latest("test", "web").orElseThrow());
        assertEquals(
                Told.ended("b", "prod", "web", 2, FAILURE),
                deployments.latest("prod", "web").orElseThrow());
        assertEquals(List.of(Told.deployment("c", null, "shop", 3)), deployments.running());
        assertEquals(
                "c", deployments.findById("codeDeploy", "d-c").orElseThrow().token());
    }

    /** An earlier version has not kept whether a swap was certain. */
    @Test
    void whatGuardsHaveSeenIsThereAfterARestart() throws IOException {
        Deployment.Seen swap = new Deployment.Seen("v1 @ SHA-256 1f", "live.example", "idle.example", true);
        deployments.started(Told.deployment("a", "prod", "web", 1).seen(swap));

        restart();
        assertEquals(swap, deployments.find("a").orElseThrow().seen());
        deployments.started(Told.deployment("a", "prod", "web", 1)); // taken up again, before guards were asked again
        assertEquals(swap, deployments.find("a").orElseThrow().seen());

        String kept = Files.readString(file);
        assertTrue(kept.contains(",\"certain\":true"), kept);
        Files.writeString(file, kept.replace(",\"certain\":true", ""));
        restart();
        assertEquals(
                new Deployment.Seen(swap.content(), swap.cname(), swap.idle(), false),
                deployments.find("a").orElseThrow().seen());
    }

    @Test
    void whatRunsIsTheLastThatSucceeded() {
        deployed("a", "prod", "web", 1, SUCCESS);
        deployed("b", "prod", "web", 2, FAILURE);

        assertEquals("b", deployments.latest("prod", "web").orElseThrow().token());
        assertEquals("a", deployments.latestSuccess("prod", "web").orElseThrow().token());
        assertEquals(
                "s3://releases/web/1.zip @ v1",
                deployments.latestSuccess("prod", "web").orElseThrow().revision());
        assertTrue(deployments.latestSuccess("test", "web").isEmpty());
        assertTrue(deployments.latestSuccess("prod", "shop").isEmpty());
    }

    @Test
    void aDeploymentThatIsContinuedKeepsWhatWasKnown() {
        deployments.started(Told.deployment("a", "prod", "web", 1));
        Deployment known = Told.deployment("a", "prod", "web", 1);
        deployments.started(new DeploymentBuilder(
                        "a",
                        "codeDeploy",
                        "eu-central-1",
                        known.destination(),
                        known.origin(),
                        Told.BEGIN.plusSeconds(999))
                .build());

        assertEquals(known, deployments.latest("prod", "web").orElseThrow());
    }

    @Test
    void onlyTheFirstEndCounts() {
        deployed("a", "prod", "web", 1, SUCCESS);
        deployments.ended("a", UNKNOWN, null, "its run is over", Told.BEGIN);
        deployments.ended("never started", FAILURE, null, "no", Told.BEGIN);

        assertEquals(SUCCESS, deployments.latest("prod", "web").orElseThrow().verdict());
        assertEquals(1, deployments.byDestination().size());
    }

    @Test
    void aTornLineAndAForeignOneArePassedOver() throws IOException {
        deployed("a", "prod", "web", 1, SUCCESS);
        Files.writeString(file, "nonsense\n[1]\n{\"token\":\"x\"}\n\n", StandardOpenOption.APPEND);
        byte[] torn = new DeploymentLine.Told(Told.deployment("b", "prod", "web", 2))
                .toJson()
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file, java.util.Arrays.copyOf(torn, torn.length / 2), StandardOpenOption.APPEND);

        restart();
        assertEquals(List.of("s3://releases/web/1.zip @ v1"), revisions("prod", "web"));
        deployed("c", "prod", "web", 3, SUCCESS);
        restart();

        assertEquals(List.of("s3://releases/web/3.zip @ v3", "s3://releases/web/1.zip @ v1"), revisions("prod", "web"));
    }

    @Test
    void aLineOfANewerVersionIsUnderstood() throws IOException {
        deployed("a", "prod", "web", 1, SUCCESS);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"SUCCESS\"", "\"SPLENDID\"")
                        .replace("{\"token\"", "{\"mood\":{\"good\":[true]},\"token\""));

        restart();

        assertEquals(UNKNOWN, deployments.latest("prod", "web").orElseThrow().verdict());
    }

    @Test
    void theLastSuccessIsKeptHoweverLongAgo() {
        deployed("first", "prod", "web", 1, SUCCESS);
        for (int i = 2; i <= 500; i++) {
            deployed("t" + i, "prod", "web", i, FAILURE);
        }

        List<Deployment> kept = deployments.history("prod", "web");
        assertEquals(DeploymentIndex.OF_DESTINATION + 1, kept.size());
        assertEquals("t500", kept.get(0).token());
        assertEquals("first", kept.get(kept.size() - 1).token());
        restart();
        assertEquals(kept, deployments.history("prod", "web"));
    }

    @Test
    void theFileIsWrittenAnewWhenItIsMostlyHistory() throws IOException {
        for (int i = 1; i <= 2 * LineFile.FEW; i++) {
            deployed("t" + i, "prod", "web", i, SUCCESS);
        }

        assertTrue(Files.readAllLines(file).size() <= LineFile.FEW + 1);
        List<Deployment> kept = deployments.history("prod", "web");
        restart();
        assertEquals(kept, deployments.history("prod", "web"));
    }

    @Test
    void allDestinationsTogetherAreBounded() {
        DeploymentIndex index = new DeploymentIndex(5, 30, 10, 10, (destination, job) -> false);
        for (int i = 1; i <= 200; i++) {
            index.apply(new DeploymentLine.Told(
                    Told.ended("t" + i, "stage" + i % 17, "web", i, i % 3 == 0 ? FAILURE : SUCCESS)));
        }

        assertEquals(10, index.byDestination().size());
        assertTrue(index.all().size() <= 30, () -> index.all().size() + " are kept");
    }

    @Test
    void aJobThatDeploysEverywherePushesOutItsOwnPlacesAlone() {
        DeploymentIndex index = new DeploymentIndex(
                5,
                30,
                12,
                4,
                (destination, job) -> "prod".equals(destination.stage()) && "web".equals(destination.application()));
        index.apply(new DeploymentLine.Told(Told.deployment("web", "prod", "web", "loop", 1)));
        index.apply(new DeploymentLine.Told(Told.deployment("shop", "prod", "shop", "shop", 2)));
        for (int i = 3; i <= 100; i++) {
            index.apply(new DeploymentLine.Told(Told.deployment("t" + i, "dev" + i, "fake" + i, "loop", i)
                    .ended(SUCCESS, null, null, Told.BEGIN.plusSeconds(60L * i))));
        }

        assertNotNull(index.get("web"), "the place of a stage");
        assertNotNull(index.get("shop"), "the last of another job");
        assertNotNull(index.get("t100"));
        assertEquals(5, index.byDestination().size());
    }

    @Test
    void whereThereAreTooManyPlacesThoseOfTheJobThatHasMostGo() {
        DeploymentIndex index = new DeploymentIndex(5, 1000, 10, 8, (destination, job) -> false);
        index.apply(new DeploymentLine.Told(Told.deployment("old", "prod", "shop", "shop", 1)));
        for (int i = 2; i <= 9; i++) {
            index.apply(new DeploymentLine.Told(Told.deployment("a" + i, "dev", "fake" + i, "loop", i)));
        }
        for (int i = 10; i <= 13; i++) {
            index.apply(new DeploymentLine.Told(Told.deployment("b" + i, "dev", "other" + i, "other", i)));
        }

        assertEquals(10, index.byDestination().size());
        assertNotNull(index.get("old"), "the only one of its job");
    }

    @Test
    void aBusyJobPushesOutItsOwnDeploymentsAlone() {
        DeploymentIndex index = new DeploymentIndex(20, 30, 100, 100, (destination, job) -> false);
        for (int i = 1; i <= 6; i++) {
            index.apply(new DeploymentLine.Told(Told.deployment("shop" + i, "prod", "shop", "shop", i)
                    .ended(SUCCESS, null, null, Told.BEGIN.plusSeconds(60L * i))));
        }
        for (int i = 10; i <= 200; i++) {
            index.apply(new DeploymentLine.Told(Told.deployment("t" + i, "dev", "fake" + i % 5, "loop", i)
                    .ended(SUCCESS, null, null, Told.BEGIN.plusSeconds(60L * i))));
        }

        assertEquals(6, index.of("prod", "shop").size());
        assertTrue(index.all().size() <= 30, () -> index.all().size() + " are kept");
    }

    @Test
    void anEndpointThatAStepNamedIsAPlaceOfItsOwn() {
        Destination prod = new Destination("prod", "web", "prod");
        assertEquals(prod, prod.at(null));
        assertEquals(
                "prod at http://localhost:4566",
                prod.at("http://localhost:4566").target());
    }

    @Test
    void aRenamedFolderTakesItsHistoryAlong() {
        deployed("a", "prod", "web", 1, SUCCESS);

        assertTrue(deployments.moved("web", "shop/front"));
        assertFalse(deployments.moved("we", "they"));
        deployments.write();
        restart();

        assertEquals(
                "shop/front/main",
                deployments.latest("prod", "web").orElseThrow().origin().job());
    }

    @Test
    void aNewJobOfTheSameNameIsAnother() {
        deployed("a", "prod", "web", 1, SUCCESS);
        deployed("b", "test", "web", 2, SUCCESS);

        assertTrue(deployments.gone("web/main", 2));
        assertTrue(deployments.gone("web", 0));
        assertFalse(deployments.moved("web", "other"));
        deployed("c", "prod", "web", 3, SUCCESS);
        assertFalse(deployments.gone("elsewhere", 0));
        deployments.write();
        restart();

        List<Origin.Left> left = deployments.history("prod", "web").stream()
                .map(deployment -> deployment.origin().left())
                .toList();
        assertEquals(List.of(Origin.Left.RUN, Origin.Left.NOTHING), left);
    }

    @Test
    void aHistoryIsPaged() {
        for (int i = 1; i <= Deployments.PAGE + 3; i++) {
            deployed("t" + i, "prod", "web", i, SUCCESS);
        }

        assertEquals("t28", deployments.history("prod", "web", 1).get(0).token());
        assertEquals(Deployments.PAGE, deployments.history("prod", "web", 1).size());
        assertEquals(3, deployments.history("prod", "web", 2).size());
        assertEquals(List.of(), deployments.history("prod", "web", 3));
    }
}
