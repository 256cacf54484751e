package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionJob;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionType;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.Claim;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobArtifact;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.JobWorker;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkHost;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.WorkSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import software.amazon.awssdk.regions.Region;

/** Jenkins as whoever does the work of one action type: its queue and its runs, as the system sees them. */
final class JenkinsWorkHost implements WorkHost {

    private static final Logger LOGGER = Logger.getLogger(JenkinsWorkHost.class.getName());

    private final String key;
    private final WorkSource source;
    private final ClaimFiles files;
    private volatile CodePipelineActionType type;
    private volatile JobWorker worker;

    JenkinsWorkHost(
            @NonNull String key,
            @NonNull CodePipelineActionType type,
            @NonNull String controller,
            @NonNull ClaimFiles files) {
        this.key = key;
        this.type = type;
        this.source = type.source(controller);
        this.files = files;
    }

    @NonNull
    WorkSource source() {
        return source;
    }

    void configured(@NonNull CodePipelineActionType changed) {
        type = changed;
    }

    void works(@NonNull JobWorker forThis) {
        worker = forThis;
    }

    /** Calls this only when it has been made known. */
    private JobWorker worker() {
        return Objects.requireNonNull(worker, "the worker is known before it starts");
    }

    @Override
    public Answer offer(ActionJob job, Claim claim) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            if (Jenkins.get().isQuietingDown()) {
                return Answer.LATER;
            }
            Job<?, ?> found = find(job.project());
            if (found == null) {
                return Answer.UNKNOWN;
            }
            return found.isBuildable() && schedule(found, job, claim) ? Answer.QUEUED : Answer.LATER;
        }
    }

    /** The job of that full name comes before those that call themselves so; of several of those it is none. */
    @CheckForNull
    private Job<?, ?> find(String project) {
        if (project.isEmpty()) {
            return null;
        }
        List<Job<?, ?>> found = new ArrayList<>();
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class, this::mayWork)) {
            CodePipelineJobTrigger trigger = CodePipelineJobTrigger.of(job);
            if (trigger != null && trigger.matches(source.type().toString(), project, job.getFullName())) {
                if (job.getFullName().equals(project)) {
                    return job;
                }
                found.add(job);
            }
        }
        if (found.size() > 1) {
            LOGGER.log(
                    Level.WARNING,
                    "Jobs {0} and {1} are both called {2} by their trigger codePipelineJob: neither is run",
                    new Object[] {found.get(0).getFullName(), found.get(1).getFullName(), project});
        }
        return found.size() == 1 ? found.get(0) : null;
    }

    private boolean mayWork(Job<?, ?> job) {
        return job instanceof ParameterizedJobMixIn.ParameterizedJob
                && type.allows(job.getFullName())
                && !(SCMHead.HeadByItem.findHead(job)
                        instanceof ChangeRequestSCMHead); // strangers write those, with any trigger
    }

    private boolean schedule(Job<?, ?> job, ActionJob of, Claim claim) {
        Region region = worker().region();
        List<Action> actions = new ArrayList<>();
        actions.add(new CauseAction(new CodePipelineJobCause(
                of.action(), region == null ? null : of.action().url(region))));
        actions.add(new CodePipelineJobAction(
                key,
                claim.id(),
                of.action(),
                of.inputs().stream().map(JobArtifact::name).toList(),
                of.outputs().stream().map(JobArtifact::name).toList()));
        ParametersDefinitionProperty parameters = job.getProperty(ParametersDefinitionProperty.class);
        if (parameters != null) {
            List<ParameterValue> values = new ArrayList<>();
            for (ParameterDefinition definition : parameters.getParameterDefinitions()) {
                ParameterValue value = definition.getDefaultParameterValue();
                if (value != null) {
                    values.add(value);
                }
            }
            actions.add(new ParametersAction(values));
        }
        return ParameterizedJobMixIn.scheduleBuild2(job, 0, actions.toArray(Action[]::new)) != null;
    }

    @Override
    public Standing standing(Claim claim) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            if (queued(claim) != null) {
                return Standing.QUEUED;
            }
            Run<?, ?> run = RunsOfClaims.find(claim);
            if (run == null) {
                return Standing.GONE;
            }
            if (claim.run() == null) {
                worker().runs(claim.id(), RunsOfClaims.id(run));
            }
            if (!run.isLogUpdated()) {
                worker().end(claim.id(), RunsOfClaims.result(run));
            }
            return Standing.RUNNING;
        }
    }

    @CheckForNull
    private static Queue.Item queued(Claim claim) {
        for (Queue.Item item : Queue.getInstance().getItems()) {
            CodePipelineJobAction action = item.getAction(CodePipelineJobAction.class);
            if (action != null && action.getClaim().equals(claim.id())) {
                return item;
            }
        }
        return null;
    }

    @Override
    public void lost(Claim claim, String why) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            LOGGER.log(Level.INFO, "No longer works on {0}: {1}", new Object[] {claim.action(), why});
            Queue.Item item = queued(claim);
            if (item != null) {
                Queue.getInstance().cancel(item);
            }
        }
    }

    @Override
    public boolean passOn(String claim, String jobId, String nonce) {
        JobWorker holder = JobWorkers.get().holder(claim);
        if (holder != null) {
            holder.continued(claim, jobId, nonce);
        }
        return holder != null;
    }

    @Override
    public void finished() {
        JobWorkers.get().finished(this);
    }

    @Override
    public void keep(Claim claim) {
        files.keep(claim);
    }

    @Override
    public void forget(Claim claim) {
        files.forget(claim);
    }

    @Override
    public List<Claim> kept(ActionType ofType) {
        return files.kept();
    }
}
