package io.jenkins.plugins.awscicd.localaws.codebuild.report;

/**
 * A test case.
 *
 * @param suite empty for none
 * @param prefix what stands before the name, such as a class
 * @param status {@code SUCCEEDED}, {@code FAILED}, {@code ERROR}, {@code SKIPPED} or {@code UNKNOWN}
 * @param message of a failure; null for none
 */
public record TestCase(String suite, String prefix, String name, String status, long nanos, String message) {

    public TestCase(String prefix, String name, String status, long nanos, String message) {
        this("", prefix, name, status, nanos, message);
    }
}
