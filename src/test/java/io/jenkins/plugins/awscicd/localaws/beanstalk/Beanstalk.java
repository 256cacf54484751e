package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Elastic Beanstalk of one place, for tests: its applications, versions and environments. */
public final class Beanstalk implements AutoCloseable {

    private final Place place;
    private final Timeline timeline;
    private final BeanstalkTiming timing;
    private final S3 s3;
    private final Supplier<URI> endpoint;
    private final Applications applications;
    private final Environments environments = new Environments();
    private final Events events = new Events();
    private final EnvironmentLife life;
    private final Random random = new Random(20_101_201);
    private final Path folders;
    private final Set<String> folderApplications = new HashSet<>();
    private final Map<String, Simulation> simulations = new HashMap<>();
    private final Environment.Launcher launcher = new Instances();
    private boolean hasRoom = true;
    private long instances;
    private final Set<Dialect> dialects = EnumSet.noneOf(Dialect.class);
    private boolean hidden;
    private boolean eventsHidden;

    /**
     * @param folders where instances have their folders
     * @param endpoint of local AWS, for the links to logs
     */
    public Beanstalk(
            Place place, SimulatedTime time, BeanstalkTiming timing, S3 s3, Path folders, Supplier<URI> endpoint) {
        this.place = place;
        this.timing = timing;
        this.s3 = s3;
        this.folders = folders;
        this.endpoint = endpoint;
        timeline = new Timeline(time);
        applications = new Applications(place);
        life = new EnvironmentLife(timeline, timing, events);
    }

    /** Told of each event. */
    public Beanstalk whenTold(Consumer<Event> listener) {
        synchronized (timeline) {
            events.whenAdded(listener);
            return this;
        }
    }

    /** Creates an application. */
    public Beanstalk application(String name) {
        synchronized (timeline) {
            return carryOut(() -> applications.create(name, timeline.now()));
        }
    }

    /** Creates an application version from an object of S3, which is not looked at, and its application unless there is one. */
    public Beanstalk version(String application, String label, String bucket, String key) {
        synchronized (timeline) {
            return carryOut(() -> applications.addVersion(
                    application(application, true), label, bucket, key, Version.Status.UNPROCESSED, timeline.now()));
        }
    }

    /** The labels of an application's versions, the newest first. */
    public List<String> versionLabels(String application) {
        synchronized (timeline) {
            return applications
                    .find(application)
                    .map(found -> found.versionsNewestFirst().stream()
                            .map(Version::label)
                            .toList())
                    .orElse(List.of());
        }
    }

    /** Where the source bundle of an application version is, as {@code bucket/key}; empty if there is no such version. */
    public Optional<String> bundle(String application, String label) {
        synchronized (timeline) {
            return applications.find(application).stream()
                    .flatMap(found -> found.versionsNewestFirst().stream())
                    .filter(version -> version.label().equals(label) && version.bucket() != null)
                    .map(version -> version.bucket() + "/" + version.key())
                    .findFirst();
        }
    }

    /** The names of an application's saved configurations. */
    public List<String> templateNames(String application) {
        synchronized (timeline) {
            return applications
                    .find(application)
                    .map(found -> List.copyOf(found.templates().keySet()))
                    .orElse(List.of());
        }
    }

    /** Begins to terminate an environment, unless there is none. */
    public Beanstalk terminate(String environmentName) {
        synchronized (timeline) {
            return carryOut(() -> {
                if (environments.find(environmentName).isPresent()) {
                    life.terminate(environment(environmentName), true, "by-cloudformation");
                }
            });
        }
    }

    /** Deletes an application, unless there is none. */
    public Beanstalk deleteApplication(String name) {
        synchronized (timeline) {
            applications.delete(name);
            return this;
        }
    }

    /** Creates an environment that is Ready. */
    public Beanstalk environment(EnvironmentSpec spec) {
        synchronized (timeline) {
            return carryOut(() -> create(spec));
        }
    }

    private void create(EnvironmentSpec spec) throws AwsError {
        Application application = application(spec.application(), true);
        Platform platform = Platform.ofStack(spec.solutionStack());
        Environment environment = newEnvironment(application, spec.environment(), spec.cnamePrefix());
        simulations.put(spec.environment(), spec.simulation());
        if (spec.folders()) {
            folderApplications.add(application.name());
        }
        environment.work(spec.folders() ? folders(environment, spec.ports()) : simulated(environment));
        environment.platform(platform);
        environment.options(spec.options().copy());
        environment.tags().putAll(spec.tags());
        String label = spec.versionLabel();
        if (label != null && application.find(label).isEmpty()) {
            applications.addVersion(application, label, null, null, Version.Status.PROCESSED, timeline.now());
        }
        environment.version(label == null ? application.sample() : application.version(label));
        List<Instance> launched = environment.launch(spec.instances());
        long deployment = environment.nextDeployment();
        for (Instance instance : launched) {
            instance.deploying(environment.versionLabel(), deployment, timeline.now());
            instance.deployed(true, timeline.now());
        }
        environment.instances().addAll(launched);
        environment.ready(Duration.ZERO);
    }

    /** The names of all that were not terminated. */
    public List<String> environmentNames() {
        return living().stream().map(Environment::name).toList();
    }

    /** The environments that have not been terminated. */
    public List<Environment> living() {
        synchronized (timeline) {
            return environments.living();
        }
    }

    /** Whether there is an environment of this name. */
    public boolean has(String environmentName) {
        synchronized (timeline) {
            return environments.find(environmentName).isPresent();
        }
    }

