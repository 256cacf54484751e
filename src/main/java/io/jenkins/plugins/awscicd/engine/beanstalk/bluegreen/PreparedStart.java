package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.BlueGreenArguments;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Prepared;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.update.FollowedUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes up a blue/green deployment whose green environment was prepared before: to go on with it, if that is still as it was and may
 * become live, or to end it, if it is a clone that is not to. Nothing is changed at AWS here yet.
 */
public final class PreparedStart extends PairStart {

    private final BlueGreenArguments arguments;
    private final boolean discards;
    private final String argument;
    private final Prepared prepared;

    public PreparedStart(Step step, Prepared prepared) {
        super(step, prepared.cname(step.request().blueGreen()));
        this.arguments = step.request().blueGreen();
        this.discards = arguments.discards();
        this.argument = discards ? BlueGreenArguments.DISCARD : BlueGreenArguments.CONTINUE;
        this.prepared = prepared;
    }

    @Override
    protected String action() {
        return EnvironmentService.DESCRIBE;
    }

    private EnvironmentSnapshot blue(ApplicationEnvironments all) {
        return all.live(prepared.cname(arguments));
    }

    private EnvironmentSnapshot green(ApplicationEnvironments all) {
        return all.get(
                argument,
                prepared.green(),
                discards
                        ? "if it has already been terminated, there is nothing to discard"
                        : "it may have been terminated since: prepare another one");
    }

    @Override
    protected Set<String> sides(ApplicationEnvironments all) {
        return new HashSet<>(List.of(green(all).name(), blue(all).name()));
    }

    @Override
    protected String begin(ApplicationEnvironments all) {
        checkWanted();
        EnvironmentSnapshot green = green(all);
        EnvironmentSnapshot blue = blue(all);
        String unfit = discards ? notToBeEnded(green, blue) : notToBeLive(green, blue);
        if (unfit != null) {
            throw new IllegalArgumentException(argument + ": " + unfit);
        }
        if (discards) {
            step.gate().end(green.where());
        } else {
            step.gate()
                    .exchange(
                            blue.where(),
                            green.where(),
                            VersionContent.of(step, green.versionLabel()),
                            VersionContent.of(step, blue.versionLabel()));
        }
        keep(green, blue);
        if (!discards) {
            console.line(green.name() + " runs " + green.versionLabel() + " and is "
                    + green.healthInWords() + "; live is " + blue.name() + " with "
                    + blue.versionLabel() + ": " + blue.cname());
        }
        return green.id();
    }

    /** Why the clone is left as it is, in a sentence; null if it may be ended. */
    @CheckForNull
    private String notToBeEnded(EnvironmentSnapshot green, EnvironmentSnapshot blue) {
        if (blue == green) {
            return green.name() + " is live: it has the CNAME " + green.cname();
        }
        if (!green.cloned()) {
            return green.name() + " was not cloned for a blue/green deployment and is left as it is; a"
                    + " twin waits for the next run";
        }
        String changed = changed(green);
        return changed == null ? null : changed + ", or give its name to terminate it anyway";
    }

    /** Why the CNAME cannot be its own, in a sentence; null if it may. */
    @CheckForNull
    private String notToBeLive(EnvironmentSnapshot green, EnvironmentSnapshot blue) {
        ApplicationEnvironments.checkTier(argument, green);
        String name = green.name();
        if (blue == green) {
            return name + " is live already: it has the CNAME " + green.cname();
        }
        if (green.versionLabel().isEmpty()) {
            return name + " has no version";
        }
        String blueId = prepared.blueId();
        if (blueId != null && !blueId.equals(blue.id())) {
            return blue.name() + " has become live since " + name + " was prepared; prepare it again";
        }
        String blueLabel = prepared.blueLabel();
        if (blueLabel != null && !blueLabel.equals(blue.versionLabel())) {
            return blue.name() + " got version '" + blue.versionLabel() + "' since " + name
                    + " was prepared, when it ran '" + blueLabel + "'; prepare it again";
        }
        String label = prepared.versionLabel();
        String unfit = CnameSwap.unfit(
                green,
                label == null ? step.request().version() : label,
                step.request().health().colours());
        return unfit == null ? changed(green) : unfit;
    }

    /** What somebody has done to it since, though it may have the same version; null if nothing. */
    @CheckForNull
    private String changed(EnvironmentSnapshot green) {
        String update = prepared.update();
        String name = green.name();
        return switch (update == null
                ? EventReader.Since.NOTHING // nobody knows since when
                : EventReader.since(step.session(), green.id(), update)) {
            case NOTHING -> null;
            case UPDATED -> name + " has been updated by something else since it was prepared; prepare it again";
            case UNKNOWN ->
                EventReader.unseen(name) + " since it was prepared; allow these credentials to read its events";
        };
    }

    /** There is no update to follow, as that was another step's. */
    private void keep(EnvironmentSnapshot green, EnvironmentSnapshot blue) {
        Sides.of(blue, discards).keep(step.journal());
        step.journal().prepared(green.versionLabel(), blue.versionLabel(), prepared.update());
        FollowedUpdate.skip(step.journal());
    }
}
