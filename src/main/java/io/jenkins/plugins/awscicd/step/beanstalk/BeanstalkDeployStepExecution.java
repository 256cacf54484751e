package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Prepared;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.PreparedUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.SavedConfiguration;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.Outcome;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.step.SealedVariables;
import io.jenkins.plugins.awscicd.step.job.Deploying;
import io.jenkins.plugins.awscicd.step.job.RemoteJobExecution;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import software.amazon.awssdk.services.elasticbeanstalk.model.S3Location;

/** A deployment to an environment of Elastic Beanstalk in the life of a Pipeline. */
final class BeanstalkDeployStepExecution extends RemoteJobExecution<EnvironmentSnapshot>
        implements Deploying<EnvironmentSnapshot> {

    private static final long serialVersionUID = 1L;

    /** What to deploy where, and when it counts as deployed, option settings apart. */
    private final BeanstalkRequest request;
    /** The option settings, as their values may well be secrets; null once the environment has them. */
    private volatile SealedVariables settings;

    /** What of the request changes what goes live besides the version; null in what an earlier version has kept. */
    private final TreeMap<String, String> live;

    /** Which run this is, and how new. */
    private final Turn turn;

    private transient volatile PreparedUpdate deployment;

    BeanstalkDeployStepExecution(
            @NonNull StepContext context, @NonNull BeanstalkDeployStep step, @CheckForNull ResolvedStage stage)
            throws IOException, InterruptedException {
        super(context, step, stage);
        BeanstalkRequest wanted = step.request(stage);
        this.request = wanted.withoutSettings();
        this.settings = sealed(wanted.settings());
        this.live = new TreeMap<>(wanted.forEnvironment().live(OptionDigest::of));
        Run<?, ?> run = context.get(Run.class);
        this.turn = new Turn(run.getParent().getFullName() + " #" + run.getNumber(), run.getTimeInMillis());
    }

    private static SealedVariables sealed(List<Map<String, Object>> rows) {
        Map<String, Object> byPlace = new LinkedHashMap<>();
        rows.forEach(row -> byPlace.put(String.valueOf(byPlace.size()), row));
        return new SealedVariables(byPlace);
    }

    /** The request with its option settings, until they are needed no more. */
    private BeanstalkRequest whole() {
        SealedVariables sealed = settings;
        if (sealed == null) {
            return request;
        }
        List<Map<String, ?>> rows = new ArrayList<>();
        sealed.open().values().forEach(row -> rows.add(row(row)));
        return request.withSettings(rows);
    }

    @SuppressWarnings("unchecked") // made by SealedVariables
    private static Map<String, ?> row(Object opened) {
        return (Map<String, ?>) opened;
    }

    @Override
    protected String service() {
        return "Beanstalk";
    }

    @Override
    protected String subject() {
        String environment = request.text("environment"); // null where a CNAME tells it
        return environment == null ? request.application() : request.application() + " on " + environment;
    }

    @Override
    protected void admit() {
        if (request.discards()) {
            Prepared ended = request.blueGreen().discarded();
            gate().admitPlan(
                            Target.Service.BEANSTALK,
                            request.application(),
                            ended == null ? List.of() : List.of(ended.green()));
        } else {
            BeanstalkRequest whole = whole();
            gate().admitRoles(whole.values(), whole.forEnvironment().roles());
            // Also by the CNAME, as that is what a stage may know it by.
            List<String> environments = Stream.of(request.environments(), request.cnames())
                    .flatMap(List::stream)
                    .toList();
            gate().admitBeginning(Target.Service.BEANSTALK, request.application(), environments);
        }
    }

    @Override
    protected PreparedJob<EnvironmentSnapshot> prepare(Connected<EnvironmentSnapshot> at) {
        Gate gate = gate().of(
                        Target.Service.BEANSTALK,
                        live == null ? request.forEnvironment().live(OptionDigest::of) : live,
                        () -> named(at.session()));
        deployment = AwsConnections.get().engine().beanstalk().prepare(at, whole(), token(), turn, gate, files());
        return deployment;
    }

    /** A saved configuration can be changed. */
    private Map<String, String> named(AwsSession session) {
        String template = request.text("templateName");
        return template == null
                ? Map.of()
                : SavedConfiguration.of(session, request.application(), template)
                        .read(OptionDigest::of);
    }

    @Override
    protected Duration timeout() {
        return request.timeout();
    }

    @Override
    protected void launched() {
        settings = null;
    }

    private BeanstalkResult result(List<EnvironmentSnapshot> environments) {
        return Objects.requireNonNull(deployment, "only what was watched has an outcome")
                .result(environments);
    }

    @Override
    public String stepName() {
        return "beanstalkDeploy";
    }

    @Override
    public boolean deploys() {
        return !request.discards();
    }

    @Override
    public Destination destination() {
        return request.text("environment") == null
                ? null
                : new Destination(stageName(), request.application(), request.environment());
    }

    @Override
    public boolean isKnownById() {
        return false; // an environment is deployed to again and again
    }

    @Override
    public String revision() {
        return null; // the version's label is known when all is over
    }

    @Override
    public String archive() {
        S3Location bundle = request.bundle();
        return bundle == null ? null : "s3://" + bundle.s3Bucket() + "/" + bundle.s3Key();
    }

    @Override
    public String consolePage(AwsSession session, String id) {
        return AwsConsole.environment(session.region(), id);
    }

    @Override
    public Outcome outcome(AwsSession session, List<EnvironmentSnapshot> environments) {
        BeanstalkResult result = result(environments);
        String cause = result.getCause();
        DeploymentVerdict verdict = cause == null
                ? DeploymentVerdict.SUCCESS
                : result.getRolledBackTo() == null ? DeploymentVerdict.FAILURE : DeploymentVerdict.ROLLED_BACK;
        return new Outcome(destination(result, verdict), verdict, result.exactly(), cause);
    }

    private Destination destination(BeanstalkResult result, DeploymentVerdict verdict) {
        String old = result.getOldEnvironment();
        if (old == null) {
            return new Destination(stageName(), result.getApplication(), result.getEnvironment());
        }
        return verdict == DeploymentVerdict.SUCCESS && !result.isSwapped()
                ? new Destination(
                        null, result.getApplication(), result.getEnvironment()) // the stage has not got it yet
                : new Destination(stageName(), result.getApplication(), place(old, result.getEnvironment()));
    }

    /** By the name of one of those that take turns, or of the first that clones have followed: always the same one. */
    private String place(String old, String green) {
        String asked = request.text("environment");
        String name = asked == null ? stageEnvironment() : asked;
        boolean there = name != null
                && (name.equals(green) || Target.namesOfEnvironment(old).contains(name));
        return there ? name : old;
    }
}
