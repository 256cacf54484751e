package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Whether a run may change what goes with its target, as the resources of a stack do. */
public final class ResourceAdmission {

    private ResourceAdmission() {}

    /**
     * Lets a run make, change or delete what goes with its target, or not: what belongs to a guarded stage, or may, is for those alone who
     * name it.
     *
     * @param stage the stage that the step names, as it was when the step began; null if it names none
     * @param region where it is
     * @param account whose it is; null if nobody knows
     * @return what to say of guards that an administrator has passed over; empty if there are none
     * @throws Refused naming the stage
     */
    @NonNull
    public static List<String> of(
            @NonNull Run<?, ?> run,
            @CheckForNull ResolvedStage stage,
            @NonNull String region,
            @CheckForNull String account,
            @NonNull Collection<Touched> touched) {
        List<String> overridden = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Owners owners = new Owners(run.getParent());
        for (Touched one : touched) {
            Set<String> all = owners.of(one, region, account);
            // A role, or a project, may be that of several stages, of which each may use it.
            boolean ofAny = one.kind() == Touched.Kind.ROLE || one.kind() == Touched.Kind.PROJECT && one.name() != null;
            if (ofAny && all.stream().anyMatch(owner -> Admission.admits(run, stage, owner, overridden))) {
                continue;
            }
            for (String owner : all) {
                if (!Admission.admits(run, stage, owner, overridden)) {
                    missing.add(
                            one.isKnown()
                                    ? Messages.Admission_touches(one.resource(), one.describe(), owner)
                                    : Messages.Admission_mayTouch(one.resource(), one.describe(), owner));
                }
            }
        }
        Refused.ifAny(missing.stream().distinct().toList());
        return overridden.stream().distinct().toList();
    }
}
