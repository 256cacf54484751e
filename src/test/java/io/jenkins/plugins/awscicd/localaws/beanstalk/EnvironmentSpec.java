package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An environment that there is to be in a test, Ready from the start. Its application is created with it unless there is one. */
public final class EnvironmentSpec {

    private final String application;
    private final String environment;
    private final boolean folders;
    private final Options options = new Options();
    private final Simulation simulation = new Simulation();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final List<Integer> ports = new ArrayList<>();
    private int instances = 1;
    private String versionLabel;
    private String cnamePrefix;
    private String solutionStack = Platform.ALL.get(0).stack();

    private EnvironmentSpec(String application, String environment, boolean folders) {
        this.application = application;
        this.environment = environment;
        this.folders = folders;
        cnamePrefix = environment;
    }

    /** An environment whose one instance only pretends; see {@link #simulation}. Deployments go to all instances at once. */
    public static EnvironmentSpec simulated(String application, String environment) {
        return new EnvironmentSpec(application, environment, false);
    }

    /**
     * An environment whose one instance is a folder, in which versions are really unpacked and their application started; see
     * {@link Beanstalk#folder}.
     */
    public static EnvironmentSpec folders(String application, String environment) {
        return new EnvironmentSpec(application, environment, true);
    }

    public EnvironmentSpec instances(int count) {
        instances = count;
        return this;
    }

    /** What it runs at first. The version is created, of the sample application, unless there is one. */
    public EnvironmentSpec version(String label) {
        versionLabel = label;
        return this;
    }

    /** @param deploymentPolicy AllAtOnce, Rolling, RollingWithAdditionalBatch, Immutable or TrafficSplitting */
    public EnvironmentSpec policy(String deploymentPolicy) {
        return option(Options.COMMAND, "DeploymentPolicy", deploymentPolicy);
    }

    /** How many instances a rolling deployment goes to at once. */
    public EnvironmentSpec batch(int count) {
        return option(Options.COMMAND, "BatchSizeType", "Fixed")
                .option(Options.COMMAND, "BatchSize", Integer.toString(count));
    }

    /** To which part of the instances a rolling deployment goes at once. */
    public EnvironmentSpec batchPercentage(int percent) {
        return option(Options.COMMAND, "BatchSizeType", "Percentage")
                .option(Options.COMMAND, "BatchSize", Integer.toString(percent));
    }

    public EnvironmentSpec option(String namespace, String name, String value) {
        options.put(namespace, name, value);
        return this;
    }

    /** A variable of the application. */
    public EnvironmentSpec variable(String name, Object value) {
        return option(Options.VARIABLES, name, String.valueOf(value));
    }

    /** No enhanced health reporting: the environment has a colour, and no more. */
    public EnvironmentSpec basicHealth() {
        return option("aws:elasticbeanstalk:healthreporting:system", "SystemType", "basic");
    }

    /** The environment's name by default. */
    public EnvironmentSpec cname(String prefix) {
        cnamePrefix = prefix;
        return this;
    }

    public EnvironmentSpec solutionStack(String name) {
        solutionStack = name;
        return this;
    }

    public EnvironmentSpec tag(String key, String value) {
        tags.put(key, value);
        return this;
    }

    /** The port of the first instance's application, and so on, if it is a folder; any free one by default. */
    public EnvironmentSpec port(int port) {
        ports.add(port);
        return this;
    }

    /** How a simulated environment behaves. It may be changed later on. */
    public Simulation simulation() {
        return simulation;
    }

    String application() {
        return application;
    }

    String environment() {
        return environment;
    }

    boolean folders() {
        return folders;
    }

    Options options() {
        return options;
    }

    Map<String, String> tags() {
        return tags;
    }

    List<Integer> ports() {
        return ports;
    }

    int instances() {
        return instances;
    }

    /** {@code null} for the sample application. */
    String versionLabel() {
        return versionLabel;
    }

    String cnamePrefix() {
        return cnamePrefix;
    }

    String solutionStack() {
        return solutionStack;
    }
}
