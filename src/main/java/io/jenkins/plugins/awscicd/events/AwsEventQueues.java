package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The queues from which this controller hears of AWS's events: "AWS events" on Manage Jenkins » System. */
@Extension
@Symbol("awsEventQueues")
public final class AwsEventQueues extends GlobalConfiguration {

    private List<EventQueue> queues = new ArrayList<>();

    public AwsEventQueues() {
        load();
    }

    @NonNull
    public static AwsEventQueues get() {
        return ExtensionList.lookupSingleton(AwsEventQueues.class);
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.AwsEventQueues_displayName();
    }

    @NonNull
    public List<EventQueue> getQueues() {
        return List.copyOf(queues);
    }

    /** @throws IllegalArgumentException if there is something wrong with them */
    @DataBoundSetter
    public void setQueues(@CheckForNull List<EventQueue> queues) {
        List<EventQueue> given = queues == null ? List.of() : queues;
        Set<String> known = new HashSet<>();
        for (EventQueue queue : given) {
            List<String> problems = queue.problems();
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            if (!known.add(queue.address().toString())) {
                throw new IllegalArgumentException(Messages.AwsEventQueues_twice(queue.getQueue()));
            }
        }
        this.queues = new ArrayList<>(given);
        save();
        QueuePollers.get().reconcile();
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            Object given = json.opt("queues");
            setQueues(given == null ? List.of() : req.bindJSONToList(EventQueue.class, given));
            return true;
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "queues");
        }
    }
}
