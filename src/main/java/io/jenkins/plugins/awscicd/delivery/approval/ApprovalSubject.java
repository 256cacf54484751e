package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a question is about, as people read it. */
@ExportedBean(defaultVisibility = 3)
public abstract class ApprovalSubject {

    private final String message;
    private final String stage;
    private final String what;
    private final String revision;
    private final String link;

    ApprovalSubject(@NonNull ApprovalRequest request) {
        this.message = request.message();
        this.stage = request.stage();
        this.what = request.what();
        this.revision = request.revision();
        this.link = request.link();
    }

    /** What was asked. */
    @Exported
    @NonNull
    public String getMessage() {
        return message;
    }

    @Exported
    @CheckForNull
    public String getStage() {
        return stage;
    }

    /** What was to be approved, in words. */
    @Exported
    @CheckForNull
    public String getWhat() {
        return what;
    }

    /** The exact version of it. */
    @Exported
    @CheckForNull
    public String getRevision() {
        return revision;
    }

    /** Address of a page about it. */
    @Exported
    @CheckForNull
    public String getLink() {
        return link;
    }

    /** What the link is called; null if there is none. */
    @CheckForNull
    public String getLinkText() {
        return link == null ? null : Shortened.address(link);
    }

    /** What was to be approved and its version, in words, such as {@code web 1.4.2 (3f2a1bc)}; null if neither is known. */
    @CheckForNull
    public String getSubject() {
        String version = revision == null ? null : Shortened.revision(revision);
        if (what == null || revision == null || what.contains(revision) || what.contains(version)) {
            return what == null ? version : what;
        }
        return what + " (" + version + ")";
    }
}
