package io.jenkins.plugins.awscicd.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord.State;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** Where a run's jobs are kept, and what may become of the run meanwhile. */
@WithSharedJenkins
class RunJobsTest extends PipelineRuns {

    private static final String BUILD = "codeBuild project: 'web'";

    private void buildThatTakes(int seconds) {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", seconds));
    }

    private static AwsAction action(Run<?, ?> run) {
        AwsAction action = run.getAction(AwsAction.class);
        assertNotNull(action);
        return action;
    }

    private static Path file(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve(RunJobs.FILE);
    }

    private static String kept(Run<?, ?> run) {
        try {
            return Files.exists(file(run)) ? Files.readString(file(run)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs until the build is told to be under way on disk. */
    private static WorkflowRun started(WorkflowJob job) throws Exception {
        WorkflowRun run = start(job);
        LocalAwsExtension.await(() -> kept(run).contains("\"BUILD\""));
        return run;
    }

    private static void write() {
        LiveJobs.get().onBeforeShutdown();
    }

    @Test
    void buildXmlStaysSmallHoweverManyJobsThereAre() throws Exception {
        buildThatTakes(1);
        WorkflowRun run = run(Result.SUCCESS, """
                def branches = [:]
                for (int i = 0; i < 40; i++) {
                    branches["b$i"] = { codeBuild project: 'web', log: 'none',
                        environmentVariables: [PASSWORD: 'correct horse'] }
                }
                parallel branches
                """);
        // Of a job that was written before it had ended there are two lines: the last counts.
        LocalAwsExtension.await(() -> action(run).getCount() == 40
                && kept(run).lines().filter(line -> line.contains("SUCCEEDED")).count() >= 40);
        assertFalse(kept(run).contains("correct horse"), "no secrets");
        assertEquals(40, action(run).getCount());
        Path xml = run.getRootDir().toPath().resolve("build.xml");
        assertTrue(Files.size(xml) < 10_000, Files.readString(xml));
        assertFalse(Files.readString(xml).contains("JobRecord"));
        run.reload();
        assertEquals(40, action(run).getCount());
        assertEquals(State.SUCCEEDED, action(run).getVerdict());
        List<JobRecord> jobs = action(run).getJobs();
        assertEquals(40, jobs.size());
        assertTrue(jobs.stream()
                .allMatch(job -> job.getState() == State.SUCCEEDED
                        && job.getPhases().size() > 5
                        && job.getConsoleUrl() != null));
    }

    @Test
    void restApiTellsHowManyAndWhatHasBecomeOfThem() throws Exception {
        buildThatTakes(1);
        WorkflowRun run = run(Result.FAILURE, BUILD + "\ncodeBuild project: 'none'");
        JSONObject told = jenkins.createWebClient()
                .getJSON(run.getUrl() + "aws/api/json?tree=count,verdict")
                .getJSONObject();
        assertEquals(2, told.getInt("count"));
        assertEquals("FAILED", told.getString("verdict"));
    }

    @Test
    void runThatIsReadAnewGoesOnWithTheSameJobs() throws Exception {
        buildThatTakes(600);
        WorkflowRun run = started(job(BUILD));
        AwsAction anew = (AwsAction) Run.XSTREAM2.fromXML(Run.XSTREAM2.toXML(action(run)));
        run.replaceAction(anew);
        anew.onLoad(run);
        assertEquals(State.RUNNING, anew.getJobs().get(0).getState());
        run.doStop();
        jenkins.waitForCompletion(run);
        assertEquals(
                List.of(State.STOPPED),
                anew.getJobs().stream().map(JobRecord::getState).toList());
    }

    @Test
    void jobThatIsRenamedMeanwhileTakesThemAlong() throws Exception {
        buildThatTakes(600);
        WorkflowJob job = job(BUILD);
        WorkflowRun run = started(job);
        job.renameTo(job.getName() + "-renamed");
        run.doStop();
        jenkins.waitForCompletion(run);
        LocalAwsExtension.await(() -> kept(run).contains("STOPPED"));
        run.reload();
        assertEquals(State.STOPPED, action(run).getJobs().get(0).getState());
    }

    @Test
    void runThatWasDeletedStaysSo() throws Exception {
        buildThatTakes(1);
        WorkflowRun run = run(Result.SUCCESS, BUILD);
        AwsAction action = action(run);
        action.begin("late", "CodeBuild", "web", null, Instant.now());
        run.delete();
        write();
        assertFalse(Files.exists(run.getRootDir().toPath()));
    }

    @Test
    void whatCannotBeReadIsPassedOverAndTheRestIsThere() throws Exception {
        buildThatTakes(1);
        WorkflowRun run = run(Result.SUCCESS, BUILD);
        LocalAwsExtension.await(() -> kept(run).contains("SUCCEEDED"));
        String line = kept(run);
        Files.writeString(
                file(run), "not ours\n[]\n" + line.substring(0, line.length() / 2), StandardOpenOption.APPEND);
        run.reload();
        assertEquals(1, action(run).getJobs().size());
        action(run).begin("more", "CodeBuild", "web", null, Instant.now());
        write();
        run.reload();
        assertEquals(2, action(run).getJobs().size());
    }

    @Test
    void twoThatWriteAtOnceDoNotLoseEachOthersJobs() throws Exception {
        buildThatTakes(1);
        WorkflowRun run = run(Result.SUCCESS, BUILD);
        LocalAwsExtension.await(() -> kept(run).contains("SUCCEEDED"));
        RunJobs one = new RunJobs(run, List.of());
        RunJobs other = new RunJobs(run, List.of());
        one.begin("one", "CodeBuild", "of one", null, Instant.now());
        other.begin("other", "CodeBuild", "of the other", null, Instant.now());
        one.write();
        other.write();
        run.reload();
        assertEquals(
                List.of("web #1", "of one", "of the other"),
                action(run).getJobs().stream().map(JobRecord::getName).toList());
    }
}
