package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job has delivered to a stage so far: what it has deployed there, or, if nothing is known of that as something else deploys for
 * it, what was approved in its last runs. Reads them from disk, so not for a program's thread.
 */
public final class StageHistory {

    /** So many earlier runs are looked at. */
    static final int RUNS = 50;

    private static final Pattern CHANGE_SET = Pattern.compile("arn:aws[a-z-]*:cloudformation:[^:]*:[^:]*:changeSet/.+");
    /** As results of steps call it. */
    private static final Pattern STACK = Pattern.compile("\\bstack (\\S+)$");

    private StageHistory() {}

    /**
     * What a question is about: a stack by its change set, or what runs on what stacks have made. One says nothing of the other, though both
     * are deployed to the same stage.
     *
     * @param stack its name; empty if it is not known, null if it is about no stack
     */
    private record Kind(@CheckForNull String stack) {

        static Kind of(@CheckForNull String what, @CheckForNull String revision) {
            if (revision == null || !CHANGE_SET.matcher(revision).matches()) {
                return new Kind(null);
            }
            Matcher named = STACK.matcher(what == null ? "" : what);
            return new Kind(named.find() ? named.group(1) : "");
        }

        boolean has(Deployment deployment) {
            boolean ofStack = deployment.service().startsWith("cloudFormation");
            return stack == null
                    ? !ofStack
                    : ofStack
                            && (stack.isEmpty()
                                    || deployment.destination().application().equals(stack));
        }
    }

    /** What was known of the stage of a question before this run. */
    @NonNull
    public static StageBackground before(@NonNull Run<?, ?> run, @NonNull ApprovalRequest request) {
        String stage = request.stage();
        Kind kind = Kind.of(request.what(), request.revision());
        Deployment there = deployed(run, stage, kind);
        if (there != null) {
            return deployed(run, there);
        }
        List<Run<?, ?>> since = new ArrayList<>(List.of(run));
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int i = 0; i < RUNS && earlier != null; i++) {
            Optional<ApprovalRecord> approved = approved(earlier, stage, kind);
            if (approved.isPresent()) {
                return new StageBackground(
                        approved.get().getSubject(),
                        earlier.getDisplayName(),
                        earlier.getNumber(),
                        null,
                        Commits.of(since));
            }
            since.add(earlier);
            earlier = earlier.getPreviousBuild();
        }
        return new StageBackground(null, null, 0, null, Commits.of(List.of(run)));
    }

    /** What the job has deployed to the stage, last and successfully; null if nothing is known. */
    @CheckForNull
    private static Deployment deployed(Run<?, ?> run, @CheckForNull String stage, Kind kind) {
        String job = run.getParent().getFullName();
        return stage == null
                ? null
                : Deployments.get()
                        .latestSuccess(
                                stage,
                                deployment -> kind.has(deployment)
                                        && deployment.origin().left() != Origin.Left.NOTHING
                                        && deployment.origin().job().equals(job))
                        .filter(deployment -> deployment.origin().number() <= run.getNumber())
                        .orElse(null);
    }

    private static StageBackground deployed(Run<?, ?> run, Deployment there) {
        List<Run<?, ?>> since = new ArrayList<>();
        Run<?, ?> each = run;
        while (each != null && each.getNumber() > there.origin().number() && since.size() <= RUNS) {
            since.add(each);
            each = each.getPreviousBuild();
        }
        boolean kept = each != null && each.getNumber() == there.origin().number();
        return new StageBackground(
                there.revision(),
                kept ? each.getDisplayName() : "#" + there.origin().number(),
                kept ? each.getNumber() : 0,
                there.ended(),
                Commits.of(since));
    }

    private static Optional<ApprovalRecord> approved(Run<?, ?> run, @CheckForNull String stage, Kind kind) {
        ApprovalAction action = run.getAction(ApprovalAction.class);
        List<ApprovalRecord> records = new ArrayList<>(action == null ? List.of() : action.getApprovals());
        Collections.reverse(records);
        return records.stream()
                .filter(record -> record.isApproved()
                        && Objects.equals(record.getStage(), stage)
                        && Kind.of(record.getWhat(), record.getRevision()).equals(kind))
                .findFirst();
    }
}
