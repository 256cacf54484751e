package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.model.AccountLimitExceededException;
import software.amazon.awssdk.services.codebuild.model.BuildBatch;
import software.amazon.awssdk.services.codebuild.model.BuildBatchPhase;
import software.amazon.awssdk.services.codebuild.model.BuildGroup;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;
import software.amazon.awssdk.services.codebuild.model.RetryBuildBatchType;

/** Batches of pretended builds. */
class BatchTest extends SteppedBuilds {

    private static final String GRAPH = """
            version: 0.2
            batch:
              build-graph:
                - identifier: unit
                - identifier: lint
                  ignore-failure: true
                  env:
                    variables:
                      SIMULATED_STATUS: FAILED
                - identifier: pack
                  env:
                    compute-type: BUILD_GENERAL1_LARGE
                    variables:
                      SIMULATED_STATUS: FAILED,SUCCEEDED
                  depend-on:
                    - unit
                    - lint
                - identifier: site
                  depend-on:
                    - pack
            """;

    private BuildBatch start(String buildspec) {
        aws.codeBuild().project(ProjectSpec.simulated("batches").batches().buildspec(buildspec));
        return codeBuild.startBuildBatch(start -> start.projectName("batches")).buildBatch();
    }

    private BuildBatch batch(String id) {
        return codeBuild.batchGetBuildBatches(get -> get.ids(id)).buildBatches().get(0);
    }

    private static String states(BuildBatch batch) {
        return batch.buildGroups().stream()
                .map(group ->
                        group.identifier() + " " + group.currentBuildSummary().buildStatusAsString())
                .collect(Collectors.joining(", "));
    }

    private static String phases(BuildBatch batch) {
        return batch.phases().stream().map(BuildBatchPhase::phaseTypeAsString).collect(Collectors.joining(" "));
    }

