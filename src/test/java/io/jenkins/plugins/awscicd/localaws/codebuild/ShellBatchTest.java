package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.model.BuildBatch;

/** A batch whose builds really run, of a buildspec in the source. */
class ShellBatchTest extends ShellBuilds {

    private BuildBatch batch(String id) {
        return codeBuild.batchGetBuildBatches(get -> get.ids(id)).buildBatches().get(0);
    }

    @Test
    void eachBuildRunsWithItsOwnVariablesAndBuildspec() throws Exception {
        source(Map.of("buildspec.yml", """
                version: 0.2
                batch:
                  build-graph:
                    - identifier: one
                      env: {variables: {WHO: first}}
                    - identifier: two
                      buildspec: two.yml
                      depend-on: [one]
                phases: {build: {commands: ['echo "I am $WHO, $CODEBUILD_BATCH_BUILD_IDENTIFIER"']}}
                """, "two.yml", "{version: 0.2, phases: {build: {commands: [exit 3]}}}"));
        aws.codeBuild().project(web().batches());
        String id = codeBuild
                .startBuildBatch(start -> start.projectName("web"))
                .buildBatch()
                .id();
        await(() -> {
            time.advance(Duration.ofMillis(1));
            return batch(id).complete();
        });

        assertEquals("FAILED", batch(id).buildBatchStatusAsString());
        assertEquals(
                "FAILED",
                aws.codeBuild().batches().all().get(0).build("two").status().name());
        String one = aws.codeBuild().batches().all().get(0).build("one").id();
        assertEquals(true, log(get(one)).contains("I am first, one"));
        assertEquals(true, get(one).buildBatchArn().endsWith("build-batch/" + id));
    }
}
