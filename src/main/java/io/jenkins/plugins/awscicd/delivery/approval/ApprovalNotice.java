package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** That a topic of SNS was told of a question. */
@ExportedBean(defaultVisibility = 4)
public final class ApprovalNotice {

    private final String topic;
    private final String messageId;
    private final String warning;

    private ApprovalNotice(String topic, String messageId, String warning) {
        this.topic = topic;
        this.messageId = messageId;
        this.warning = warning;
    }

    /** AWS is about to be called. If nothing follows, that is not known to have worked. */
    @NonNull
    public static ApprovalNotice underWay(@NonNull String topic) {
        return new ApprovalNotice(topic, null, null);
    }

    /** AWS has taken the message. */
    @NonNull
    public static ApprovalNotice sent(@NonNull String topic, @NonNull String messageId) {
        return new ApprovalNotice(topic, messageId, null);
    }

    /** AWS has not taken it. */
    @NonNull
    public static ApprovalNotice failed(@NonNull String topic, @NonNull String why) {
        return new ApprovalNotice(topic, null, why);
    }

    /** Whether it is known what has become of it. */
    public boolean isDone() {
        return messageId != null || warning != null;
    }

    /** ARN of the topic. */
    @Exported
    @NonNull
    public String getTopic() {
        return topic;
    }

    /** AWS's id of the message; null if it has not taken one. */
    @Exported
    @CheckForNull
    public String getMessageId() {
        return messageId;
    }

    /** Why AWS has not taken it. */
    @Exported
    @CheckForNull
    public String getWarning() {
        return warning;
    }
}
