package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.ProcessTree;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.codedeploy.host.Hosts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Lifecycle events that are really carried out, on instances that are folders. */
final class FolderEvents implements EventWork {

    private final Hosts hosts;
    private final Hosts.Assignment assignment;
    private final Timeline timeline;
    private final Set<ProcessTree> running = new HashSet<>();
    private boolean brokenOff;

    /** @param variables of scripts */
    FolderEvents(Hosts hosts, Deployment deployment, Map<String, String> variables, Timeline timeline) {
        this.hosts = hosts;
        this.timeline = timeline;
        Group group = deployment.group();
        assignment = new Hosts.Assignment(
                group.application().name(),
                group.name(),
                group.id(),
                deployment.id(),
                deployment.settings().path("revision"),
                deployment.settings().path("fileExistsBehavior").asText(),
                deployment.restart(),
                variables);
    }

    @Override
    public void begin(Target target, String event, Consumer<Diagnostics> over) {
        List<LifecycleEvent> events = target.events();
        boolean last = !Target.BLUE.equals(target.label())
                && events.get(events.size() - 1).name().equals(event);
        ProcessTree tree = new ProcessTree();
        running.add(tree);
        hosts.run(() -> {
            Diagnostics result = hosts.carryOut(assignment, target.id(), event, last, tree);
            timeline.run(() -> {
                running.remove(tree);
                if (!brokenOff) {
                    over.accept(result);
                }
            });
        });
    }

    /** Kills what runs: AWS would let it run on, but here a rollback could meet it. */
    @Override
    public void breakOff() {
        brokenOff = true;
        running.forEach(ProcessTree::kill);
    }
}
