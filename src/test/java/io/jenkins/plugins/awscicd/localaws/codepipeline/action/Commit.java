package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import java.time.Instant;

/** A commit on a branch, with its tree as a zip. */
public record Commit(String id, String message, byte[] zip, Instant at) {}
