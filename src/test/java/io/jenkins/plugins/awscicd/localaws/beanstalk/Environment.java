package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** An environment: what it runs, and how it is. */
public final class Environment {

    private final Timeline timeline;
    private final Launcher launcher;
    private final String arn;
    private final String id;
    private final String name;
    private final Application application;
    private final Instant created;
    private final Map<String, String> tags = new TreeMap<>();
    private final List<Instance> instances = new ArrayList<>();
    private final Map<String, EnvironmentInfo> infos = new TreeMap<>();
    private List<Instance> additional = List.of();
    private InstanceWork work;
    private Platform platform;
    private Options options = new Options();
    private String tier = "WebServer";
    private String description;
    private String templateName;
    private String cname;
    private Version version;
    private long deploymentId;
    private EnvironmentStatus status = EnvironmentStatus.LAUNCHING;
    private Course course;
    private Instant updated;
    private Instant visible;
    private Instant settled;

    /** Makes instances. */
    @FunctionalInterface
    interface Launcher {
        Instance launch(Environment environment);
    }

    Environment(Timeline timeline, Launcher launcher, String arn, String id, String name, Application application) {
        this.timeline = timeline;
        this.launcher = launcher;
        this.arn = arn;
        this.id = id;
        this.name = name;
        this.application = application;
        created = timeline.now();
        updated = created;
        visible = created;
        settled = created;
    }

    /** Such as {@code e-abcdefghij}. */
    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String applicationName() {
        return application.name();
    }

    /** What is true, whatever DescribeEnvironments may still say. */
    public EnvironmentStatus status() {
        synchronized (timeline) {
            return status;
        }
    }

    /** The version that is to run, which changes when a deployment has succeeded. */
    public String versionLabel() {
        synchronized (timeline) {
            return version.label();
        }
    }

    public List<String> instanceIds() {
        synchronized (timeline) {
            return instances.stream().map(Instance::id).toList();
        }
    }

    /** Which version every instance got last, in the order of {@link #instanceIds}. */
    public List<String> instanceVersions() {
        synchronized (timeline) {
            return instances.stream().map(Instance::versionLabel).toList();
        }
    }

    public String cname() {
        synchronized (timeline) {
            return cname;
        }
    }

    String arn() {
        return arn;
    }

    Application application() {
        return application;
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        return updated;
    }

    Map<String, String> tags() {
        return tags;
    }

    Options options() {
        return options;
    }

    void options(Options value) {
        options = value;
    }

    Platform platform() {
        return platform;
    }

    void platform(Platform value) {
        platform = value;
    }

    String tier() {
        return tier;
    }

    void tier(String value) {
        tier = value;
    }

    String description() {
        return description;
    }

    void description(String value) {
        description = value;
    }

    void templateName(String value) {
        templateName = value;
    }

    void cname(String value) {
        cname = value;
    }

    Version version() {
        return version;
    }

    void version(Version value) {
        version = value;
    }

    InstanceWork work() {
        return work;
    }

    void work(InstanceWork value) {
        work = value;
    }

    /** The id of the deployment that was begun last. */
    long deploymentId() {
        return deploymentId;
    }

    long nextDeployment() {
        deploymentId++;
        return deploymentId;
    }

    /** Those of the environment for good; may be changed. */
    List<Instance> instances() {
        return instances;
    }

    /** Those of the environment while a deployment replaces the others. */
    void additional(List<Instance> value) {
        additional = List.copyOf(value);
    }

    List<Instance> allInstances() {
        List<Instance> all = new ArrayList<>(instances);
        all.addAll(additional);
        return all;
    }

