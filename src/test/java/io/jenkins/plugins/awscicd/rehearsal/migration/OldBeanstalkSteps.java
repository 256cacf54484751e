package io.jenkins.plugins.awscicd.rehearsal.migration;

import io.jenkins.plugins.awscicd.rehearsal.migration.GroovyText.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The steps of AWS Elastic Beanstalk Deployment (awseb-deployment-plugin), and those of Pipeline: AWS Steps for Elastic Beanstalk. */
final class OldBeanstalkSteps {

    static final Map<String, Function<Call, Rewriting>> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("AWSEBDeploymentBuilder", OldBeanstalkSteps::beanstalk);
        STEPS.put("ebCreateEnvironment", OldBeanstalkSteps::environment);
        STEPS.put(
                "ebCreateApplicationVersion",
                call -> stays("beanstalkDeploy creates the version itself: set bundle:"
                        + " 's3://bucket/key' and versionLabel, and remove this"));
        STEPS.put("ebCreateApplication", call -> stays("beanstalkDeploy creates it with createApplication: true"));
        STEPS.put(
                "ebCreateConfigurationTemplate",
                call -> stays("has no counterpart; keep it, or create the template once"));
        for (String wait : new String[] {"ebWaitOnEnvironmentStatus", "ebWaitOnEnvironmentHealth"}) {
            STEPS.put(
                    wait,
                    call -> stays("beanstalkDeploy waits for status and health (health, healthMinutes); remove this"));
        }
        STEPS.put(
                "ebSwapEnvironmentCNAMEs",
                call -> stays("beanstalkDeploy swaps with strategy: 'blueGreen', cname and twin;"
                        + " see docs/steps/beanstalkDeploy.md"));
    }

    private OldBeanstalkSteps() {}

    private static Rewriting stays(String remark) {
        return new Rewriting(Map.of()).remark(remark);
    }

    private static Rewriting beanstalk(Call call) {
        Rewriting it = new Rewriting(call.named())
                .to("beanstalkDeploy")
                .rename("applicationName", "application")
                .rename("environmentName", "environment");
        String bundle = it.take("rootObject");
        it.put("bundle", bundle == null ? "'.'" : bundle)
                .same("includes", "excludes")
                .rename("bucketName", "bucket")
                .same("keyPrefix")
                .rename("versionLabelFormat", "versionLabel")
                .rename("versionDescriptionFormat", "description")
                .rename("awsRegion", "region")
                .rename("credentialId", "credentialsId");
        if ("true".equals(Rewriting.plain(it.take("zeroDowntime")))) {
            it.put("strategy", "'blueGreen'").remark("blue/green needs cname: the public host name");
        }
        String health = it.take("checkHealth");
        if (!"true".equals(Rewriting.plain(health))) {
            it.put("health", "'any'");
        }
        return it.put(
                "timeoutMinutes", OldSteps.minutes(it.take("sleepTime"), Rewriting.plain(it.take("maxAttempts"))));
    }

    private static Rewriting environment(Call call) {
        return new Rewriting(call.named())
                .to("beanstalkDeploy")
                .rename("applicationName", "application")
                .rename("environmentName", "environment")
                .rename("versionLabel", "version")
                .put("createEnvironment", "true")
                .same("templateName", "solutionStackName")
                .without("description", "an environment is made without one")
                .drop("updateOnExisting");
    }
}
