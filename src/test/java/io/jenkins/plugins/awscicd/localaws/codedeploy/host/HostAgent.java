package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import io.jenkins.plugins.awscicd.localaws.ProcessTree;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.Trees;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import io.jenkins.plugins.awscicd.localaws.codedeploy.host.AppSpec.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What the CodeDeploy agent does for one deployment on one instance. */
final class HostAgent {

    /** Their scripts are those of the revision that is still installed. */
    private static final Set<String> OF_LAST_REVISION =
            Set.of("ApplicationStop", "BeforeBlockTraffic", "AfterBlockTraffic");

    private static final Set<String> OF_THE_LOAD_BALANCER = Set.of("BlockTraffic", "AllowTraffic");

    private final HostFolder host;
    private final Hosts.Assignment assignment;
    private final Bundles bundles;
    private final SimulatedTime time;
    private final HostProcesses left;
    private final BooleanSupplier agent2;
    private final Path deployment;

    /** @param agent2 whether it is the agent's version 2, else 1 */
    HostAgent(
            HostFolder host,
            Hosts.Assignment assignment,
            Bundles bundles,
            SimulatedTime time,
            HostProcesses left,
            BooleanSupplier agent2) {
        this.host = host;
        this.assignment = assignment;
        this.bundles = bundles;
        this.time = time;
        this.left = left;
        this.agent2 = agent2;
        deployment = host.deployment(assignment.groupId(), assignment.deploymentId());
    }

    /**
     * Carries out an event, however long it takes.
     *
     * @param last whether the deployment has succeeded here if this has
     */
    Diagnostics carryOut(String event, boolean last, ProcessTree tree) throws InterruptedException {
        try {
            Files.createDirectories(deployment);
            switch (event) {
                case "DownloadBundle" -> download(tree);
                case "Install" -> install();
                default -> hooks(event, tree);
            }
            if (last && !assignment.restart()) {
                host.lastSuccessful(assignment.groupId(), deployment);
            }
            return Diagnostics.SUCCESS;
        } catch (HostException e) {
            return e.diagnostics();
        } catch (IOException e) {
            return Diagnostics.unknownError(e.toString());
        }
    }

    private void download(ProcessTree tree) throws IOException, InterruptedException, HostException {
        Path archive = HostFolder.archive(deployment);
        if (Files.exists(archive)) {
            Trees.delete(archive);
        }
        bundles.fetch(assignment.revision(), archive, host, tree);
        spec(archive);
    }

    private void install() throws IOException, HostException {
        Path archive = HostFolder.archive(deployment);
        AppSpec spec = spec(archive);
        String behavior =
                spec.fileExistsBehavior() == null ? assignment.fileExistsBehavior() : spec.fileExistsBehavior();
        new Installer(host, assignment.groupId(), archive, behavior).install(spec);
    }

    private void hooks(String event, ProcessTree tree) throws IOException, InterruptedException, HostException {
        if (OF_THE_LOAD_BALANCER.contains(event)) {
            return; // no script can be named for it, and instances that are to go have no revision of this deployment
        }
        Path source = deployment;
        if (assignment.restart() || OF_LAST_REVISION.contains(event)) {
            source = host.lastSuccessful(assignment.groupId());
        }
        if (source == null) {
            return;
        }
        Path archive = HostFolder.archive(source);
        List<Hook> hooks = spec(archive).hooks(event);
        if (hooks.isEmpty()) {
            return;
        }
        Path log = Files.createDirectories(deployment.resolve("logs")).resolve("scripts.log");
        long start = Files.exists(log) ? Files.size(log) : 0;
        Files.writeString(
                log, "LifecycleEvent - " + event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        for (Hook hook : hooks) {
            if (hook.onWindows()) {
                Files.writeString(
                        log,
                        "Script - " + hook.location() + "\nLocal AWS has no Windows: this script is not run here\n",
                        StandardOpenOption.APPEND);
                continue;
            }
            if (!agent2.getAsBoolean()) {
                wholeForAShell(archive.resolve(hook.location()));
            }
            new HookScript(archive, hook, log, variables(event), host.root(), time, left).run(tree, start);
        }
    }

    /** The agent's version 1 has a shell read the script's path, or cuts it at its blanks. */
    private static void wholeForAShell(Path script) throws HostException {
        String path = script.toString();
        if (Files.exists(script) && path.contains(" ")) {
            throw new HostException("No such file or directory - " + path.substring(0, path.indexOf(' ')));
        }
    }

    private Map<String, String> variables(String event) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("LOCAL_INSTANCE_ROOT", host.root().toString());
        variables.put("LOCAL_INSTANCE_PORT", String.valueOf(host.port()));
        assignment
                .variables()
                .forEach((name, value) -> variables.put(
                        name,
                        value.replace("${LOCAL_INSTANCE_ROOT}", host.root().toString())));
        variables.put("LIFECYCLE_EVENT", event);
        variables.put("DEPLOYMENT_ID", assignment.deploymentId());
        variables.put("APPLICATION_NAME", assignment.applicationName());
        variables.put("DEPLOYMENT_GROUP_NAME", assignment.groupName());
        variables.put("DEPLOYMENT_GROUP_ID", assignment.groupId());
        variables.putAll(Bundles.variables(assignment.revision()));
        return variables;
    }

    private static AppSpec spec(Path archive) throws IOException, HostException {
        for (String name : List.of("appspec.yml", "appspec.yaml")) {
            if (Files.isRegularFile(archive.resolve(name))) {
                return AppSpecParser.parse(Files.readString(archive.resolve(name)));
            }
        }
        throw new HostException(
                "The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at"
                        + " revision-relative path \"appspec.yml\". The revision was unpacked to directory \""
                        + archive + "\", and the AppSpec file was expected but not found at path \""
                        + archive.resolve("appspec.yml")
                        + "\". Consult the AWS CodeDeploy Appspec documentation for more information.");
    }
}