    /** New instances, which do not belong to the environment yet. */
    List<Instance> launch(int count) {
        List<Instance> launched = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            launched.add(launcher.launch(this));
        }
        return launched;
    }

    void terminate(List<Instance> which) {
        List<Instance> gone = List.copyOf(which);
        instances.removeAll(gone);
        gone.forEach(work::terminate);
    }

    /** Logs that were asked for, by the instance's id. */
    Map<String, EnvironmentInfo> infos() {
        return infos;
    }

    /** What can be aborted; {@code null} when there is nothing. */
    Course course() {
        return course;
    }

    void course(Course value) {
        course = value;
    }

    void become(EnvironmentStatus next) {
        status = next;
        updated = timeline.now();
        visible = updated;
        settled = updated;
    }

    /** As {@link #become}, but DescribeEnvironments does not see it for a time. */
    void updating(Duration lag) {
        become(EnvironmentStatus.UPDATING);
        visible = updated.plus(lag);
    }

    /** Ready again, and after a time also its health can be told. */
    void ready(Duration settling) {
        become(EnvironmentStatus.READY);
        course = null;
        settled = updated.plus(settling);
    }

    private EnvironmentStatus shownStatus() {
        return timeline.now().isBefore(visible) ? EnvironmentStatus.READY : status;
    }

    boolean enhanced() {
        return options.get("aws:elasticbeanstalk:healthreporting:system", "SystemType")
                .equals("enhanced");
    }

    Health health() {
        return switch (shownStatus()) {
            case LAUNCHING -> Health.of(HealthStatus.PENDING);
            case TERMINATING, TERMINATED -> Health.of(HealthStatus.UNKNOWN);
            case UPDATING, ABORTING -> updatingHealth();
            case READY ->
                timeline.now().isBefore(settled) ? new Health(HealthStatus.INFO, "Grey", List.of()) : readyHealth();
        };
    }

    private Health updatingHealth() {
        long busy = allInstances().stream().filter(Instance::inProgress).count();
        List<String> causes = busy == 0
                ? List.of()
                : List.of("Application update in progress on " + busy + " out of "
                        + allInstances().size() + " instances.");
        // New instances do not put the old ones out of service.
        return new Health(HealthStatus.INFO, course instanceof Replacement ? "Green" : "Grey", causes);
    }

    private Health readyHealth() {
        long wrong = instances.stream().filter(this::wrong).count();
        if (wrong > 0) {
            String where = wrong == instances.size()
                    ? "all instances."
                    : wrong + " out of " + instances.size() + " instances.";
            return Health.of(
                    HealthStatus.DEGRADED, "Incorrect application version found on " + where + " " + expected());
        }
        return instances.stream()
                .map(this::healthOf)
                .max(Comparator.comparing(Health::status))
                .orElse(Health.of(HealthStatus.NO_DATA, "There are no instances."));
    }

    private boolean wrong(Instance instance) {
        return instance.failed() || !version.label().equals(instance.versionLabel());
    }

    private String expected() {
        long deployment = instances.stream()
                .filter(instance -> !wrong(instance))
                .mapToLong(Instance::deploymentId)
                .max()
                .orElse(Math.max(1, deploymentId - 1));
        return "Expected version \"" + version.label() + "\" (deployment " + deployment + ").";
    }

    Health healthOf(Instance instance) {
        if (instance.inProgress()) {
            return Health.of(HealthStatus.INFO, "Application update in progress (running for a moment).");
        }
        if (shownStatus() == EnvironmentStatus.READY && wrong(instance)) {
            return Health.of(
                    HealthStatus.DEGRADED,
                    "Incorrect application version \"" + instance.versionLabel() + "\" (deployment "
                            + instance.deploymentId() + "). " + expected());
        }
        return work.health(instance, instance.versionLabel());
    }

    /** EnvironmentDescription, as DescribeEnvironments has it. */
    void writeTo(Xml xml, String platformArn) throws XMLStreamException {
        writeTo(xml, platformArn, shownStatus());
    }

    /** EnvironmentDescription, as UpdateEnvironment itself has it, which is not late. */
    void writeUpdating(Xml xml, String platformArn) throws XMLStreamException {
        writeTo(xml, platformArn, status);
    }

    private void writeTo(Xml xml, String platformArn, EnvironmentStatus shown) throws XMLStreamException {
        Health health = health();
        boolean there = shown != EnvironmentStatus.TERMINATED;
        xml.text("EnvironmentName", name)
                .text("EnvironmentId", id)
                .text("ApplicationName", application.name())
                .text("VersionLabel", version.label())
                .text("SolutionStackName", platform.stack())
                .text("PlatformArn", platformArn)
                .text("TemplateName", templateName)
                .text("Description", description)
                .text("EndpointURL", there && shown != EnvironmentStatus.LAUNCHING ? endpoint() : null)
                .text("CNAME", there ? cname : null)
                .text("DateCreated", Shapes.time(created))
                .text("DateUpdated", Shapes.time(updated))
                .text("Status", shown.text())
                .text("AbortableOperationInProgress", course != null && shown == EnvironmentStatus.UPDATING)
                .text("Health", health.color())
                .text("HealthStatus", enhanced() ? health.status().text() : null)
                .element(
                        "Tier",
                        element -> element.text("Name", tier)
                                .text("Type", tier.equals("Worker") ? "SQS/HTTP" : "Standard")
                                .text("Version", "1.0"))
                .element("EnvironmentLinks", links -> {})
                .text("EnvironmentArn", arn);
    }

    /** The load balancer's name. */
    String endpoint() {
        return "awseb-" + id + "-AWSEBLoadBalancer-" + id.substring(2).toUpperCase(java.util.Locale.ROOT)
                + ".elb.amazonaws.com";
    }
}
