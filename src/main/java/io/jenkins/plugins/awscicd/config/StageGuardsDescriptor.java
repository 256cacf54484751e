package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.engine.stage.ClosedHours;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of a stage's guards. */
public abstract class StageGuardsDescriptor extends Descriptor<StageGuards> {

    StageGuardsDescriptor() {
        super(StageGuards.class);
    }

    /** The stages that others can come after, where the form is. */
    @NonNull
    public List<String> getStageNames() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        Item item = request == null ? null : request.findAncestorObject(Item.class);
        return AccessForm.mayConfigure(item) ? Stages.of(item).names() : List.of();
    }

    @POST
    public FormValidation doCheckClosedHours(@AncestorInPath Item item, @QueryParameter String value) {
        try {
            ClosedHours hours = ClosedHours.of(AccessForm.mayConfigure(item) ? value : null);
            return hours.windows().isEmpty() ? FormValidation.ok() : FormValidation.ok(now(hours, Instant.now()));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static String now(ClosedHours hours, Instant now) {
        boolean closed = hours.closedAt(now).isPresent();
        return hours.changesAfter(now)
                .map(when -> DateTimeFormatter.ofPattern("EEE HH:mm VV", Locale.ENGLISH)
                        .format(when.atZone(hours.zone())))
                .map(when -> closed ? Messages.Stage_closedNow(when) : Messages.Stage_openNow(when))
                .orElseGet(Messages::Stage_alwaysClosed);
    }

    @POST
    public FormValidation doCheckApprovals(@AncestorInPath Item item, @QueryParameter String value) {
        String given = Util.fixEmptyAndTrim(value);
        return given == null || StageGuards.APPROVALS.matcher(given).matches() || !AccessForm.mayConfigure(item)
                ? FormValidation.ok()
                : FormValidation.error(Messages.Stage_badApprovals());
    }

    /** Asks where users are kept for names of which Jenkins does not know, which may take a moment: in a request of its own. */
    @POST
    public FormValidation doCheckApprovers(@AncestorInPath Item item, @QueryParameter String value) {
        FormValidation names = checkNames(item, value);
        if (names.kind != FormValidation.Kind.OK || !AccessForm.mayConfigure(item)) {
            return names;
        }
        List<String> unknown =
                KnownNames.unknown(NamePatterns.of(Util.fixEmptyAndTrim(value)).patterns());
        return unknown.isEmpty() ? FormValidation.ok() : FormValidation.warning(KnownNames.warning(unknown));
    }

    @POST
    public FormValidation doCheckBranches(@AncestorInPath Item item, @QueryParameter String value) {
        return checkNames(item, value);
    }

    @POST
    public FormValidation doCheckJobs(@AncestorInPath Item item, @QueryParameter String value) {
        return checkNames(item, value);
    }

    @POST
    public FormValidation doCheckTargets(@AncestorInPath Item item, @QueryParameter String value) {
        return checkNames(item, value);
    }

    private static FormValidation checkNames(@CheckForNull Item item, String value) {
        String given = Util.fixEmptyAndTrim(value);
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        try {
            return StageGuards.namesNothing(given)
                    ? FormValidation.error(Messages.Stage_namesNothing(given))
                    : FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckAfter(@AncestorInPath Item item, @QueryParameter String value) {
        String given = Util.fixEmptyAndTrim(value);
        return given == null
                        || !AccessForm.mayConfigure(item)
                        || Stages.of(item).names().contains(given)
                ? FormValidation.ok()
                : FormValidation.warning(Messages.Stage_unknownAfter(given));
    }
}
