package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/** Manage Jenkins » AWS events: which queues are heard, and what came. */
@Extension
public final class EventsPage extends ManagementLink implements StaplerProxy {

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(getRequiredPermission());
        return this;
    }

    /** Only where a queue is configured. */
    @Override
    public String getIconFileName() {
        return AwsEventQueues.get().getQueues().isEmpty() ? null : "symbol-radio-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.EventsPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.EventsPage_description();
    }

    @Override
    public String getUrlName() {
        return "aws-events";
    }

    @Override
    @NonNull
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @Override
    @NonNull
    public Category getCategory() {
        return Category.STATUS;
    }

    /** The queues. */
    @NonNull
    public List<ShownPoller> getQueues() {
        return QueuePollers.get().statuses().stream().map(ShownPoller::new).toList();
    }
}
