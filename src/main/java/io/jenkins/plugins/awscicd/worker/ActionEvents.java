package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionType;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.events.AwsEventReceiver;
import io.jenkins.plugins.awscicd.events.EventQueue;
import java.util.Map;

/** Has a worker poll when AWS says that an action of its type has begun. Who made the event up can do no more than that. */
@Extension
public final class ActionEvents implements AwsEventReceiver {

    static final String KIND = "CodePipeline Action Execution State Change";

    @Override
    public boolean received(@NonNull AwsEvent event, @NonNull EventQueue queue) {
        if (!event.source().equals("aws.codepipeline")
                || !event.detailType().equals(KIND)
                || !queue.address().isOf(event)
                || !"STARTED".equals(event.detail("state"))
                || !(event.toMap().get("detail") instanceof Map<?, ?> detail)
                || !(detail.get("type") instanceof Map<?, ?> type)
                || !"Custom".equals(type.get("owner"))) {
            return false;
        }
        ActionType begun = new ActionType(
                String.valueOf(type.get("category")),
                String.valueOf(type.get("provider")),
                String.valueOf(type.get("version")));
        return JobWorkers.get().announced(begun, event.account(), event.region());
    }

    @Override
    public void disconnected(@NonNull EventQueue queue) {
        JobWorkers.get().disconnected();
    }
}
