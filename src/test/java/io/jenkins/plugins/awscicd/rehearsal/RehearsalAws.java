package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.AwsEngine;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Identity;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import io.jenkins.plugins.awscicd.engine.codepipeline.PipelineRequest;
import io.jenkins.plugins.awscicd.rehearsal.step.AwsSessions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An AWS at an endpoint: local AWS with keys that only it takes, or any other with the terminal's own credentials. */
final class RehearsalAws implements AwsSessions {

    private static final String LOCAL_KEY = "local";

    private final AwsEngine engine;
    private final AwsAccess access;
    private final boolean local;
    private final Preparations preparations;
    private final Uploads uploads = Uploads.of("rehearsal");
    /** Of the blocks that are open, the innermost first. Only the delivery's thread opens them. */
    private final Deque<AwsAccess> blocks = new ArrayDeque<>();

    /** Makes what a job needs, where that is up to the rehearsal. */
    interface Preparations {

        /** Of an AWS that has, or has not, what it needs. */
        Preparations NONE = new Preparations() {
            @Override
            public void prepare(AwsAccess access, BuildRequest request) {
                // a missing project is AWS's to tell
            }

            @Override
            public void prepare(AwsAccess access, DeploymentRequest request) {
                // so is a missing group
            }

            @Override
            public void prepare(AwsAccess access, BeanstalkRequest request) {
                // and a missing environment
            }

            @Override
            public void prepare(AwsAccess access, PipelineRequest request) {
                // and a missing pipeline
            }
        };

        /** @param access where the build is to run */
        void prepare(AwsAccess access, BuildRequest request);

        /** @param access where the group is to be */
        void prepare(AwsAccess access, DeploymentRequest request);

        /** @param access where the environment is to be */
        void prepare(AwsAccess access, BeanstalkRequest request);

        /** @param access where the pipeline is to be */
        void prepare(AwsAccess access, PipelineRequest request);
    }

    /**
     * @param access region and endpoint of steps that do not say otherwise
     * @param local whether the endpoint is a local AWS
     */
    RehearsalAws(AwsEngine engine, AwsAccess access, boolean local, Preparations preparations) {
        this.engine = engine;
        this.access = access;
        this.local = local;
        this.preparations = preparations;
    }

    @Override
    public AwsEngine engine() {
        return engine;
    }

    @Override
    public Uploads uploads() {
        return uploads;
    }

    /** The access of steps that do not say otherwise. */
    AwsAccess access() {
        return access;
    }

    @Override
    public <T> T within(AwsAccess block, Supplier<T> body) {
        blocks.push(block);
        try {
            return body.get();
        } finally {
            blocks.pop();
        }
    }

    @Override
    public AwsSession open(AwsAccess ofStep, BuildRequest request) {
        return open(ofStep, whole -> preparations.prepare(whole, request));
    }

    @Override
    public AwsSession open(AwsAccess ofStep, DeploymentRequest request) {
        return open(ofStep, whole -> preparations.prepare(whole, request));
    }

    @Override
    public AwsSession open(AwsAccess ofStep, BeanstalkRequest request) {
        return open(ofStep, whole -> preparations.prepare(whole, request));
    }

    @Override
    public AwsSession open(AwsAccess ofStep, PipelineRequest request) {
        return open(ofStep, whole -> preparations.prepare(whole, request));
    }

    @Override
    public AwsSession open(AwsAccess ofStep) {
        return open(ofStep, whole -> {});
    }

    private AwsSession open(AwsAccess ofStep, Consumer<AwsAccess> preparation) {
        AwsAccess whole = ofStep;
        for (AwsAccess block : blocks) {
            whole = whole.orElse(block);
        }
        whole = whole.orElse(access).named("rehearsal");
        if (ofStep.endpoint() == null) {
            preparation.accept(whole);
        }
        boolean localKeys = local && ofStep.endpoint() == null;
        return engine.clients()
                .open(whole, localKeys ? Identity.ofKeys(LOCAL_KEY, LOCAL_KEY, null) : Identity.defaultChain());
    }

    /** The terminal's environment for the delivery, whose {@code sh} is to reach the same AWS, and no other by mistake. */
    Map<String, String> environment(Map<String, String> terminal) {
        Map<String, String> environment = new HashMap<>(terminal);
        if (access.region() != null) {
            environment.put("AWS_REGION", access.region());
            environment.put("AWS_DEFAULT_REGION", access.region());
        }
        if (local) {
            environment.keySet().removeIf(name -> name.startsWith("AWS_ENDPOINT_URL"));
            environment.keySet().removeAll(Set.of("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN"));
            environment.put("AWS_ACCESS_KEY_ID", LOCAL_KEY);
            environment.put("AWS_SECRET_ACCESS_KEY", LOCAL_KEY);
        }
        environment.put("AWS_ENDPOINT_URL", access.endpoint());
        return environment;
    }
}