    private void advance(int seconds) {
        for (int i = 0; i < seconds; i++) {
            time.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void aGraphIsBuiltInOrderAndRetriedUnderTheSameId() {
        String id = start(GRAPH).id();
        assertEquals("DOWNLOAD_SOURCE IN_PROGRESS", states(batch(id)));
        advance(30);
        assertEquals(
                "DOWNLOAD_SOURCE SUCCEEDED, unit IN_PROGRESS, lint IN_PROGRESS, pack PENDING, site PENDING",
                states(batch(id)));
        advance(60);
        assertEquals(
                "DOWNLOAD_SOURCE SUCCEEDED, unit SUCCEEDED, lint FAILED, pack IN_PROGRESS, site PENDING",
                states(batch(id)));
        advance(120);
        BuildBatch failed = batch(id);
        assertEquals(
                "DOWNLOAD_SOURCE SUCCEEDED, unit SUCCEEDED, lint FAILED, pack FAILED, site STOPPED", states(failed));
        assertEquals("FAILED", failed.buildBatchStatusAsString());
        assertTrue(failed.complete());
        assertEquals("SUBMITTED DOWNLOAD_BATCHSPEC IN_PROGRESS FAILED", phases(failed));

        codeBuild.retryBuildBatch(retry -> retry.id(id).retryType(RetryBuildBatchType.RETRY_FAILED_BUILDS));
        assertEquals("IN_PROGRESS", batch(id).buildBatchStatusAsString());
        advance(240);
        BuildBatch done = batch(id);
        assertEquals("SUCCEEDED", done.buildBatchStatusAsString());
        assertEquals(
                "DOWNLOAD_SOURCE SUCCEEDED, unit SUCCEEDED, lint FAILED, pack SUCCEEDED, site SUCCEEDED", states(done));
        BuildGroup pack = done.buildGroups().get(3);
        assertEquals(List.of("unit", "lint"), pack.dependsOn());
        assertEquals(1, pack.priorBuildSummaryList().size());
        assertEquals(
                "BUILD_GENERAL1_LARGE",
                codeBuild
                        .batchGetBuilds(
                                builds -> builds.ids(pack.currentBuildSummary().arn()))
                        .builds()
                        .get(0)
                        .environment()
                        .computeTypeAsString());
        assertThrows(InvalidInputException.class, () -> codeBuild.retryBuildBatch(retry -> retry.id(id)));
    }

    @Test
    void aMatrixAndAFanoutAreBuiltAtOnce() {
        String id = start("""
                        version: 0.2
                        batch:
                          build-matrix:
                            static:
                              ignore-failure: false
                            dynamic:
                              env:
                                compute-type: [BUILD_GENERAL1_SMALL, BUILD_GENERAL1_LARGE]
                                variables:
                                  JDK: [17, 21, 25]
                        """).id();
        advance(400);
        assertEquals(7, batch(id).buildGroups().size());
        assertEquals("SUCCEEDED", batch(id).buildBatchStatusAsString());
        aws.codeBuild()
                .project(ProjectSpec.simulated("fan")
                        .batches()
                        .buildspec("{version: 0.2, batch: {build-fanout: {parallelism: 3}}}"));
        String fan = codeBuild
                .startBuildBatch(start -> start.projectName("fan"))
                .buildBatch()
                .id();
        advance(400);
        assertEquals(4, batch(fan).buildGroups().size());
    }

    @Test
    void aFailureStopsTheOthersWhereItIsToBeFast() {
        String id = start("""
                        version: 0.2
                        batch:
                          fast-fail: true
                          build-list:
                            - identifier: quick
                              env: {variables: {SIMULATED_SECONDS: 5, SIMULATED_STATUS: FAILED}}
                            - identifier: slow
                              env: {variables: {SIMULATED_SECONDS: 500}}
                        """).id();
        advance(60);
        assertEquals("DOWNLOAD_SOURCE SUCCEEDED, quick FAILED, slow STOPPED", states(batch(id)));
        assertEquals("FAILED", batch(id).buildBatchStatusAsString());
    }

    @Test
    void aBatchIsStoppedAtOnceOrWithItsBuilds() {
        String id = start(GRAPH).id();
        advance(30);
        BuildBatch stopped = codeBuild.stopBuildBatch(stop -> stop.id(id)).buildBatch();
        assertTrue(stopped.complete());
        assertEquals(
                "IN_PROGRESS",
                stopped.buildGroups().get(1).currentBuildSummary().buildStatusAsString());
        advance(5);
        assertEquals(
                "DOWNLOAD_SOURCE SUCCEEDED, unit STOPPED, lint STOPPED, pack STOPPED, site STOPPED", states(batch(id)));

        aws.codeBuild().dialect(Dialect.BATCH_STOPS_WITH_ITS_BUILDS);
        String other = codeBuild
                .startBuildBatch(start -> start.projectName("batches"))
                .buildBatch()
                .id();
        advance(30);
        codeBuild.stopBuildBatch(stop -> stop.id(other));
        assertEquals("IN_PROGRESS", batch(other).buildBatchStatusAsString());
        advance(5);
        assertEquals("STOPPED", batch(other).buildBatchStatusAsString());
    }

    @Test
    void theSameTokenStartsOneBatchAndRestrictionsHold() {
        String first = start(GRAPH).id();
        String once = codeBuild
                .startBuildBatch(start -> start.projectName("batches").idempotencyToken("t"))
                .buildBatch()
                .id();
        assertEquals(
                once,
                codeBuild
                        .startBuildBatch(start -> start.projectName("batches").idempotencyToken("t"))
                        .buildBatch()
                        .id());
        assertEquals(
                List.of(once, first),
                codeBuild
                        .listBuildBatchesForProject(list -> list.projectName("batches"))
                        .ids());
        String few = codeBuild
                .startBuildBatch(start -> start.projectName("batches")
                        .buildBatchConfigOverride(config -> config.serviceRole("arn:aws:iam::123456789012:role/b")
                                .restrictions(restrictions -> restrictions.maximumBuildsAllowed(2))))
                .buildBatch()
                .id();
        advance(400); // the others come first
        assertEquals("FAILED", batch(few).buildBatchStatusAsString());
        aws.codeBuild().project(ProjectSpec.simulated("single"));
        assertThrows(
                InvalidInputException.class, () -> codeBuild.startBuildBatch(start -> start.projectName("single")));
    }

    private static final String LAST_FIRST = """
            {version: 0.2, batch: {build-graph: [{identifier: last, depend-on: [first]}, {identifier: first}]}}
            """;

    private void fillTheAccount() {
        assertThrows(AccountLimitExceededException.class, () -> {
            for (int i = 0; i < 20; i++) {
                startBuild();
            }
        });
    }

    @Test
    void aBatchWaitsForRoomInTheAccount() {
        fillTheAccount();
        String id = start(LAST_FIRST).id();
        assertEquals("DOWNLOAD_SOURCE IN_PROGRESS", states(batch(id)));
        advance(600);
        assertEquals("SUCCEEDED", batch(id).buildBatchStatusAsString());
    }

    @Test
    void aBatchIsThereAndFailsIfAwsRefusesItsBuildsForWantOfRoom() {
        aws.codeBuild().dialect(Dialect.BATCH_BUILDS_REFUSED);
        fillTheAccount();
        String id = start(LAST_FIRST).id();
        assertEquals("FAILED", batch(id).buildBatchStatusAsString());
        advance(600);
        codeBuild.retryBuildBatch(retry -> retry.id(id).retryType(RetryBuildBatchType.RETRY_FAILED_BUILDS));
        advance(600);
        assertEquals("SUCCEEDED", batch(id).buildBatchStatusAsString());
    }

    @Test
    void whatDependsOnARefusedBuildIsStopped() {
        aws.codeBuild().dialect(Dialect.BATCH_BUILDS_REFUSED);
        String more = IntStream.range(0, 10)
                .mapToObj(i -> "{identifier: more" + i + "}, ")
                .collect(Collectors.joining());
        String id = start(LAST_FIRST.replace("graph: [", "graph: [" + more)).id();
        advance(600);
        assertEquals("FAILED", batch(id).buildBatchStatusAsString());
        String states = states(batch(id));
        assertTrue(states.endsWith("more9 SUCCEEDED, last STOPPED, first STOPPED"), states);
    }
}
