package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.delivery.run.JobRecord.State;
import io.jenkins.plugins.awscicd.delivery.store.LineFile;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A run's jobs at AWS: in memory, and in a file of their own in the run's folder. Pipeline writes build.xml whole at many turns of a run,
 * so what grows with the number of jobs is not to be there.
 */
final class RunJobs {

    private static final Logger LOGGER = Logger.getLogger(RunJobs.class.getName());

    /** In the run's folder: goes where that goes. Not called as journals of steps are, which are deleted with the run's end. */
    static final String FILE = "aws-jobs.jsonl";

    private final Run<?, ?> run;
    private final LineFile file;
    /** In the order in which their steps began. */
    private final List<JobRecord> jobs = new ArrayList<>();

    private final Map<String, List<JobRecord>> bySteps = new HashMap<>();
    private final StepVerdicts verdicts = new StepVerdicts();
    /** What the file does not have yet. */
    private final Set<JobRecord> unwritten = new LinkedHashSet<>();
    /** Whether there is a file. */
    private volatile boolean kept;

    private boolean over;
    /** Grows with each change of a job, also from one life of Jenkins to the next. */
    private long jobsVersion = System.currentTimeMillis();
    /** How many changes of approvals have been seen, and the version in which they were. */
    private long approvalChanges;

    private long approvalsVersion;

    /**
     * Reads them.
     *
     * @param formerly those that a former version of the plugin has kept in build.xml; they count until there is a file
     */
    RunJobs(@NonNull Run<?, ?> run, @NonNull List<JobRecord> formerly) {
        this.run = run;
        this.file = new LineFile(() -> run.getRootDir().toPath().resolve(FILE));
        Map<String, JobRecord> all = new LinkedHashMap<>();
        kept = file.read(line -> {
            JobRecord job = JobLine.parse(line);
            all.put(key(job), job); // the last line counts
        });
        if (kept) {
            all.values().stream()
                    .sorted(Comparator.comparingInt(JobRecord::getNumber))
                    .forEach(this::add);
        } else {
            formerly.forEach(this::add); // each counts, however little it says, in the order in which it was kept
            unwritten.addAll(formerly);
        }
        approvalsVersion = version();
        jobs.forEach(job -> job.version(version()));
    }

    /** If two have written at once, there may be two jobs of a number. */
    private static String key(JobRecord job) {
        return job.getNumber() + " " + job.step();
    }

    private void add(JobRecord job) {
        jobs.add(job);
        bySteps.computeIfAbsent(job.step(), step -> new ArrayList<>(1)).add(job);
        verdicts.judge(job.step(), ofStep(job.step()));
    }

    /** Grows with whatever changes: jobs and approvals. */
    private long version() {
        ApprovalAction approvals = run.getAction(ApprovalAction.class);
        return jobsVersion + (approvals == null ? 0 : approvals.changes());
    }

    private void changed(JobRecord job) {
        jobsVersion++;
        job.version(version());
        verdicts.judge(job.step(), ofStep(job.step()));
        unwritten.add(job);
    }

    /** {@link AwsAction#begin}. */
    synchronized boolean begin(
            @NonNull String step,
            @NonNull String service,
            @NonNull String name,
            @CheckForNull String stage,
            @NonNull Instant when) {
        if (last(step) != null) {
            return false;
        }
        JobRecord job = new JobRecord(step, service, name, stage, nextNumber(), when);
        add(job);
        changed(job);
        return true;
    }

    private int nextNumber() {
        return jobs.isEmpty() ? 1 : jobs.get(jobs.size() - 1).getNumber() + 1;
    }

    /** {@link AwsAction#observed}. */
    synchronized boolean observed(@NonNull String step, @NonNull Progress now, @NonNull Instant when) {
        JobRecord job = find(step, now.id());
        if (job == null) {
            JobRecord before = last(step);
            if (before == null) {
                return false;
            }
            job = before.successor(nextNumber(), when);
            add(job);
        }
        boolean news = job.observed(now, when);
        if (news) {
            changed(job);
        }
        return news;
    }

    /** {@link AwsAction#concluded}. */
    synchronized boolean concluded(
            @NonNull String step, @NonNull State how, @CheckForNull String why, @NonNull Instant when) {
        JobRecord last = last(step);
        if (last == null) {
            return false;
        }
        last.concluded(how, why, when);
        changed(last);
        if (how == State.FAILED && why != null) {
            JobRecord first = ofStep(step).get(0);
            first.explained(why);
            changed(first);
        }
        return true;
    }

    /** The run has ended: nothing more will be heard of jobs that have not. */
    synchronized void over(@NonNull Instant when) {
        over = true;
        for (JobRecord job : jobs) {
            if (!job.isOver()) {
                job.left(State.LEFT, null, when);
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

    private List<JobRecord> ofStep(String step) {
        return bySteps.getOrDefault(step, List.of());
    }

    @CheckForNull
    private JobRecord last(String step) {
        List<JobRecord> all = ofStep(step);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    @CheckForNull
    private JobRecord find(String step, String id) {
        return ofStep(step).stream()
                .filter(job -> job.isOrBecomes(id))
                .findFirst()
                .orElse(null);
    }

    /** Whether there is a file. */
    boolean isKept() {
        return kept;
    }

    @NonNull
    synchronized List<JobRecord> all() {
        settle();
        return List.copyOf(jobs);
    }

    synchronized int count() {
        return jobs.size();
    }

    /** What the steps have made of their jobs: the worst of it, or that one still runs. */
    @NonNull
    synchronized State verdict() {
        settle();
        return verdicts.worst();
    }

    /** {@link AwsAction#changesSince}. */
    @NonNull
    synchronized AwsChanges changesSince(
            long known, @NonNull List<ApprovalRecord> approvals, @NonNull Map<String, Long> usual) {
        settle();
        long version = version();
        if (version - jobsVersion != approvalChanges) {
            approvalChanges = version - jobsVersion;
            approvalsVersion = version;
        }
        boolean mayEnter = run.hasPermission(Item.CONFIGURE);
        return new AwsChanges(
                version,
                run.isBuilding(),
                jobs.stream()
                        .filter(job -> job.version() > known)
                        .map(job -> new ShownJob(job, usual.getOrDefault(job.step(), 0L), mayEnter))
                        .toList(),
                approvalsVersion > known ? approvals : List.of());
    }

    /**
     * Writes what the file does not have yet: not on a program's thread.
     *
     * @throws IOException if that fails; it is written with what changes next, then
     */
    void write() throws IOException {
        synchronized (file) {
            List<JobRecord> changed;
            List<JobRecord> all;
            synchronized (this) {
                boolean anew = over ? file.hasMoreThan(jobs.size()) : file.isWordy(jobs.size());
                changed = List.copyOf(unwritten);
                all = anew ? List.copyOf(jobs) : List.of();
                unwritten.clear();
            }
            try {
                if (!all.isEmpty()) {
                    file.rewrite(all.stream().map(JobLine::of).toList());
                } else if (!changed.isEmpty()) {
                    file.append(changed.stream().map(JobLine::of).toList());
                }
                kept = true;
            } catch (NoSuchFileException e) {
                LOGGER.log(Level.FINE, e, () -> run + " was deleted");
            } catch (IOException e) {
                synchronized (this) {
                    unwritten.addAll(changed);
                }
                throw e;
            }
        }
    }

    @Override
    public String toString() {
        return run.toString();
    }
}
