package io.jenkins.plugins.awscicd.localaws.codebuild.report;

/**
 * A test case.
 *
 * @param prefix what stands before the name, such as a class
 * @param status {@code SUCCEEDED}, {@code FAILED}, {@code ERROR}, {@code SKIPPED} or {@code UNKNOWN}
 * @param message of a failure; null for none
 */
public record TestCase(String prefix, String name, String status, long nanos, String message) {}
