package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.RunRecords;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/**
 * What a run does at AWS: its jobs and its approvals, on the run's page, on a page of their own that follows them while they run, and
 * by the REST API. With the run is kept only how many jobs there are and what has become of them; the jobs are {@link RunJobs}.
 */
@ExportedBean
public final class AwsAction extends RunRecords {

    /** Those that a former version of the plugin has kept here; null if there are none, or they are in a file by now. */
    @SuppressFBWarnings(value = "UWF_NULL_FIELD", justification = "XStream sets it")
    private volatile CopyOnWriteArrayList<JobRecord> jobs;
    /** How many there are. */
    private volatile int count;
    /** What has become of them; null if there are none. */
    private volatile JobRecord.State verdict;

    /** Read when they are first asked for. */
    private transient volatile RunJobs known;
    /** How long the jobs of steps have taken lately, in milliseconds; null as long as that is known of none. */
    private transient volatile Map<String, Long> usual;

    private AwsAction(Run<?, ?> run) {
        super(run);
    }

    private RunJobs known() {
        RunJobs all = known;
        if (all == null) {
            all = LiveJobs.get().of(getRun(), this::formerly);
            known = all;
        }
        return all;
    }

    private List<JobRecord> formerly() {
        List<JobRecord> stored = jobs;
        return stored == null ? List.of() : List.copyOf(stored);
    }

    private void changed(RunJobs all) {
        count = all.count();
        verdict = all.verdict();
        if (all.isKept()) {
            jobs = null;
        }
        LiveJobs.get().changed(all);
    }

    /** The run's action, which it gets if it has none. */
    @NonNull
    public static AwsAction of(@NonNull Run<?, ?> run) {
        return of(run, AwsAction.class, AwsAction::new);
    }

    /**
     * A step is about to start a job, or goes on with it after a restart.
     *
     * @param step tells the run's steps apart
     * @param service such as {@code CodeBuild}
     * @param name what the job is about, as long as AWS has not named it
     * @param stage for which stage it is; null if for none
     */
    public void begin(
            @NonNull String step,
            @NonNull String service,
            @NonNull String name,
            @CheckForNull String stage,
            @NonNull Instant when) {
        RunJobs all = known();
        if (all.begin(step, service, name, stage, when)) {
            changed(all);
        }
    }

    /** How long the step's jobs have taken lately; null if that is not known. */
    public synchronized void usual(@NonNull String step, @CheckForNull Duration took) {
        if (took != null) {
            Map<String, Long> all = usual == null ? new HashMap<>() : new HashMap<>(usual);
            all.put(step, took.toMillis());
            usual = Map.copyOf(all);
        }
    }

    /** A job of the step is at this point. */
    public void observed(@NonNull String step, @NonNull Progress now, @NonNull Instant when) {
        RunJobs all = known();
        if (all.observed(step, now, when)) {
            changed(all);
        }
    }

    /**
     * A step has come to its end.
     *
     * @param how what it makes of its last job, if AWS has not said how that ended
     * @param why in a sentence; null if there is nothing to say
     */
    public void concluded(
            @NonNull String step, @NonNull JobRecord.State how, @CheckForNull String why, @NonNull Instant when) {
        RunJobs all = known();
        if (all.concluded(step, how, why, when)) {
            changed(all);
        }
    }

    /** The run has ended: nothing more will be heard of jobs that have not. */
    void over() {
        RunJobs all = known();
        all.over(Instant.now());
        count = all.count();
        verdict = count == 0 ? null : all.verdict();
        LiveJobs.get().ended(getRun(), all);
    }

    /** How many jobs there are, without reading them. */
    @Exported
    public int getCount() {
        List<JobRecord> stored = jobs;
        return stored == null ? count : stored.size();
    }

    /** What the steps have made of their jobs: the worst of it; null if there are none, or none is known to have been begun. */
    @Exported
    @CheckForNull
    public JobRecord.State getVerdict() {
        return verdict;
    }

    /** In the order in which their steps began. */
    @Exported(visibility = 2)
    @NonNull
    public List<JobRecord> getJobs() {
        return known().all();
    }

    /** What the run's build that has made a revision has called it; null if none has, or none has called it anything. */
    @CheckForNull
    public String versionOf(@NonNull String revision) {
        return getJobs().stream()
                .map(JobRecord::getFacts)
                .filter(facts -> facts.stream().anyMatch(fact -> fact.isArtifact(revision)))
                .flatMap(List::stream)
                .filter(fact -> fact.is(Progress.What.EXPORTED_VERSION))
                .map(JobFact::getValue)
                .reduce((one, next) -> next)
                .orElse(null);
    }

    /** In the order in which they were asked for. */
    @Exported(visibility = 2)
    @NonNull
    public List<ApprovalRecord> getApprovals() {
        ApprovalAction approvals = getRun().getAction(ApprovalAction.class);
        return approvals == null ? List.of() : approvals.getApprovals();
    }

    /** What a page shows that knows all up to a version. */
    @NonNull
    public AwsChanges changesSince(long since) {
        return known().changesSince(since, getApprovals(), usual == null ? Map.of() : usual);
    }

    /**
     * What has changed since a page was made, as a piece of that page; nothing (204) while nothing has.
     *
     * @param since the version that the page knows
     * @param view {@code page} for all that is known, else a line for each job
     */
    @GET
    public void doChanges(
            StaplerRequest2 request, StaplerResponse2 response, @QueryParameter long since, @QueryParameter String view)
            throws IOException, ServletException {
        getRun().checkPermission(Item.READ);
        response.setHeader("Cache-Control", "no-store");
        AwsChanges changes = changesSince(since);
        if (changes.isLive() && changes.getVersion() == since) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        request.setAttribute("changes", changes);
        request.setAttribute("piece", "page".equals(view) ? "changes.jelly" : "lines.jelly");
        request.getView(this, "fragment.jelly").forward(request, response);
    }

    @Override
    public String getIconFileName() {
        return "symbol-cloud";
    }

    @Override
    public String getDisplayName() {
        return Messages.AwsAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "aws";
    }
}
