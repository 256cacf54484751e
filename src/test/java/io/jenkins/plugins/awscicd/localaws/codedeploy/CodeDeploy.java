package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.codedeploy.host.Bundles;
import io.jenkins.plugins.awscicd.localaws.codedeploy.host.Hosts;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** CodeDeploy of one place, for tests: its applications, groups and deployments, and the alarms that they heed. */
public final class CodeDeploy implements AutoCloseable {

    private final Timeline timeline;
    private final Applications applications;
    private final Configs configs;
    private final DeploymentTiming timing;
    private final Chance chance;
    private final Deployments deployments;
    private final Bundles bundles;
    private final Hosts hosts;
    private final Set<Dialect> dialects = EnumSet.noneOf(Dialect.class);
    private BiConsumer<String, List<String>> folders = (group, instances) -> {};

    /** @param instances where instances have their folders */
    public CodeDeploy(Place place, SimulatedTime time, DeploymentTiming timing, S3 s3, Path instances, Chance chance) {
        this.timing = timing;
        this.chance = chance;
        applications = new Applications(chance);
        configs = new Configs(chance);
        timeline = new Timeline(time);
        bundles = new Bundles(s3);
        hosts = new Hosts(instances, bundles, time, () -> dialects.contains(Dialect.AGENT_2));
        deployments = new Deployments(place, timeline, timing, configs, s3, dialects, chance);
    }

    /** Told of the changes of deployments' states. */
    public CodeDeploy whenChanged(Consumer<Deployment> listener) {
        synchronized (timeline) {
            deployments.whenChanged(listener);
            return this;
        }
    }

    /** Has it behave in other ways than by default, from now on. */
    public CodeDeploy speak(Collection<Dialect> ways) {
        synchronized (timeline) {
            dialects.clear();
            dialects.addAll(ways);
            return this;
        }
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
                group.fleet(new Fleet(spec.instances(), works(spec)));
                if (spec.folders()) {
                    makeFolders(group, spec);
                }
                return this;
            } catch (AwsError e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    /** Creates a group with its instances once somebody else has created its application. */
    public CodeDeploy groupOnceItsApplicationIsThere(GroupSpec spec) {
        synchronized (timeline) {
            applications.await(spec.node().path("applicationName").asText(), () -> group(spec));
            return this;
        }
    }

    /** Hears of each group that gets instances that are folders, with all that it has then. */
    public CodeDeploy onFolders(BiConsumer<String, List<String>> listener) {
        synchronized (timeline) {
            folders = listener;
            return this;
        }
    }

    private void makeFolders(Group group, GroupSpec spec) {
        spec.instances().forEach(instance -> hosts.folder(group.name(), instance));
        if (!spec.instances().isEmpty()) {
            folders.accept(group.name(), spec.instances());
        }
    }

    /** Changes what the members of a group's request say of it, and which instances it has. */
    public CodeDeploy change(GroupSpec spec) {
        synchronized (timeline) {
            try {
                Application application =
                        applications.get(spec.node().path("applicationName").asText());
                Group group = application.group(
                        spec.node().path("deploymentGroupName").asText());
                new GroupSettings(configs).apply(group.settings(), spec.node());
                if (!group.fleet().instances().equals(spec.instances())) {
                    group.fleet(new Fleet(spec.instances(), works(spec)));
                    makeFolders(group, spec);
                }
                return this;
            } catch (AwsError e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    /** Deletes an application with its groups, or one of these, unless there is none. */
    public CodeDeploy delete(String application, String group) {
        synchronized (timeline) {
            if (group.isEmpty()) {
                applications.delete(application);
            } else {
                applications.find(application).ifPresent(found -> found.delete(group));
            }
            return this;
        }
    }

    /** The instances of a group, those of blue/green deployments among them. */
    public List<String> instances(String application, String group) {
        synchronized (timeline) {
            return applications
                    .find(application)
                    .flatMap(found -> found.find(group))
                    .map(found -> found.fleet().instances())
                    .orElse(List.of());
        }
    }

    /** Auto Scaling has the group have so many instances, and what it launches gets what the group runs. */
    public CodeDeploy scale(String application, String group, int instances) {
        synchronized (timeline) {
            try {
                Group scaled = applications.find(application).orElseThrow().group(group);
                boolean more = instances > scaled.fleet().instances().size();
                scaled.fleet().resize(instances);
                if (more) {
                    deployments.scaledOut(scaled);
                }
                return this;
            } catch (AwsError e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param group empty for any */
    public boolean has(String application, String group) {
        synchronized (timeline) {
            return applications
                    .find(application)
                    .map(found -> group.isEmpty() || found.find(group).isPresent())
                    .orElse(false);
        }
    }

    private Function<Deployment, EventWork> works(GroupSpec spec) {
        return spec.folders()
                ? deployment -> new FolderEvents(hosts, deployment, spec.variables(), timeline)
                : deployment -> new SimulatedEvents(spec.simulation().plan(timing.event()), timeline);
    }

    /** The folder of an instance of a group made by {@link GroupSpec#folders}. */
    public Path folder(String group, String instance) {
        return hosts.folder(group, instance);
    }

    /** The port on which what is deployed to such an instance may listen; its scripts have it as {@code LOCAL_INSTANCE_PORT}. */
    public int port(String group, String instance) {
        return hosts.port(group, instance);
    }

    /**
     * Has instances get revisions from a git repository of this machine in GitHub's stead.
     *
     * @param name as revisions name it: {@code account/repository}
     */
    public CodeDeploy repository(String name, Path path) {
        bundles.repository(name, path);
        return this;
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
        // Nobody has said which instances there are; functions and services need none.
        Simulation simulation = new Simulation();
        Fleet none = new Fleet(List.of(), deployment -> new SimulatedEvents(simulation.plan(timing.event()), timeline));
        Group group = new Group(application, chance.uuid(), Refusal.groupName(input), none);
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

    /** Ends all deployments, and the processes that they have started. */
    @Override
    public void close() {
        synchronized (timeline) {
            deployments.close();
        }
        hosts.close();
    }
}
