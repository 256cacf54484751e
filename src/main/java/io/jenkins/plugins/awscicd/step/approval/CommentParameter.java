package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.ParameterDefinition;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * The parameter of an approval's input in which the comment comes. Every view shows it as the text field that it is, and below it what is
 * to be approved: the one place where all views have room for that.
 */
public final class CommentParameter extends StringParameterDefinition {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_LINK = 100;

    /** Address of a page, as it is in the description; null for none. */
    private final String link;

    CommentParameter(@NonNull List<String> briefing, @CheckForNull String link) {
        super(ApprovalRequest.COMMENT, null, String.join("\n", briefing), true);
        this.link = link;
    }

    /** Views that have forms of their own go by this. */
    @Override
    public String getType() {
        return StringParameterDefinition.class.getSimpleName();
    }

    /** Not markup, whatever Jenkins takes descriptions for: there are messages of commits in it, which anybody may have written. */
    @Override
    public String getFormattedDescription() {
        String description = getDescription();
        String escaped = description == null ? "" : Util.escape(description).replace("\n", "<br>");
        if (link == null || !link.startsWith("https://") && !link.startsWith("http://")) {
            return escaped;
        }
        String address = Util.escape(link);
        // On a narrow page an address has to break somewhere; where it leads to, its link knows.
        String shown = Util.escape(Shortened.cut(link, LONGEST_LINK)).replace("/", "/<wbr>");
        return escaped.replace(
                address, "<a href=\"" + address + "\" target=\"_blank\" rel=\"noopener noreferrer\">" + shown + "</a>");
    }

    @Override
    @NonNull
    public DescriptorImpl getDescriptor() {
        return Jenkins.get().getDescriptorByType(DescriptorImpl.class);
    }

    /** There is one of it. */
    @Override
    public ParameterDefinition copyWithDefaultValue(hudson.model.ParameterValue defaultValue) {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
