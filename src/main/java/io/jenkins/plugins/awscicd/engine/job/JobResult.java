package io.jenkins.plugins.awscicd.engine.job;

/** Marks what a step hands back to a Jenkinsfile: plain, serializable data whose getters any script may call. */
public interface JobResult {}
