package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.List;
import java.util.NoSuchElementException;

/** CodeDeploy of one place, for tests: its applications, groups and deployments, and the alarms that they heed. */
public final class CodeDeploy implements AutoCloseable {

    private final Timeline timeline;
    private final Applications applications = new Applications();
    private final Configs configs = new Configs();
    private final Deployments deployments;

    public CodeDeploy(Place place, SimulatedTime time, DeploymentTiming timing) {
        timeline = new Timeline(time);
        deployments = new Deployments(place, timeline, timing, configs);
    }

    /** Creates an application for instances, without groups. */
    public CodeDeploy application(String name) {
        synchronized (timeline) {
            try {
                applications.create(name, "Server", timeline.now());
                return this;
            } catch (AwsError e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    /** Creates a group with its instances, and its application unless there is one of that name. */
    public CodeDeploy group(GroupSpec spec) {
        synchronized (timeline) {
            try {
                String name = spec.node().path("applicationName").asText();
                if (applications.find(name).isEmpty()) {
                    applications.create(name, spec.platform(), timeline.now());
                }
                Group group = createGroup(new Input(spec.node()));
                group.fleet(new Fleet(
                        spec.instances(),
                        deployment -> new SimulatedEvents(spec.simulation().plan(), timeline),
                        () -> {}));
                return this;
            } catch (AwsError e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    /** Has an alarm of CloudWatch go off or be in order again. It stops the deployments that heed it. */
    public CodeDeploy alarm(String name, boolean active) {
        synchronized (timeline) {
            deployments.alarm(name, active);
            return this;
        }
    }

    /** All deployments, newest first. */
    public List<Deployment> deployments() {
        synchronized (timeline) {
            return deployments.newestFirst();
        }
    }

    public Deployment deployment(String id) {
        synchronized (timeline) {
            return deployments.find(id).orElseThrow(() -> new NoSuchElementException("No deployment " + id));
        }
    }

    Group createGroup(Input input) throws AwsError {
        Application application = applications.get(Refusal.applicationName(input));
        Group group = new Group(application, Refusal.groupName(input));
        if (!input.has("serviceRoleArn")) {
            throw AwsError.badRequest("RoleRequiredException", "The role ARN was not specified.");
        }
        new GroupSettings(configs).apply(group.settings(), input.node());
        application.add(group);
        return group;
    }

    /** Guards all that follows. */
    Timeline timeline() {
        return timeline;
    }

    Applications applications() {
        return applications;
    }

    Configs configs() {
        return configs;
    }

    Deployments all() {
        return deployments;
    }

    @Override
    public void close() {
        synchronized (timeline) {
            deployments.close();
            applications
                    .all()
                    .forEach(application ->
                            application.groups().forEach(group -> group.fleet().close()));
        }
    }
}
