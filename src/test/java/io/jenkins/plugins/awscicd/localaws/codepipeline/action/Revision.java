package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import java.time.Instant;

/**
 * What a source action has brought.
 *
 * @param summary {@code null} if there is none
 * @param url {@code null} if there is none
 */
public record Revision(String action, String artifact, String id, String summary, String url, Instant created) {}
