package io.jenkins.plugins.awscicd.engine.codebuild.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;

/** A batch that was started without our hearing of it, in a project with years of batches, which AWS lists by their ids. */
class BatchFoundTest extends SteppedBatches {

    @Test
    void aBatchIsFoundWhereverAwsListsIt() {
        bench.aws()
                .codeBuild()
                .project(ProjectSpec.simulated("web").batches().buildspec("version: 0.2").variable("SIMULATED_SECONDS", 1));
        CodeBuildClient others = BatchService.client(bench.session());
        for (int i = 0; i < 450; i++) {
            others.startBuildBatch(it -> it.projectName("web"));
            bench.advance(10);
        }
        bench.advance(Duration.ofHours(3));
        bench.aws().faults().on("CodeBuild.StartBuildBatch").cutConnection().afterExecution();
        BatchRun crashed = new BatchRun(bench).start("web");
        until(() -> bench.aws().codeBuild().batches().all().size() == 451);
        crashed.job().abandon();
        bench.advance(600);
        bench.aws().faults().clear();
        BatchRun run = new BatchRun(bench).after(crashed).start("web");
        untilOver(run);

        assertEquals(451, bench.aws().codeBuild().batches().all().size(), "Batches in AWS");
        assertEquals(bench.aws().codeBuild().batches().all().get(450).id(), run.id());
    }
}
