package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/**
 * What a run does at AWS: its jobs and its approvals, on the run's page, on a page of their own that follows them while they run, and
 * by the REST API. It is kept with the run whenever that is saved.
 */
@ExportedBean
public final class AwsAction implements RunAction2 {

    private final CopyOnWriteArrayList<JobRecord> jobs = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;
    /** Grows with each change of a job, also from one life of Jenkins to the next. */
    private transient long jobsVersion;
    /** How many changes of approvals have been seen, and the version in which they were. */
    private transient long approvalChanges;

    private transient long approvalsVersion;

    private AwsAction(Run<?, ?> run) {
        this.run = run;
        renew();
    }

    private synchronized void renew() {
        jobsVersion = System.currentTimeMillis();
        approvalsVersion = version();
        for (JobRecord job : jobs) {
            job.version(version());
        }
    }

    /** Grows with whatever changes: jobs and approvals. */
    private long version() {
        ApprovalAction approvals = run == null ? null : run.getAction(ApprovalAction.class);
        return jobsVersion + (approvals == null ? 0 : approvals.changes());
    }

    /** The run's action, which it gets if it has none. */
    @NonNull
    public static AwsAction of(@NonNull Run<?, ?> run) {
        synchronized (AwsAction.class) {
            AwsAction action = run.getAction(AwsAction.class);
            if (action == null) {
                action = new AwsAction(run);
                run.addAction(action);
            }
            return action;
        }
    }

    /**
     * A step is about to start a job, or goes on with it after a restart.
     *
     * @param step tells the run's steps apart
     * @param service such as {@code CodeBuild}
     * @param name what the job is about, as long as AWS has not named it
     * @param stage for which stage it is; null if for none
     */
    public synchronized void begin(
            @NonNull String step,
            @NonNull String service,
            @NonNull String name,
            @CheckForNull String stage,
            @NonNull Instant when) {
        if (last(step) == null) {
            JobRecord job = new JobRecord(step, service, name, stage, jobs.size() + 1, when);
            changed(job);
            jobs.add(job);
        }
    }

    /**
     * A job of the step is at this point.
     *
     * @return whether that is news
     */
    public synchronized boolean observed(@NonNull String step, @NonNull Progress now, @NonNull Instant when) {
        JobRecord job = find(step, now.id());
        if (job == null) {
            JobRecord before = last(step);
            if (before == null) {
                return false;
            }
            job = before.successor(jobs.size() + 1, when);
            jobs.add(job);
        }
        boolean news = job.observed(now, when);
        if (news) {
            changed(job);
        }
        return news;
    }

    /**
     * A step has come to its end.
     *
     * @param how what it makes of its last job, if AWS has not said how that ended
     * @param why in a sentence; null if there is nothing to say
     */
    public synchronized void concluded(
            @NonNull String step, @NonNull JobRecord.State how, @CheckForNull String why, @NonNull Instant when) {
        JobRecord last = last(step);
        if (last == null) {
            return;
        }
        last.concluded(how, why, when);
        changed(last);
        if (how == JobRecord.State.FAILED && why != null) {
            JobRecord first = first(step);
            first.explained(why);
            changed(first);
        }
    }

    /** Nothing more will be heard of jobs that have not ended. */
    void over() {
        over(Instant.now());
    }

    private synchronized void over(Instant when) {
        for (JobRecord job : jobs) {
            if (!job.isOver()) {
                job.concluded(JobRecord.State.LEFT, null, when);
                changed(job);
            }
        }
    }

    /** A run that has ended with Jenkins, and not by itself, is not heard to end. */
    private void settle() {
        if (!run.isBuilding()) {
            over(Instant.ofEpochMilli(run.getStartTimeInMillis() + run.getDuration()));
        }
    }

    private void changed(JobRecord job) {
        jobsVersion++;
        job.version(version());
    }

    private JobRecord first(String step) {
        return jobs.stream().filter(job -> job.isOf(step)).findFirst().orElseThrow();
    }

    @CheckForNull
    private JobRecord last(String step) {
        return jobs.stream()
                .filter(job -> job.isOf(step))
                .reduce((one, next) -> next)
                .orElse(null);
    }

    @CheckForNull
    private JobRecord find(String step, String id) {
        return jobs.stream()
                .filter(job -> job.isOf(step) && job.isOrBecomes(id))
                .findFirst()
                .orElse(null);
    }

    /** In the order in which their steps began. */
    @Exported(visibility = 2)
    @NonNull
    public List<JobRecord> getJobs() {
        settle();
        return List.copyOf(jobs);
    }

    /** In the order in which they were asked for. */
    @Exported(visibility = 2)
    @NonNull
    public List<ApprovalRecord> getApprovals() {
        ApprovalAction approvals = run.getAction(ApprovalAction.class);
        return approvals == null ? List.of() : approvals.getApprovals();
    }

    /** What a page shows that knows all up to a version. */
    @NonNull
    public synchronized AwsChanges changesSince(long known) {
        settle();
        long version = version();
        if (version - jobsVersion != approvalChanges) {
            approvalChanges = version - jobsVersion;
            approvalsVersion = version;
        }
        return new AwsChanges(
                version,
                run.isBuilding(),
                jobs.stream().filter(job -> job.version() > known).toList(),
                approvalsVersion > known ? getApprovals() : List.of());
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
        run.checkPermission(Item.READ);
        response.setHeader("Cache-Control", "no-store");
        AwsChanges changes = changesSince(since);
        if (changes.isLive() && changes.getVersion() == since) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        response.setContentType("text/html;charset=UTF-8");
        request.setAttribute("changes", changes);
        request.getView(this, "page".equals(view) ? "changes.jelly" : "lines.jelly")
                .forward(request, response);
    }

    /** For {@code api/json} and the like. */
    @NonNull
    public Api getApi() {
        return new Api(this);
    }

    @NonNull
    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
        renew();
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
