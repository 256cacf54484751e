package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A deployment group to create in a test. It is the request of CreateDeploymentGroup, and {@link #node} lets a test set what has no
 * method here; its application is created with it unless there is one.
 */
public final class GroupSpec {

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();
    private final String platform;
    private final Simulation simulation = new Simulation();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private boolean folders;
    private List<String> instances = List.of("i-0000000000000001");

    private GroupSpec(String platform, String application, String group) {
        this.platform = platform;
        node.put("applicationName", application).put("deploymentGroupName", group);
        node.put("serviceRoleArn", "arn:aws:iam::123456789012:role/codedeploy");
    }

    /** A group whose one instance only pretends; see {@link #simulation}. Deployments are in place, all at once. */
    public static GroupSpec simulated(String application, String group) {
        return new GroupSpec("Server", application, group).config("CodeDeployDefault.AllAtOnce");
    }

    /**
     * A group whose one instance is a folder, in which revisions are really installed and their scripts run; see {@link
     * CodeDeploy#folder}. Deployments are in place, all at once.
     */
    public static GroupSpec folders(String application, String group) {
        GroupSpec spec = simulated(application, group).instances(group + "-1");
        spec.folders = true;
        return spec;
    }

    /** A group of a Lambda application, whose deployments shift an alias to another version, all at once. */
    public static GroupSpec lambda(String application, String group) {
        GroupSpec spec = new GroupSpec("Lambda", application, group).config("CodeDeployDefault.LambdaAllAtOnce");
        spec.shifting();
        return spec;
    }

    /** A group of an ECS application, whose deployments replace the task set of a service, all at once. */
    public static GroupSpec ecs(String application, String group, String cluster, String service) {
        GroupSpec spec = new GroupSpec("ECS", application, group).config("CodeDeployDefault.ECSAllAtOnce");
        spec.shifting();
        spec.node
                .putArray("ecsServices")
                .addObject()
                .put("serviceName", service)
                .put("clusterName", cluster);
        ObjectNode pair = spec.node
                .putObject("loadBalancerInfo")
                .putArray("targetGroupPairInfoList")
                .addObject();
        for (String name : List.of("blue", "green")) {
            pair.withArray("targetGroups").addObject().put("name", service + "-" + name);
        }
        String listener = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/" + service + "/1/";
        pair.putObject("prodTrafficRoute").putArray("listenerArns").add(listener + 1);
        pair.putObject("testTrafficRoute").putArray("listenerArns").add(listener + 2);
        spec.node.putObject("blueGreenDeploymentConfiguration");
        spec.node
                .withObject("/blueGreenDeploymentConfiguration/deploymentReadyOption")
                .put("actionOnTimeout", "CONTINUE_DEPLOYMENT")
                .put("waitTimeInMinutes", 0);
        return spec.terminateAfter(0);
    }

    private void shifting() {
        instances = List.of();
        node.putObject("deploymentStyle")
                .put("deploymentType", "BLUE_GREEN")
                .put("deploymentOption", "WITH_TRAFFIC_CONTROL");
    }

    /**
     * A variable of the scripts that run on folders.
     *
     * @param value in which {@code ${LOCAL_INSTANCE_ROOT}} is the instance's folder
     */
    public GroupSpec variable(String name, Object value) {
        variables.put(name, String.valueOf(value));
        return this;
    }

    /** How the group's lifecycle events behave. It may be changed later on. */
    public Simulation simulation() {
        return simulation;
    }

    public GroupSpec instances(String... ids) {
        instances = List.of(ids);
        return this;
    }

    /** That many instances, with ids such as {@code i-0000000000000001}. */
    public GroupSpec instances(int count) {
        instances = new ArrayList<>(
                IntStream.rangeClosed(1, count).mapToObj("i-%016d"::formatted).toList());
        return this;
    }

    public GroupSpec config(String deploymentConfigName) {
        node.put("deploymentConfigName", deploymentConfigName);
        return this;
    }

    /** @param events such as DEPLOYMENT_FAILURE */
    public GroupSpec autoRollback(String... events) {
        ObjectNode configuration = node.putObject("autoRollbackConfiguration").put("enabled", true);
        List.of(events).forEach(configuration.putArray("events")::add);
        return this;
    }

    /** Alarms that stop deployments; see {@link CodeDeploy#alarm}. */
    public GroupSpec alarms(String... names) {
        ObjectNode configuration = node.putObject("alarmConfiguration").put("enabled", true);
        for (String name : names) {
            configuration.withArray("alarms").addObject().put("name", name);
        }
        return this;
    }

    /** Has instances taken out of a load balancer while they are deployed to. */
    public GroupSpec loadBalancer(String targetGroup) {
        ObjectNode style = node.withObject("/deploymentStyle").put("deploymentOption", "WITH_TRAFFIC_CONTROL");
        if (!style.has("deploymentType")) {
            style.put("deploymentType", "IN_PLACE");
        }
        node.putObject("loadBalancerInfo")
                .putArray("targetGroupInfoList")
                .addObject()
                .put("name", targetGroup);
        return this;
    }

    /**
     * Has every deployment go to new instances, as many as there are, which take over the traffic. It does so at once, and the original
     * instances are kept, unless {@link #stopUnlessContinued} or {@link #terminateAfter} say something else.
     */
    public GroupSpec blueGreen() {
        loadBalancer("web");
        node.withObject("/deploymentStyle").put("deploymentType", "BLUE_GREEN");
        ObjectNode configuration = node.putObject("blueGreenDeploymentConfiguration");
        configuration.putObject("deploymentReadyOption").put("actionOnTimeout", "CONTINUE_DEPLOYMENT");
        configuration.putObject("terminateBlueInstancesOnDeploymentSuccess").put("action", "KEEP_ALIVE");
        configuration.putObject("greenFleetProvisioningOption").put("action", "COPY_AUTO_SCALING_GROUP");
        return this;
    }

    /** Has a blue/green deployment wait, in status Ready, for ContinueDeployment; it is stopped if that does not come. */
    public GroupSpec stopUnlessContinued(int minutes) {
        node.withObject("/blueGreenDeploymentConfiguration/deploymentReadyOption")
                .put("actionOnTimeout", "STOP_DEPLOYMENT")
                .put("waitTimeInMinutes", minutes);
        return this;
    }

    /** Has the original instances of a blue/green deployment terminated, minutes after they have lost their traffic. */
    public GroupSpec terminateAfter(int minutes) {
        node.withObject("/blueGreenDeploymentConfiguration/terminateBlueInstancesOnDeploymentSuccess")
                .put("action", "TERMINATE")
                .put("terminationWaitTimeInMinutes", minutes);
        return this;
    }

    /** The members of the CreateDeploymentGroup request. */
    public ObjectNode node() {
        return node;
    }

    String platform() {
        return platform;
    }

    List<String> instances() {
        return instances;
    }

    boolean folders() {
        return folders;
    }

    Map<String, String> variables() {
        return variables;
    }
}
