package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.config.AwsConnections;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.delivery.guard.Admission;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkResult;
import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackResult;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import io.jenkins.plugins.awscicd.engine.codepipeline.ManualApproval;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineContent;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a question to a guarded stage's approvers is about, as far as its arguments say: {@link #resolve} finds out what that is at this
 * moment, and that is what may be deployed then. Plain data, kept with a running step.
 */
final class AskedDelivery implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern ADDRESS = Pattern.compile("(s3://[^/]+/.+?)(?: @ (.+))?");
    private static final Pattern COMMIT = Pattern.compile("([^/\\s]+/[^/\\s]+) @ ([0-9a-f]{40})");
    private static final Pattern OF_APPLICATION = Pattern.compile("(.+) of ([^/@]+)");
    private static final List<String> OF_BEANSTALK = List.of("bundle", "version", "continueBlueGreen");

    /** Null if it may be either. */
    private Target.Service service;
    /** As the step names it; null if it is the stage's. */
    private String application;
    /** Of groups or environments; empty for the stage's own. */
    private final ArrayList<String> names = new ArrayList<>();
    /** As {@code codeDeploy} takes it, or null: then it is an existing version, or a bundle. */
    private HashMap<String, Object> revision;
    /** The label of a version; null if it is none. */
    private String version;
    /** As {@code beanstalkDeploy} takes it; null if it is none. */
    private HashMap<String, Object> bundle;
    /** Of the archive as it was built; null if that is not known. */
    private String sha256;

    /** What is done to a stack: the ARN of a change set, or words; null if it is about no stack. */
    private String deed;
    /** Whether it may be asked about though nobody knows what it is. */
    private boolean mayBeUnknown;
    /** What is done to a pipeline, without the values of variables; null if that is something else, or the deed says all. */
    private PipelineRequest pipeline;

    /** Whether an environment is to be updated where it is; false in what an earlier version has kept. */
    private boolean inPlace;
    /** Of the environment that is to be replaced; null if its name is given, or nothing is replaced. */
    private String cname;

    private final TreeMap<String, String> options = new TreeMap<>();
    /** Null if something is deployed, and in what an earlier version has kept. */
    private AskedBuild build;

    /**
     * @param what as the script gives it: a result, the arguments of the step that deploys, or words
     * @param text the revision in words; null if it was not given
     * @throws IllegalArgumentException saying what is wrong, beginning with the argument's name
     */
    AskedDelivery(@CheckForNull Object what, @CheckForNull String text) {
        if (what instanceof Map<?, ?> call) {
            Map<String, Object> arguments = new HashMap<>();
            call.forEach((name, value) -> arguments.put(String.valueOf(name), value));
            ofCall(arguments);
        } else if (text != null) {
            ofText(text);
        } else if (what instanceof DeploymentResult deployed) {
            service = Target.Service.CODE_DEPLOY;
            revision = AskedRevision.of(deployed);
        } else if (what instanceof BeanstalkResult deployed) {
            ofResult(deployed);
        } else if (what instanceof StackResult planned) {
            ofDeed(AskedDeed.of(planned));
        } else if (what instanceof ManualApproval waiting) {
            ofDeed(AskedDeed.of(waiting));
        } else if (what instanceof Deliverable made) {
            ofMade(made);
        }
    }

    private void ofDeed(AskedDeed asked) {
        service = asked.service();
        application = asked.name();
        names.add(asked.name());
        deed = asked.deed();
        options.putAll(asked.options());
        mayBeUnknown = asked.mayBeUnknown();
        pipeline = asked.pipeline();
    }

    private void ofMade(Deliverable made) {
        S3Object object = made.deliverable();
        if (object != null) {
            revision = new HashMap<>(Map.of("bucket", object.bucket(), "key", object.key(), "type", object.type()));
            sha256 = object.sha256();
        }
    }

    private void ofResult(BeanstalkResult deployed) {
        service = Target.Service.BEANSTALK;
        version = deployed.getVersionLabel();
        String old = deployed.getOldEnvironment();
        if (old != null && !deployed.isSwapped()) {
            application = deployed.getApplication();
            names.add(deployed.getEnvironment());
            names.add(old);
        }
    }

    private void ofText(String text) {
        Matcher other = OF_APPLICATION.matcher(text);
        String name = other.matches() ? other.group(1) : text;
        application = other.matches() ? other.group(2) : null;
        Matcher address = ADDRESS.matcher(name);
        Matcher commit = COMMIT.matcher(name);
        if (address.matches()) {
            int slash = address.group(1).indexOf('/', "s3://".length());
            revision = new HashMap<>();
            revision.put("bucket", address.group(1).substring("s3://".length(), slash));
            revision.put("key", address.group(1).substring(slash + 1));
            revision.put("type", "zip"); // what it is does not matter to what is in it
            if (address.group(2) != null) {
                revision.put("version", address.group(2));
            }
        } else if (commit.matches()) {
            service = Target.Service.CODE_DEPLOY;
            revision = new HashMap<>(Map.of("repository", commit.group(1), "commit", commit.group(2)));
        } else {
            service = Target.Service.BEANSTALK;
            version = name;
        }
    }

    private void ofCall(Map<String, Object> call) {
        call.keySet().removeAll(List.of("stage"));
        AskedDeed alone = AskedDeed.of(call);
        if (alone != null) {
            ofDeed(alone);
            return;
        }
        if (AskedBuild.isMeant(call)) {
            build = new AskedBuild(call);
            return;
        }
        boolean beanstalk = OF_BEANSTALK.stream().anyMatch(call::containsKey);
        TreeSet<String> unknown = new TreeSet<>(call.keySet());
        unknown.removeAll(beanstalk ? BeanstalkRequest.names() : DeploymentRequest.names());
        if (!unknown.isEmpty() || !beanstalk && !call.containsKey("revision")) {
            throw new IllegalArgumentException("what: "
                    + (unknown.isEmpty() ? "does not say what is deployed" : "has " + String.join(", ", unknown))
                    + "; use the arguments of codeDeploy, with revision, of beanstalkDeploy, with bundle, version or"
                    + " continueBlueGreen, or of codeBuild, with sourceVersion");
        }
        application = call.get("application") == null ? null : String.valueOf(call.get("application"));
        if (beanstalk) {
            ofBeanstalk(call);
        } else {
            service = Target.Service.CODE_DEPLOY;
            DeploymentRequest request = new DeploymentRequest(call);
            if (!request.group().isEmpty()) {
                names.add(request.group());
            }
            Object given = call.get("revision");
            if (given instanceof Deliverable made) {
                ofMade(made);
            } else {
                revision = AskedRevision.of(given);
            }
            options.putAll(request.live());
        }
    }

    private void ofBeanstalk(Map<String, Object> call) {
        if (call.get("continueBlueGreen") instanceof BeanstalkResult prepared) {
            ofResult(prepared);
        } else {
            service = Target.Service.BEANSTALK;
            BeanstalkRequest request = new BeanstalkRequest(call);
            names.addAll(request.environments());
            inPlace = !request.blueGreen().asked();
            cname = request.blueGreen().cname();
            version = request.existingVersion();
            if (call.get("bundle") instanceof Deliverable made) {
                ofMade(made);
            } else if (call.get("bundle") != null) {
                bundle = new HashMap<>();
                bundle.put("bundle", AskedRevision.plain(call.get("bundle")));
            }
        }
        options.putAll(new BeanstalkRequest(call).forEnvironment().live(OptionDigest::of));
    }

    /**
     * What it is at this moment, for a run that asks: looked for as who the stage says, and so behind its guards. Blocks, calls AWS.
     *
     * @throws AbortException if nobody could tell later whether it is that which is deployed
     */
    @NonNull
    ApprovedDelivery resolve(@NonNull Run<?, ?> run, @NonNull ResolvedStage of)
            throws IOException, InterruptedException {
        Admission.ofIdentity(run, of, of.access());
        Admission.before(run, of, List.of(), false, Instant.now());
        try (AwsSession session = AwsConnections.get().open(of.access(), run)) {
            return resolve(of, session);
        }
    }

    private ApprovedDelivery resolve(ResolvedStage stage, AwsSession session)
            throws AbortException, InterruptedException {
        if (build != null) {
            return build.resolve(stage, session);
        }
        if (service == Target.Service.CLOUD_FORMATION
                || service == Target.Service.STACK_SET
                || service == Target.Service.CODE_PIPELINE) {
            return ofAlone(stage, session);
        }
        StageDefaults defaults = stage.defaults();
        List<Target> targets = new AskedPlaces(service, application, names)
                .targets(defaults, session.region().id(), Target.account(stage.access()));
        AskedContent asked = new AskedContent(version, bundle, revision, sha256);
        String beanstalk = application == null ? defaults.getBeanstalkApplication() : application;
        if (stage.policy() != null) {
            targets = new AskedEnvironments(session, beanstalk, inPlace, cname)
                    .read(targets, Target.account(stage.access()));
        }
        String content = asked.read(session, beanstalk);
        if (content == null && deploys(stage, targets)) {
            throw new AbortException(Messages.AskedDelivery_unknown(stage.name(), asked.inWords()));
        }
        return new ApprovedDelivery(targets, content, AskedNames.read(options, stage, session, beanstalk));
    }

    /** A change set does not change, and each has an ARN of its own; nor do the revisions of sources. */
    private ApprovedDelivery ofAlone(ResolvedStage stage, AwsSession session) throws AbortException {
        String content = pipeline == null ? deed : new PipelineContent(session, pipeline).read();
        if (content == null && !mayBeUnknown) {
            throw new AbortException(
                    service == Target.Service.CODE_PIPELINE
                            ? Messages.AskedDelivery_unknownPipeline(stage.name(), application)
                            : Messages.AskedDelivery_unknown(stage.name(), "stack " + application));
        }
        Target target =
                new Target(service, session.region().id(), Target.account(stage.access()), application, application);
        return new ApprovedDelivery(List.of(target), content, options);
    }

    /** Whether anything is deployed to the stage, as far as it says: what has neither is asked about for the record. */
    private boolean deploys(ResolvedStage stage, List<Target> targets) {
        StageDefaults defaults = stage.defaults();
        return !targets.isEmpty()
                || defaults.getDeploymentGroup() != null
                || defaults.getEnvironment() != null
                || stage.guards().stream().anyMatch(guards -> guards.getTargets() != null);
    }
}
