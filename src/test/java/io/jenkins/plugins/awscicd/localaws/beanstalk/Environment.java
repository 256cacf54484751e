package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An environment: what it runs, and how it is. */
public final class Environment {

    private final Timeline timeline;
    private final Launcher launcher;
    private final String arn;
    private final String id;
    private final String name;
    private final Application application;
    private final Instant created;
    private final Set<Dialect> dialects;
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
    private String operationsRole;
    private String cname;
    private Version version;
    private Version deploying;
    private long deploymentId;
    private EnvironmentStatus status = EnvironmentStatus.LAUNCHING;
    private Course course;
    private Instant updated;
    private Instant visible;
    private Instant settled;

    /** Makes instances. */
    interface Launcher {
        /** Whether EC2 has room for one. */
        boolean hasRoom();

        Instance launch();
    }

    Environment(
            Timeline timeline,
            Launcher launcher,
            String arn,
            String id,
            String name,
            Application application,
            Set<Dialect> dialects) {
        this.timeline = timeline;
        this.launcher = launcher;
        this.arn = arn;
        this.id = id;
        this.name = name;
        this.application = application;
        this.dialects = dialects;
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

    /** Waits in real time until the environment is Ready, and says whether it is. For environments whose instances are folders. */
    public boolean awaitReady(Duration most) throws InterruptedException {
        return timeline.await(() -> status == EnvironmentStatus.READY, most);
    }

    /** Waits in real time until the logs that were asked for are there, and says whether they are. */
    public boolean awaitLogs(Duration most) throws InterruptedException {
        return timeline.await(() -> !infos.isEmpty(), most);
    }

    /** The version that is to run, which changes when a deployment has succeeded. */
    public String versionLabel() {
        synchronized (timeline) {
            return version.label();
        }
    }

    /** The version that it counts as running, as DescribeEnvironments has it. */
    String shownVersionLabel() {
        return has(Dialect.LABEL_AT_ONCE) && deploying != null ? deploying.label() : version.label();
    }

    /** The label of the version that is on its way; {@code null} if none is. */
    public String deployingLabel() {
        synchronized (timeline) {
            return deploying == null ? null : deploying.label();
        }
    }

    /** The version that is on its way; {@code null} if none is. */
    void deploying(Version value) {
        deploying = value;
    }

    public List<String> instanceIds() {
        synchronized (timeline) {
            return instances.stream().map(Instance::id).toList();
        }
    }

    /** Where the application of a folder environment answers, such as {@code http://127.0.0.1:5000}; {@code null} otherwise. */
    public String url() {
        synchronized (timeline) {
            String address = instances.isEmpty() ? null : work.address(instances.get(0));
            return address == null ? null : "http://" + address;
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

    /** {@code null} if it has none. */
    String description() {
        return description;
    }

    void description(String value) {
        description = value;
    }

    /** {@code null} if it was not made from one. */
    String templateName() {
        return templateName;
    }

    void templateName(String value) {
        templateName = value;
    }

    /** {@code null} if the caller's own permissions are used. */
    String operationsRole() {
        return operationsRole;
    }

    void operationsRole(String value) {
        operationsRole = value;
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

    /** Whether it has an instance on which a version can run. */
    public boolean hasInstances() {
        synchronized (timeline) {
            return !instances.isEmpty();
        }
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

    boolean hasRoom() {
        return launcher.hasRoom();
    }

    /** New instances, which do not belong to the environment yet. */
    List<Instance> launch(int count) {
        List<Instance> launched = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            launched.add(launcher.launch());
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
        boolean ending = status == EnvironmentStatus.TERMINATING || status == EnvironmentStatus.TERMINATED;
        if (ending && next != EnvironmentStatus.TERMINATED) {
            return; // what was under way when its end was forced has come to nothing
        }
        status = next;
        updated = timeline.now();
        visible = updated;
        settled = updated;
    }

    /** Its termination has failed. */
    void survive() {
        status = EnvironmentStatus.READY;
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
        deploying = null;
        settled = updated.plus(settling);
    }

    /** What DescribeEnvironments says, which is late. */
    EnvironmentStatus shownStatus() {
        return timeline.now().isBefore(visible) ? EnvironmentStatus.READY : status;
    }

    boolean settling() {
        return timeline.now().isBefore(settled);
    }

    /** Whether it behaves in this way. */
    boolean has(Dialect dialect) {
        return dialects.contains(dialect);
    }

    /** Whether it has more to tell of its health than a colour. */
    boolean enhanced() {
        return options.get("aws:elasticbeanstalk:healthreporting:system", "SystemType")
                .equals("enhanced");
    }

    /** The load balancer's name, or where the first instance really answers. */
    String endpoint() {
        String address = instances.isEmpty() ? null : work.address(instances.get(0));
        return address != null
                ? address
                : "awseb-" + id + "-AWSEBLoadBalancer-" + id.substring(2).toUpperCase(Locale.ROOT)
                        + ".elb.amazonaws.com";
    }
}
