package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Objects;
import software.amazon.awssdk.services.codebuild.model.TestCase;

/**
 * A test case on its way to Jenkins.
 *
 * @param suite null for that of its report
 * @param className null for that of its suite
 * @param seconds that it took
 * @param message of what went wrong, in short; null if nothing is said
 * @param details of what went wrong, such as a stack trace; null if nothing is said
 * @param out what it printed; null if that is not known
 * @param err what it printed as errors; null if that is not known
 */
record RecordedTest(
        @CheckForNull String suite,
        @CheckForNull String className,
        @NonNull String name,
        double seconds,
        @NonNull Ended ended,
        @CheckForNull String message,
        @CheckForNull String details,
        @CheckForNull String out,
        @CheckForNull String err) {

    /** How it ended, as an element of JUnit's format. */
    enum Ended {
        PASSED(""),
        FAILED("failure"),
        BROKEN("error"),
        SKIPPED("skipped");

        private final String element;

        Ended(String element) {
            this.element = element;
        }

        /** Empty if it passed. */
        @NonNull
        String element() {
            return element;
        }

        /** @return {@link #PASSED} if the element says nothing of it */
        @NonNull
        static Ended of(@NonNull String element) {
            for (Ended one : values()) {
                if (one.element.equals(element)) {
                    return one;
                }
            }
            return PASSED;
        }
    }

    private static final double NANOSECONDS = 1e9;

    /** As DescribeTestCases lists it. */
    @NonNull
    static RecordedTest of(@NonNull TestCase test) {
        String message = test.message() == null || test.message().isBlank() ? null : test.message();
        Ended ended =
                switch (Objects.requireNonNullElse(test.status(), "")) {
                    case "SUCCEEDED" -> Ended.PASSED;
                    case "FAILED" -> Ended.FAILED;
                    case "ERROR" -> Ended.BROKEN;
                    default -> Ended.SKIPPED;
                };
        boolean unknown = ended == Ended.SKIPPED && !"SKIPPED".equals(test.status());
        String said = unknown ? "AWS reports the status " + test.status() : message;
        return new RecordedTest(
                test.testSuiteName(),
                test.prefix(),
                Objects.requireNonNullElse(test.name(), ""),
                test.durationInNanoSeconds() == null ? 0 : test.durationInNanoSeconds() / NANOSECONDS,
                ended,
                said == null ? null : said.strip().lines().findFirst().orElse(""),
                said,
                null,
                null);
    }
}
