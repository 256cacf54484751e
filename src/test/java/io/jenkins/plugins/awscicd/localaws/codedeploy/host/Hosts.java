package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.localaws.ProcessTree;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Diagnostics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Instances that are folders of this machine, and the agents on them. */
public final class Hosts {

    /**
     * What an agent needs to know of its deployment.
     *
     * @param restart whether the revision that is there is only restarted
     * @param variables of scripts, beside those of AWS; {@code ${LOCAL_INSTANCE_ROOT}} in a value is the instance's folder
     */
    public record Assignment(
            String applicationName,
            String groupName,
            String groupId,
            String deploymentId,
            JsonNode revision,
            String fileExistsBehavior,
            boolean restart,
            Map<String, String> variables) {}

    private static final long CLOSING_SECONDS = 10;

    private final Path directory;
    private final Bundles bundles;
    private final SimulatedTime time;
    private final BooleanSupplier agent2;
    private final HostProcesses left = new HostProcesses();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    /**
     * @param directory below which every instance has its folder
     * @param agent2 whether the agents are of version 2, else of 1
     */
    public Hosts(Path directory, Bundles bundles, SimulatedTime time, BooleanSupplier agent2) {
        this.directory = directory;
        this.bundles = bundles;
        this.time = time;
        this.agent2 = agent2;
    }

    /** The folder of an instance, which is made. */
    public Path folder(String groupName, String instance) {
        try {
            return Files.createDirectories(directory.resolve(groupName).resolve(instance));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port on which what is deployed to an instance may listen; its scripts have it as {@code LOCAL_INSTANCE_PORT}. */
    public int port(String groupName, String instance) {
        try {
            return new HostFolder(folder(groupName, instance)).port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs work of an agent in a thread of its own. */
    public void run(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } finally {
                        working.remove(Thread.currentThread());
                    }
                },
                "local-aws-codedeploy-agent");
        thread.setDaemon(true);
        working.add(thread);
        thread.start();
    }

    /**
     * Carries out an event at an instance, however long it takes.
     *
     * @param last whether the deployment has succeeded there if this has
     * @param tree gets the processes while they run, to be killed if the deployment is broken off
     */
    public Diagnostics carryOut(Assignment assignment, String instance, String event, boolean last, ProcessTree tree) {
        HostFolder host = new HostFolder(folder(assignment.groupName(), instance));
        try {
            return new HostAgent(host, assignment, bundles, time, left, agent2).carryOut(event, last, tree);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Diagnostics.unknownError("The agent was interrupted.");
        }
    }

    /** Waits for agents whose work was broken off, and ends what hooks have left running. */
    public void close() {
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSING_SECONDS);
            for (Thread thread : working) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
            left.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
