package io.jenkins.plugins.awscicd.localaws.codebuild.report;

/**
 * A test case.
 *
 * @param suiteName empty for none
 * @param prefix what stands before the name, such as a class
 * @param status {@code SUCCEEDED}, {@code FAILED}, {@code ERROR}, {@code SKIPPED} or {@code UNKNOWN}
 * @param message of a failure; null for none
 */
public record TestCase(String suiteName, String prefix, String name, String status, long nanos, String message) {

    public TestCase(String prefix, String name, String status, long nanos, String message) {
        this("", prefix, name, status, nanos, message);
    }
}
