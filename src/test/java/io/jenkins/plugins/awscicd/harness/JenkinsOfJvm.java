package io.jenkins.plugins.awscicd.harness;

import hudson.Util;
import java.io.File;
import java.nio.file.Files;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;

/** The Jenkins of a JVM, from the first class that wants it to the JVM's last, or to the next with a Jenkins of its own. */
final class JenkinsOfJvm implements AutoCloseable {

    private final File home;
    private SharedRule rule;
    private JenkinsState state;
    private int port;
    private boolean down = true;

    JenkinsOfJvm() throws Exception {
        home = Files.createTempDirectory("jenkins-of-tests").toFile();
        start();
    }

    /** Starts a Jenkins of the same URL, with the files that the one before has left. */
    void start() throws Exception {
        rule = new SharedRule(home, port);
        try {
            rule.before();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) { // what it declares
            throw new IllegalStateException("Jenkins does not start", e);
        }
        down = false;
        port = rule.getURL().getPort();
        state = state == null ? JenkinsState.of(rule) : state.after(rule);
    }

    void shutDown() throws Exception {
        down = true;
        rule.after();
    }

    boolean isDown() {
        return down;
    }

    /** There may be another Jenkins since: code that asks for the Jenkins of the JVM gets that one. */
    boolean isTheOne() {
        return !down && Jenkins.getInstanceOrNull() == rule.jenkins;
    }

    JenkinsRule rule() {
        return rule;
    }

    JenkinsState state() {
        return state;
    }

    @Override
    public void close() throws Exception {
        if (isTheOne()) {
            shutDown();
        }
        Util.deleteRecursive(home);
    }
}
