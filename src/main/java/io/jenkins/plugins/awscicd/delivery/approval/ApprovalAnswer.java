package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.Date;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What one person answered. */
@ExportedBean(defaultVisibility = 4)
public final class ApprovalAnswer {

    private final String person;
    private final String comment;
    private final long when;

    /** @param person the person's id */
    public ApprovalAnswer(@NonNull String person, @CheckForNull String comment, @NonNull Instant when) {
        this.person = person;
        this.comment = comment;
        this.when = when.toEpochMilli();
    }

    /** The person's id. */
    @Exported
    @NonNull
    public String getPerson() {
        return person;
    }

    @Exported
    @CheckForNull
    public String getComment() {
        return comment;
    }

    @Exported
    @NonNull
    public Date getWhen() {
        return new Date(when);
    }
}
