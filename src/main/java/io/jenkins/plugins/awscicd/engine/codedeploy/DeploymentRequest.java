package io.jenkins.plugins.awscicd.engine.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import io.jenkins.plugins.awscicd.engine.bundle.UploadedObject;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.LiveOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;

/** What is deployed, where and how: the arguments of {@code codeDeploy} by name, as far as they were given. */
public final class DeploymentRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final String REVISION = "revision";
    static final String CONTINUE = "continueAfterReady";
    static final String STOP = "stop";
    static final String WATCH = "watch";
    /** They decide what is deployed, and how. */
    private static final List<String> DECISIVE = List.of(
            REVISION, CONTINUE, STOP, WATCH, "directory", "includes", "excludes", "appspec", "deploymentConfig");

    /** They change what goes live, or how. */
    private static final List<String> LIVE = List.of(
            "deploymentMode",
            "deploymentConfig",
            "fileExistsBehavior",
            "ignoreApplicationStopFailures",
            "updateOutdatedInstancesOnly",
            "targetInstances",
            "autoRollback",
            "alarms");

    private final Given given;

    /**
     * @param arguments by name. As revision, a {@link Deliverable} stands for the archive that it has made, and a
     *     {@link DeploymentResult} or its {@link Revision} for what was deployed then; to be continued, stopped or watched,
     *     a {@link DeploymentResult} stands for its deployment.
     */
    public DeploymentRequest(@NonNull Map<String, ?> arguments) {
        this(new Given(resolved(arguments)));
    }

    private DeploymentRequest(Given given) {
        this.given = given;
    }

    private static Map<String, Object> resolved(Map<String, ?> arguments) {
        Map<String, Object> resolved = new HashMap<>(arguments);
        if (resolved.get(REVISION) instanceof DeploymentResult earlier) {
            resolved.put(REVISION, earlier.getRevision());
        }
        if (resolved.get(REVISION) instanceof Revision deployed
                && !deployed.argument().isEmpty()) {
            resolved.put(REVISION, deployed.argument());
        }
        if (resolved.get(REVISION) instanceof Deliverable made) {
            S3Object object = made.deliverable();
            if (object != null) {
                resolved.put(REVISION, Map.of("bucket", object.bucket(), "key", object.key(), "type", object.type()));
            }
        }
        for (String name : DeploymentProblems.OF_EARLIER.keySet()) {
            if (resolved.get(name) instanceof DeploymentResult earlier) {
                resolved.put(name, earlier.getId());
            }
        }
        return resolved;
    }

    /** The names of all arguments. */
    @NonNull
    public static List<String> names() {
        return DeploymentOptions.ALL.names();
    }

    /** What is wrong with the value of an argument by itself; null if nothing is, or there is none. */
    @CheckForNull
    public static String problemOf(@NonNull String name, @CheckForNull String value) {
        return DeploymentOptions.ALL.problem(name, value);
    }

    /** The CodeDeploy application; empty if an earlier deployment is continued. */
    @NonNull
    public String application() {
        String name = given.text("application");
        return name == null ? "" : name;
    }

    /** The deployment group; empty if none is needed. */
    @NonNull
    public String group() {
        String name = given.text("deploymentGroup");
        return name == null ? "" : name;
    }

    /** A text argument; null if it was not given. */
    @CheckForNull
    public String text(@NonNull String name) {
        return given.text(name);
    }

    /** What besides the revision changes what goes live, as text by the arguments' names. */
    @NonNull
    public SortedMap<String, String> live() {
        return LiveOptions.of(given, LIVE);
    }

    /** Whether the revision is to be bundled and uploaded from a workspace. */
    public boolean fromWorkspace() {
        return RevisionArgument.WORKSPACE.equals(given.get(REVISION));
    }

    /** Whether the revision is only to be made known to the application, not deployed. */
    public boolean registerOnly() {
        return given.flag("registerOnly");
    }

    /** The earlier deployment that is to be continued, stopped or watched; null if a new one is made. */
    @CheckForNull
    public String earlier() {
        return DeploymentProblems.OF_EARLIER.keySet().stream()
                .filter(given::has)
                .map(given::text)
                .findFirst()
                .orElse(null);
    }

    /** Whether anything is deployed, or goes on being: what is only stopped or watched does not. */
    public boolean deploys() {
        return aim() == Aim.CREATE || aim() == Aim.CONTINUE;
    }

    /** Whether an earlier deployment is only watched, and goes on whatever becomes of the step. */
    public boolean onlyWatches() {
        return aim() == Aim.WATCH;
    }

    public Aim aim() {
        return given.has(CONTINUE)
                ? Aim.CONTINUE
                : given.has(STOP) ? Aim.STOP : given.has(WATCH) ? Aim.WATCH : Aim.CREATE;
    }

    /** The wait that is to be ended by continuing. */
    @NonNull
    public WaitType waitType() {
        String meant = given.text("waitType");
        return meant == null ? WaitType.READY_WAIT : WaitType.valueOf(meant);
    }

    /** Whether what is stopped is also rolled back, whatever its group says. */
    public boolean rollsBack() {
        return given.flag("rollBack");
    }

    /** How far the deployment is watched. */
    @NonNull
    public Until until() {
        String wait = given.text("wait");
        return switch (wait == null ? "true" : wait) {
            case "ready" -> Until.READY;
            case "shifted" -> Until.SHIFTED;
            case "false" -> Until.STARTED;
            default -> Until.ENDED;
        };
    }

    /** How far a deployment is watched. */
    public enum Until {
        STARTED,
        /** Or till it needs to be continued. */
        READY,
        /** Or till the original waits for termination. */
        SHIFTED,
        ENDED
    }

    /** How long the deployment may take, the wait for its turn included; null if as long as AWS allows. */
    @CheckForNull
    public Duration timeout() {
        return given.minutes("timeoutMinutes");
    }

    /** How much of a workspace may be uploaded, in MB; null if that was not said. */
    @CheckForNull
    public Long maxUploadMb() {
        return given.number("maxUploadMb");
    }

    public boolean failsWhenBusy() {
        return "fail".equals(given.text("whenBusy"));
    }

    public boolean newestWins() {
        return "newestWins".equals(given.text("whenBusy"));
    }

    /** Whether the application is restarted as it is. */
    public boolean restarts() {
        return DeploymentOptions.RESTART.equals(given.text("deploymentMode"));
    }

    /**
     * What is wrong with the arguments, a sentence each that begins with the argument's name and says what to do; empty if
     * nothing is.
     */
    @NonNull
    public List<String> problems() {
        return new DeploymentProblems(this, given).all();
    }

    /** What is doubtful about it, though AWS may take it, a sentence each; empty if nothing is. */
    @NonNull
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>(given.doubts(DECISIVE));
        if (given.get(REVISION) instanceof Map<?, ?> revision) {
            for (String part : List.of("version", "eTag")) {
                if (revision.containsKey(part) && revision.get(part) == null) {
                    doubts.add(Given.isNull(REVISION + ": " + part));
                }
            }
        }
        doubts.addAll(RevisionArgument.doubts(given.get(REVISION)));
        return doubts;
    }

    /** This request with the revision that was made of the workspace. */
    @NonNull
    public DeploymentRequest withRevision(@NonNull UploadedObject made) {
        Map<String, String> revision = new TreeMap<>(Map.of("bucket", made.bucket(), "key", made.key(), "type", "zip"));
        if (made.version() != null) {
            revision.put("version", made.version());
        }
        return new DeploymentRequest(given.with(REVISION, revision));
    }

    /** What is deployed, with a revision that need not be made first; null if there is none. */
    @CheckForNull
    public Revision deployed() {
        return Revision.of(revision());
    }

    /**
     * A revision that was deployed, as AWS tells it, with the content of its AppSpec where AWS leaves that out and it was given
     * here.
     */
    @CheckForNull
    Revision reusable(@CheckForNull Revision deployed) {
        Revision asked = fromWorkspace() ? null : deployed();
        return deployed != null && asked != null && deployed.argument().isEmpty() && deployed.equals(asked)
                ? asked
                : deployed;
    }

    /** Where the revision is; null if there is none. */
    @CheckForNull
    public RevisionLocation revision() {
        Object revision = given.get(REVISION);
        return revision == null ? null : RevisionArgument.read(revision);
    }

    public CreateDeploymentRequest.Builder toCreateDeployment() {
        return DeploymentOptions.ALL.write(given.all(), CreateDeploymentRequest.builder());
    }
}
