package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import java.time.Instant;
import java.util.Date;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An administrator lets one run pass the guards of one stage. */
@ExportedBean(defaultVisibility = 3)
public final class StageOverride {

    private final String stage;
    private final String person;
    private final String reason;
    private final long when;

    StageOverride(@NonNull String stage, @NonNull String person, @NonNull String reason, @NonNull Instant when) {
        this.stage = stage;
        this.person = person;
        this.reason = reason;
        this.when = when.toEpochMilli();
    }

    @Exported
    @NonNull
    public String getStage() {
        return stage;
    }

    /** The administrator's id. */
    @Exported
    @NonNull
    public String getPerson() {
        return person;
    }

    @Exported
    @NonNull
    public String getReason() {
        return reason;
    }

    @Exported
    @NonNull
    public Date getWhen() {
        return new Date(when);
    }

    /** In one line. */
    @Override
    public String toString() {
        return Messages.StageOverride_line(stage, person, reason);
    }
}
