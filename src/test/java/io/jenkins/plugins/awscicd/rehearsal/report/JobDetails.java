package io.jenkins.plugins.awscicd.rehearsal.report;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentSnapshot;
import io.jenkins.plugins.awscicd.engine.codedeploy.Target;
import io.jenkins.plugins.awscicd.engine.codedeploy.TargetReader;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.job.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Report;
import software.amazon.awssdk.services.codebuild.model.TestReportSummary;

/** What the report shows of a job besides what its step needs to know. Where AWS does not let us look, it shows less. */
public final class JobDetails {

    private final AwsSession session;
    private final Timeline timeline;
    private final Entry entry;

    public JobDetails(AwsSession session, Timeline timeline, Entry entry) {
        this.session = session;
        this.timeline = timeline;
        this.entry = entry;
    }

    /** Blocks. */
    public void add(Snapshot job) {
        try {
            if (job instanceof BuildSnapshot build && !build.reportArns().isEmpty()) {
                tests(build.reportArns());
            } else if (job instanceof DeploymentSnapshot deployment) {
                lifecycles(deployment);
            } else if (job instanceof StackSnapshot stack) {
                timeline.resources(entry, StackResources.of(session, stack.id()));
            }
        } catch (SdkException e) {
            timeline.fact(entry, "Details", "not to be read: " + e.getMessage());
        }
    }

    /**
     * What only the result knows.
     *
     * @param masked hides secrets
     */
    public void add(JobResult result, UnaryOperator<String> masked) {
        if (result instanceof StackResult stack) {
            timeline.changes(entry, stack.getChanges());
            stack.getOutputs().forEach((name, value) -> timeline.fact(entry, name, masked.apply(value)));
        }
    }

    private void tests(List<String> reportArns) {
        List<TestReportSummary> summaries = session
                .client(CodeBuildClient.class, CodeBuildClient::builder)
                .batchGetReports(ask -> ask.reportArns(reportArns))
                .reports()
                .stream()
                .map(Report::testSummary)
                .filter(it -> it != null)
                .toList();
        int total = summaries.stream().mapToInt(TestReportSummary::total).sum();
        if (total > 0) {
            int skipped = count(summaries, "SKIPPED");
            int succeeded = count(summaries, "SUCCEEDED");
            timeline.tests(entry, new Entry.Tests(total, succeeded, total - skipped - succeeded, skipped));
        }
    }

    private static int count(List<TestReportSummary> summaries, String status) {
        return summaries.stream()
                .map(TestReportSummary::statusCounts)
                .map(Map.class::cast)
                .mapToInt(counts -> counts.get(status) instanceof Integer count ? count : 0)
                .sum();
    }

    private void lifecycles(DeploymentSnapshot deployment) {
        List<Target> targets = TargetReader.all(CodeDeployService.client(session), deployment.id());
        timeline.lifecycles(
                entry,
                targets.stream()
                        .map(target -> new Entry.Lifecycle(
                                target.name() + (deployment.rollbackOf() == null ? "" : ", rollback"),
                                target.status(),
                                target.events().stream()
                                        .filter(Target.Event::ended)
                                        .filter(event -> event.took() != null || event.failed())
                                        .map(JobDetails::phase)
                                        .toList()))
                        .filter(target -> !target.events().isEmpty())
                        .toList());
    }

    private static Progress.Phase phase(Target.Event event) {
        return new Progress.Phase(event.name(), event.status(), event.failed(), null, event.took(), "");
    }
}
