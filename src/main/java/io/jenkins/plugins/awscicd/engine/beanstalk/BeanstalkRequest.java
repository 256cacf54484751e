package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import io.jenkins.plugins.awscicd.engine.option.Given;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateApplicationVersionRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.S3Location;

/**
 * Which version goes to which environment: the arguments of {@code beanstalkDeploy} by name, as far as they were given. Plain data
 * that can be kept with a run, but for the values of option settings, which are {@linkplain #withSettings kept apart}.
 */
public final class BeanstalkRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    static final String BUNDLE = "bundle";
    /** They decide what is deployed. */
    private static final List<String> DECISIVE = List.of(
            BUNDLE,
            "version",
            "versionLabel",
            "includes",
            "excludes",
            BlueGreenArguments.CONTINUE,
            BlueGreenArguments.DISCARD);

    private final Given given;
    /** Whether the bundle is one that this step has uploaded: its key says what is in it. */
    private final boolean uploaded;

    /** @param arguments by name; a {@link Deliverable} as bundle stands for the archive that it has made */
    public BeanstalkRequest(@NonNull Map<String, ?> arguments) {
        this(new Given(resolved(arguments)), false);
    }

    private BeanstalkRequest(Given given, boolean uploaded) {
        this.given = given;
        this.uploaded = uploaded;
    }

    private static Map<String, Object> resolved(Map<String, ?> arguments) {
        Map<String, Object> resolved = new HashMap<>(arguments);
        if (resolved.get(BUNDLE) instanceof Deliverable made) {
            S3Object object = made.deliverable();
            if (object != null) {
                resolved.put(BUNDLE, Map.of("bucket", object.bucket(), "key", object.key()));
            }
        }
        if (resolved.get(BlueGreenArguments.CONTINUE) instanceof BeanstalkResult prepared) {
            resolved.put(BlueGreenArguments.CONTINUE, Prepared.toContinue(prepared));
        }
        if (resolved.get(BlueGreenArguments.DISCARD) instanceof BeanstalkResult prepared) {
            resolved.put(BlueGreenArguments.DISCARD, Prepared.toDiscard(prepared));
        }
        return resolved;
    }

    /** The names of all arguments. */
    @NonNull
    public static List<String> names() {
        return BeanstalkOptions.ALL.names();
    }

    /** What is wrong with the value of an argument by itself; null if nothing is, or there is none. */
    @CheckForNull
    public static String problemOf(@NonNull String name, @CheckForNull String value) {
        return BeanstalkOptions.ALL.problem(name, value);
    }

    /** The application. */
    @NonNull
    public String application() {
        return String.valueOf(given.text("application"));
    }

    /** The environment's name. */
    @NonNull
    public String environment() {
        return String.valueOf(given.text("environment"));
    }

    /** A text argument; null if it was not given. */
    @CheckForNull
    public String text(@NonNull String name) {
        return given.text(name);
    }

    /** The version that already exists and is to be deployed; null if one is to be made. */
    @CheckForNull
    public String version() {
        return given.text("version");
    }

    /** Which environment gets the version, when it is live, and what becomes of a failure. */
    @NonNull
    public BlueGreenArguments blueGreen() {
        return new BlueGreenArguments(given);
    }

    /** Whether nothing is deployed, but a prepared environment ended. */
    public boolean discards() {
        return blueGreen().discards();
    }

    /** Whether the bundle is to be uploaded from a workspace. */
    public boolean fromWorkspace() {
        return given.has(BUNDLE) && bundle() == null;
    }

    /** Where the bundle is in S3; null if it is not there yet, or not needed. */
    @CheckForNull
    public S3Location bundle() {
        Object bundle = given.get(BUNDLE);
        return bundle == null ? null : BundleArgument.read(bundle);
    }

    /** Whether the bundle was uploaded from a workspace, into this job's own folder, under a key that is its content's digest. */
    public boolean uploaded() {
        return uploaded;
    }

    /** How much may be uploaded, in bytes. */
    public long maxBytes() {
        Long megabytes = given.number("maxUploadMb");
        return (megabytes == null ? BeanstalkOptions.LARGEST_MB : megabytes) << 20;
    }

    public boolean reusesVersion() {
        return !"false".equalsIgnoreCase(given.text("reuseVersion"));
    }

    public boolean failsWhenBusy() {
        return "fail".equals(given.text("whenBusy"));
    }

    public boolean abortsOwn() {
        return "abortOwn".equals(given.text("whenBusy"));
    }

    public boolean newestWins() {
        return "newestWins".equals(given.text("whenBusy"));
    }

    /** What the environment is to be like. */
    @NonNull
    public EnvironmentArguments forEnvironment() {
        return new EnvironmentArguments(given);
    }

    /** This request without option settings. */
    @NonNull
    public BeanstalkRequest withoutSettings() {
        return new BeanstalkRequest(given.without(EnvironmentOptions.SETTINGS), uploaded);
    }

    /** The option settings as given, each a map of its parts: their values are secret. Empty if there are none. */
    @NonNull
    public List<Map<String, Object>> settings() {
        return forEnvironment().settings();
    }

    /** The values of the option settings, any of which may be the ARN of a role. Secret. */
    @NonNull
    public List<String> values() {
        return settings().stream()
                .map(setting -> String.valueOf(setting.get("value")))
                .toList();
    }

    /** The environments that the version goes to, or that change places, as far as their names are known. */
    @NonNull
    public List<String> environments() {
        List<String> names = new ArrayList<>();
        Stream.of("environment", "twin")
                .map(given::text)
                .filter(Objects::nonNull)
                .forEach(names::add);
        Prepared prepared = blueGreen().continued();
        if (prepared != null) {
            names.add(prepared.green());
        }
        return names;
    }

    /** What customers come by to what the step touches, or are going to: CNAMEs, or what is before their first dot. */
    @NonNull
    public List<String> cnames() {
        return Stream.of("cname", EnvironmentOptions.CNAME)
                .map(given::text)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The label that is deployed as it is; null if a version is made of a bundle. */
    @CheckForNull
    public String existingVersion() {
        Prepared prepared = blueGreen().continued();
        String label = prepared == null ? null : prepared.versionLabel();
        return label == null ? version() : label;
    }

    /** This request with option settings. */
    @NonNull
    public BeanstalkRequest withSettings(@NonNull List<? extends Map<String, ?>> settings) {
        return new BeanstalkRequest(given.with(EnvironmentOptions.SETTINGS, settings), uploaded);
    }

    /** Whether the instances' logs are to be told after a failure. */
    public boolean reportsLogs() {
        return !given.has("logTail") || given.flag("logTail");
    }

    /** How long the step may take; null if as long as it likes. */
    @CheckForNull
    public Duration timeout() {
        return given.minutes("timeoutMinutes");
    }

    public WantedHealth health() {
        String wanted = given.text("health");
        List<String> colours = "any".equals(wanted)
                ? List.of()
                : "Yellow".equals(wanted) ? List.of("Green", "Yellow") : List.of("Green");
        Duration hold = given.minutes("healthMinutes", 0);
        Duration bake = blueGreen().bake();
        return new WantedHealth(
                colours, hold.compareTo(bake) < 0 ? bake : hold, given.minutes("healthTimeoutMinutes", 10));
    }

    /**
     * What is wrong with the arguments, a sentence each that begins with the argument's name and says what to do; empty if
     * nothing is.
     */
    @NonNull
    public List<String> problems() {
        return new BeanstalkProblems(given, this).all();
    }

    /** What is doubtful about it, though it can be deployed, a sentence each; empty if nothing is. */
    @NonNull
    public List<String> doubts() {
        return given.doubts(DECISIVE);
    }

    /** This request with the bundle where it was uploaded to. */
    @NonNull
    public BeanstalkRequest withBundle(@NonNull String bucket, @NonNull String key) {
        return new BeanstalkRequest(given.with(BUNDLE, Map.of("bucket", bucket, "key", key)), true);
    }

    /** This request for another environment, which is updated in place. */
    @NonNull
    public BeanstalkRequest on(@NonNull String environment) {
        return new BeanstalkRequest(given.with("environment", environment), uploaded);
    }

    public CreateApplicationVersionRequest.Builder toCreateApplicationVersion() {
        return BeanstalkOptions.ALL.write(given.all(), CreateApplicationVersionRequest.builder());
    }
}
