package web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import web.Site.Answer;

/**
 * Tests without a library, so that the example builds offline: each test is an entry of a map. Writes the report that
 * the argument names, in JUnit's format, and exits with 1 if a test failed.
 */
public final class SiteTest {

    private static final Site SITE = new Site("1.0.7");

    private SiteTest() {}

    private static Map<String, Runnable> tests() {
        Map<String, Runnable> tests = new LinkedHashMap<>();
        tests.put("theFrontPageGreetsTheWorld", () -> contains("<h1>Hello, world!</h1>", get("/", null).body()));
        tests.put("theFrontPageGreetsByName", () -> contains("<h1>Hello, Ada!</h1>", get("/", " Ada ").body()));
        tests.put("namesAreEscaped", () -> contains("Hello, &lt;b&gt; &amp; &quot;co&quot;!", get("/", "<b> & \"co\"").body()));
        tests.put("theFrontPageTellsTheVersion", () -> contains("Version 1.0.7", get("/", null).body()));
        tests.put("healthIsUpAndTellsTheVersion", () -> {
            equal(200, get("/health", null).status());
            equal("{\"status\":\"UP\",\"version\":\"1.0.7\"}\n", get("/health", null).body());
        });
        tests.put("otherPathsAreNotFound", () -> equal(404, get("/nowhere", null).status()));
        tests.put("nothingCanBeWritten", () -> equal(405, SITE.answer("POST", "/", null).status()));
        tests.put("theNameComesFromTheQuery", () -> {
            equal("Ada Lovelace", Main.name("lang=en&name=Ada+Lovelace"));
            equal(null, Main.name("lang=en"));
            equal(null, Main.name(null));
        });
        return tests;
    }

    public static void main(String[] args) throws IOException {
        StringBuilder cases = new StringBuilder();
        Map<String, Runnable> tests = tests();
        int failed = 0;
        for (Map.Entry<String, Runnable> test : tests.entrySet()) {
            String failure = run(test.getValue());
            System.out.println((failure == null ? "  ok    " : "  FAIL  ") + test.getKey());
            cases.append("  <testcase classname=\"web.SiteTest\" name=\"").append(test.getKey());
            if (failure == null) {
                cases.append("\"/>\n");
            } else {
                failed++;
                System.out.println("        " + failure);
                cases.append("\">\n    <failure message=\"").append(escape(failure)).append("\"/>\n  </testcase>\n");
            }
        }
        System.out.println("Tests: " + tests.size() + ", failed: " + failed);
        Path report = Path.of(args[0]);
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.writeString(
                report,
                "<testsuite name=\"web.SiteTest\" tests=\"" + tests.size() + "\" failures=\"" + failed + "\">\n" + cases
                        + "</testsuite>\n");
        System.exit(failed == 0 ? 0 : 1);
    }

    /** The message of the failure, or null. */
    private static String run(Runnable test) {
        try {
            test.run();
            return null;
        } catch (AssertionError | RuntimeException x) {
            return String.valueOf(x.getMessage());
        }
    }

    private static Answer get(String path, String name) {
        return SITE.answer("GET", path, name);
    }

    private static void equal(Object expected, Object actual) {
        if (!String.valueOf(expected).equals(String.valueOf(actual))) {
            throw new AssertionError("expected: " + expected + ", but was: " + actual);
        }
    }

    private static void contains(String expected, String actual) {
        if (!actual.contains(expected)) {
            throw new AssertionError("expected to contain: " + expected + ", but was: " + actual);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;").replace("\n", "&#10;");
    }
}
