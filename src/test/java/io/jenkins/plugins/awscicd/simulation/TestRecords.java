package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.codebuild.report.TestRecorder;
import io.jenkins.plugins.awscicd.engine.codebuild.report.TestResults;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The test results of a run, on the disk of its controller, and what AWS has of them. */
final class TestRecords {

    /** So long it is waited for reports. */
    private static final int LONGEST_LATE = 500;
    /** What people write to a run's page takes its time. */
    private static final Duration WRITING = Duration.ofSeconds(2);

    private static final Pattern CASE = Pattern.compile("<testcase");
    private static final Pattern BAD = Pattern.compile("<failure|<error");

    private record Counts(long total, long failed) {}

    private final Happening step;
    /** By build. */
    private final Map<String, Counts> recorded = new LinkedHashMap<>();

    private int times;
    private boolean unstable;

    TestRecords(Happening step) {
        this.step = step;
    }

    /** The test cases of one of the reports of a step's build. */
    static List<TestCase> cases(Happening step, int report) {
        List<TestCase> cases = new ArrayList<>();
        for (int i = 0; i < step.number("cases"); i++) {
            boolean fails = i < step.number("failing", 0);
            cases.add(new TestCase(
                    "acme.Suite" + report,
                    "case " + i,
                    fails ? i % 2 == 0 ? "FAILED" : "ERROR" : "SUCCEEDED",
                    1_000_000,
                    fails ? "does not work" : null));
        }
        return cases;
    }

    /** The same as a file. */
    static String xml(List<TestCase> cases) {
        return cases.stream()
                .map(one -> "<testcase classname=\"" + one.prefix() + "\" name=\"" + one.name() + "\" time=\"0.001\">"
                        + (one.message() == null ? "" : "<failure message=\"" + one.message() + "\"/>") + "</testcase>")
                .collect(Collectors.joining("\n", "<testsuite name=\"unit\">", "</testsuite>"));
    }

    private Counts inAws() {
        return new Counts((long) step.number("reports", 0) * step.number("cases", 0), failed());
    }

    /** How many tests fail in AWS. */
    int failed() {
        return step.number("reports", 0) * Math.min(step.number("failing", 0), step.number("cases", 0));
    }

    /** Whether AWS has the reports ready while they are waited for. */
    boolean areReady() {
        return step.has("tests") && step.number("late") < LONGEST_LATE && step.number("reports") > 0;
    }

    TestRecorder on(Controller controller) {
        if (!step.has("tests")) {
            return TestRecorder.NONE;
        }
        return new TestRecorder() {
            @Override
            public TestResults mode() {
                return TestResults.of(step.text("tests"));
            }

            @Override
            public CompletableFuture<Void> record(String build, Path folder) {
                CompletableFuture<Void> done = new CompletableFuture<>();
                controller.clock().schedule(WRITING, () -> {
                    if (!recorded.containsKey(build)) { // as in a run: what it has already is not recorded again
                        times++;
                        recorded.put(build, new Counts(count(CASE, folder), count(BAD, folder)));
                    }
                    done.complete(null);
                });
                return done;
            }

            @Override
            public void unstable(String why) {
                unstable = true;
            }
        };
    }

    private static long count(Pattern what, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            long count = 0;
            for (Path file : files.toList()) {
                count += what.matcher(Files.readString(file)).results().count();
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever became of the step: nothing is recorded twice, nor anything else than what AWS has. */
    List<String> tooMany() {
        List<String> wrong = new ArrayList<>();
        if (times > 1) {
            wrong.add("has recorded " + times + " builds: " + recorded);
        }
        recorded.forEach((build, counts) -> {
            if (!counts.equals(inAws())) {
                wrong.add("has recorded " + counts + " of " + build + ", and AWS has " + inAws());
            }
        });
        return wrong;
    }

    /**
     * Of a step that says that it succeeded.
     *
     * @param build that counts
     * @param ready whether its tests could be read
     */
    List<String> wrong(String build, boolean ready) {
        List<String> wrong = tooMany();
        if (!step.has("tests")) {
            return wrong;
        }
        if (ready && !recorded.containsKey(build)) {
            wrong.add("has not recorded the tests of " + build + ", but " + recorded.keySet());
        }
        boolean unsure = step.text("tests").equals("unstable");
        if (unstable && !unsure) {
            wrong.add("has made its run unstable");
        } else if (unsure && ready && unstable != failed() > 0) {
            wrong.add(unstable ? "has made its run unstable though no test failed" : "hides failed tests");
        }
        return wrong;
    }
}