    /**
     * An environment by its name.
     *
     * @throws NoSuchElementException if there is none, or it has been terminated
     */
    public Environment environment(String name) {
        synchronized (timeline) {
            return environments.find(name).orElseThrow(() -> new NoSuchElementException("No environment " + name));
        }
    }

    /** The folder of the first instance of an environment made by {@link EnvironmentSpec#folders}. */
    public Path folder(String environmentName) {
        synchronized (timeline) {
            Environment environment = environment(environmentName);
            return folders.resolve(environmentName)
                    .resolve(environment.instances().get(0).id());
        }
    }

    /** How a simulated environment of a name behaves, which CreateEnvironment may make only later. */
    public Simulation simulation(String environmentName) {
        synchronized (timeline) {
            return simulations.computeIfAbsent(environmentName, name -> new Simulation());
        }
    }

    /** All events of an environment, the oldest first. */
    public List<Event> events(String environmentName) {
        synchronized (timeline) {
            return events.matching(event -> environmentName.equals(event.environmentName()));
        }
    }

    /** How many application versions there may be in all; 1,000 by default. */
    public Beanstalk versionQuota(int most) {
        synchronized (timeline) {
            applications.versionQuota(most);
            return this;
        }
    }

    /** Has the Describe calls answer as they do to whoever may not see anything: with empty lists, and no error. */
    public Beanstalk hidden(boolean value) {
        synchronized (timeline) {
            hidden = value;
            return this;
        }
    }

    /** Has environments behave in one of several ways that AWS may have. */
    public Beanstalk dialect(Dialect dialect) {
        synchronized (timeline) {
            dialects.add(dialect);
            return this;
        }
    }

    /** Something that may be refused, and in tests is not meant to be. */
    @FunctionalInterface
    private interface Refusable {
        void run() throws AwsError;
    }

    private Beanstalk carryOut(Refusable work) {
        try {
            work.run();
            return this;
        } catch (AwsError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** @param create whether to, if there is none */
    Application application(String name, boolean create) throws AwsError {
        return create && applications.find(name).isEmpty()
                ? applications.create(name, timeline.now())
                : applications.get(name);
    }

    /** An environment without anything, which is launching. */
    Environment newEnvironment(Application application, String name, String cnamePrefix) throws AwsError {
        if (environments.find(name).isPresent()) {
            throw Refusal.value("Environment " + name + " already exists.");
        }
        String cname = cnamePrefix == null
                ? name + ".eba-" + letters(8) + "." + place.region() + ".elasticbeanstalk.com"
                : cname(cnamePrefix);
        if (!available(cname)) {
            throw Refusal.value("DNS name (" + cname + ") is not available.");
        }
        Environment environment = new Environment(
                timeline,
                launcher,
                place.arn("elasticbeanstalk", "environment/" + application.name() + "/" + name),
                "e-" + letters(10),
                name,
                application,
                dialects);
        environment.cname(cname);
        environments.add(environment);
        return environment;
    }

    String cname(String prefix) {
        return prefix.toLowerCase(Locale.ROOT) + "." + place.region() + ".elasticbeanstalk.com";
    }

    boolean available(String cname) {
        return environments.all().stream()
                .noneMatch(one -> one.status() != EnvironmentStatus.TERMINATED
                        && one.cname().equals(cname));
    }

    private String letters(int count) {
        return random.ints(count, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** For an environment that the API makes: folders, if the application has got some before. */
    InstanceWork work(Environment environment) {
        return folderApplications.contains(environment.applicationName())
                ? folders(environment, List.of())
                : simulated(environment);
    }

    private InstanceWork simulated(Environment environment) {
        return new SimulatedWork(simulation(environment.name()), timeline);
    }

    private InstanceWork folders(Environment environment, List<Integer> ports) {
        return new FolderWork(
                folders.resolve(environment.name()),
                s3,
                timeline,
                () -> environment.options().variables(),
                ports);
    }

    private final class Instances implements Environment.Launcher {

        @Override
        public boolean hasRoom() {
            return hasRoom;
        }

        @Override
        public Instance launch() {
            instances++;
            return new Instance("i-%017x".formatted(instances), timeline.now());
        }
    }

    /** Whether EC2 has room for more instances. Those that there are stay. */
    public Beanstalk room(boolean value) {
        synchronized (timeline) {
            hasRoom = value;
            return this;
        }
    }

    /** The bucket that Elastic Beanstalk keeps things in, which is made. */
    public String storageLocation() {
        String bucket = "elasticbeanstalk-" + place.region() + "-" + place.account();
        s3.createBucket(bucket, false, place.region());
        return bucket;
    }

    /** Guards all that follows. */
    Timeline timeline() {
        return timeline;
    }

    Place place() {
        return place;
    }

    BeanstalkTiming timing() {
        return timing;
    }

    S3 s3() {
        return s3;
    }

    /** The same of DescribeEvents alone. */
    public Beanstalk hideEvents() {
        synchronized (timeline) {
            eventsHidden = true;
            return this;
        }
    }

    boolean eventsHidden() {
        return hidden || eventsHidden;
    }

    URI endpoint() {
        return endpoint.get();
    }

    boolean hidden() {
        return hidden;
    }

    Applications applications() {
        return applications;
    }

    Environments environments() {
        return environments;
    }

    Events events() {
        return events;
    }

    EnvironmentLife life() {
        return life;
    }

    /** Ends all that was started. */
    @Override
    public void close() {
        List<Environment> all;
        synchronized (timeline) {
            all = environments.all();
            all.forEach(environment -> environment.work().breakOff());
        }
        all.forEach(environment -> environment.work().close());
    }
}
