package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.SimulatedTime.Alarm;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Instances that only pretend. */
final class SimulatedWork implements InstanceWork {

    private final Simulation simulation;
    private final Timeline timeline;
    private final List<Alarm> alarms = new ArrayList<>();

    SimulatedWork(Simulation simulation, Timeline timeline) {
        this.simulation = simulation;
        this.timeline = timeline;
    }

    @Override
    public void beginDeployment(Version version) {
        simulation.beginDeployment(version.label());
    }

    @Override
    public void deploy(Command command, Consumer<CommandResult> over) {
        alarms.add(timeline.after(simulation.duration(), () -> over.accept(simulation.outcome(command))));
    }

    @Override
    public void breakOff() {
        alarms.forEach(Alarm::cancel);
        alarms.clear();
    }

    @Override
    public void restart() {
        // Nothing runs.
    }

    @Override
    public Health health(Instance instance, String versionLabel) {
        return simulation.healthWith(versionLabel);
    }

    @Override
    public String address(Instance instance) {
        return null;
    }

    @Override
    public String log(Instance instance) {
        String outcome = instance.failed()
                ? "[ERROR] An error occurred during execution of command [app-deploy]. Stop running the command."
                : "[INFO] Instance deployment completed successfully.";
        String engine = heading("eb-engine.log") + "[INFO] Executing instruction: app-deploy, version "
                + instance.versionLabel() + "\n" + outcome + "\n";
        String web = simulation.log();
        return web.isEmpty() ? engine : engine + "\n\n" + heading("web.stdout.log") + web + "\n";
    }

    private static String heading(String file) {
        String rule = "-".repeat(40) + "\n";
        return rule + "/var/log/" + file + "\n" + rule;
    }

    @Override
    public void terminate(Instance instance) {
        // It has nothing.
    }

    @Override
    public void close() {
        // Nothing runs.
    }
}
