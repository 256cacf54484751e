package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.Messages;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where an administrator lets a run that is under way pass the guards of one stage. */
public final class StageOverridePage implements Action {

    private final Run<?, ?> run;

    private StageOverridePage(Run<?, ?> run) {
        this.run = run;
    }

    @NonNull
    public Run<?, ?> getRun() {
        return run;
    }

    /**
     * A guarded stage, and what stands in the run's way there.
     *
     * @param missing a sentence for each guard that is not satisfied now, or that is asked once the revision is known; empty for none
     */
    public record GuardedStage(
            @NonNull String name, @NonNull List<String> missing) {

        private static GuardedStage of(Run<?, ?> run, ResolvedStage stage) {
            Attempt attempt = new Attempt(run, stage.name(), null, Delivered.NOTHING, true, Instant.now());
            List<String> missing = new ArrayList<>();
            for (StageGuards guards : stage.guards()) {
                Guard.of(guards).forEach(guard -> missing.addAll(guard.missing(attempt)));
                if (guards.getAfter() != null) {
                    missing.add(Messages.StageOverridePage_after(guards.getAfter()));
                }
            }
            return new GuardedStage(stage.name(), missing.stream().distinct().toList());
        }

        @NonNull
        public String getName() {
            return name;
        }

        @NonNull
        public List<String> getMissing() {
            return missing;
        }
    }

    /** The guarded stages that the run's job sees. */
    @NonNull
    public List<String> getStages() {
        return guarded().map(ResolvedStage::name).toList();
    }

    /** The same, with what is missing now. Reads runs from disk, and may ask where users are kept. */
    @NonNull
    public List<GuardedStage> getGuardedStages() {
        return guarded().map(stage -> GuardedStage.of(run, stage)).toList();
    }

    private Stream<ResolvedStage> guarded() {
        return Stages.of(run.getParent()).all().stream().filter(ResolvedStage::isGuarded);
    }

    @Override
    public String getIconFileName() {
        return run.isBuilding()
                        && Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                        && !getStages().isEmpty()
                ? "symbol-lock-open-outline plugin-ionicons-api"
                : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.StageOverridePage_displayName();
    }

    @Override
    public String getUrlName() {
        return "stage-override";
    }

    /** Lets the run pass. */
    @POST
    public HttpResponse doOverride(@QueryParameter String stage, @QueryParameter String reason) throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String why = Util.fixEmptyAndTrim(reason);
        if (why == null) {
            throw new Failure(Messages.StageOverridePage_noReason());
        }
        if (!run.isBuilding()) {
            throw new Failure(Messages.StageOverridePage_over());
        }
        if (stage == null || !getStages().contains(stage)) {
            throw new Failure(Messages.StageOverridePage_noStage());
        }
        StageOverrides.add(run, stage, Jenkins.getAuthentication2().getName(), why.replaceAll("\\p{Cntrl}+", " "));
        return HttpResponses.redirectTo("..");
    }

    /** Gives each run the page. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        @NonNull
        public Collection<? extends Action> createFor(@NonNull Run target) {
            return List.of(new StageOverridePage(target));
        }
    }
}
