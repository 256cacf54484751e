package io.jenkins.plugins.awscicd.rehearsal.report;

import io.jenkins.plugins.awscicd.engine.job.Progress;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A build or a deployment: its phases, its tests, what its targets went through, and what is known of it. */
final class JobSection {

    /** Of more targets only those that failed are drawn, and the first ones. */
    private static final int MOST_TARGETS = 6;

    private JobSection() {}

    /** @param parts writes what has happened in it */
    static void write(Html page, Entry job, Runnable parts) {
        Progress progress = job.progress;
        page.raw("<article class=\"job " + HtmlReport.tone(job.result) + "\"><h4>");
        page.element("span", "service", job.title).raw(" ");
        if (progress != null) {
            page.link(progress.consoleUrl(), progress.name());
            page.element("span", "status", progress.status());
        }
        page.element("span", "took", HtmlReport.took(job)).raw("</h4>");
        if (job.cause != null) {
            page.element("pre", "cause", job.cause);
        }
        if (job.tests != null) {
            tests(page, job.tests);
        }
        if (job.parts.stream().allMatch(part -> part.changes.isEmpty())) {
            ChangesSection.write(page, job.changes);
        }
        parts.run();
        resources(page, job.resources);
        if (progress != null) {
            phases(page, progress.phases());
            lifecycles(page, job.lifecycles);
            page.raw("<dl>");
            job.facts.forEach((name, value) -> fact(page, name, value, null));
            progress.facts().forEach(fact -> fact(page, label(fact.what()), fact.value(), fact.url()));
            page.raw("</dl>");
        } else {
            facts(page, job.facts);
        }
        HtmlReport.log(page, job, job.cause != null);
        page.raw("</article>");
    }

    private static void tests(Html page, Entry.Tests tests) {
        page.raw("<p class=\"tests\"><span class=\"split\" aria-hidden=\"true\">");
        share(page, "good", tests.succeeded(), tests);
        share(page, "bad", tests.failed(), tests);
        share(page, "skipped", tests.skipped(), tests);
        page.raw("</span><b>").text(tests.total() + (tests.total() == 1 ? " test" : " tests"));
        page.raw("</b>");
        count(page, "good", tests.succeeded(), "succeeded");
        count(page, "bad", tests.failed(), "failed");
        count(page, "skipped", tests.skipped(), "skipped");
        page.raw("</p>");
    }

    private static void share(Html page, String tone, int count, Entry.Tests tests) {
        if (count > 0) {
            page.raw("<i class=\"" + tone + "\" style=\"width:" + HtmlReport.percent(100.0 * count / tests.total())
                    + "\"></i>");
        }
    }

    private static void count(Html page, String tone, int count, String word) {
        if (count > 0) {
            page.element("span", "count " + tone, count + " " + word);
        }
    }

    private static void lifecycles(Html page, List<Entry.Lifecycle> targets) {
        List<Entry.Lifecycle> shown = targets.size() <= MOST_TARGETS
                ? targets
                : targets.stream()
                        .sorted((one, other) -> Boolean.compare(isFailed(other), isFailed(one)))
                        .limit(MOST_TARGETS)
                        .toList();
        page.raw(shown.isEmpty() ? "" : "<div class=\"targets\">");
        for (Entry.Lifecycle target : shown) {
            page.raw("<div class=\"target" + (isFailed(target) ? " bad" : " good") + "\"><p class=\"head\">");
            page.element("b", "", target.target());
            page.element("span", "status", target.status());
            page.raw("</p>");
            phases(page, target.events());
            page.raw("</div>");
        }
        page.raw(shown.isEmpty() ? "" : "</div>");
        if (shown.size() < targets.size()) {
            page.element("p", "why", "and " + (targets.size() - shown.size()) + " more targets");
        }
    }

    private static boolean isFailed(Entry.Lifecycle target) {
        return target.status().equals("Failed");
    }

    static void facts(Html page, Map<String, String> facts) {
        if (!facts.isEmpty()) {
            page.raw("<dl>");
            facts.forEach((name, value) -> fact(page, name, value, null));
            page.raw("</dl>");
        }
    }

    private static void fact(Html page, String name, String value, String url) {
        page.element("dt", "", name).raw("<dd>").link(url, value).raw("</dd>");
    }

    /** Each where it was in time: they wait for one another. */
    private static void resources(Html page, List<Progress.Phase> resources) {
        if (resources.isEmpty()) {
            return;
        }
        Instant begin = resources.stream()
                .map(Progress.Phase::started)
                .min(Instant::compareTo)
                .orElseThrow();
        double whole = resources.stream()
                .mapToDouble(it -> millis(begin, it) + millis(it))
                .max()
                .orElse(1);
        page.raw("<div class=\"phases resources\">");
        for (Progress.Phase resource : resources) {
            double left = Math.min(99, 100 * millis(begin, resource) / Math.max(1, whole));
            double width = Math.min(100 - left, Math.max(0.7, 100 * millis(resource) / Math.max(1, whole)));
            phase(page, resource, left, width);
        }
        page.raw("</div>");
    }

    private static double millis(Instant begin, Progress.Phase resource) {
        return Duration.between(begin, resource.started()).toMillis();
    }

    private static double millis(Progress.Phase phase) {
        return phase.took() == null ? 0 : phase.took().toMillis();
    }

    private static void phases(Html page, List<Progress.Phase> phases) {
        double longest = phases.stream().mapToDouble(JobSection::millis).max().orElse(1);
        page.raw(phases.isEmpty() ? "" : "<div class=\"phases\">");
        for (Progress.Phase phase : phases) {
            phase(page, phase, 0, Math.max(0.7, 100 * millis(phase) / Math.max(1, longest)));
        }
        page.raw(phases.isEmpty() ? "" : "</div>");
    }

    private static void phase(Html page, Progress.Phase phase, double left, double width) {
        page.raw("<div class=\"phase" + (phase.failed() ? " bad" : "") + "\">");
        page.element("span", "name", phase.name());
        page.raw("<span class=\"lane\"><span class=\"bar\" style=\"margin-left:" + HtmlReport.percent(left) + ";width:"
                + HtmlReport.percent(width) + "\"></span></span>");
        page.element("span", "took", phase.took() == null ? "" : Durations.inWords(phase.took()));
        page.raw("</div>");
        if (!phase.message().isEmpty()) {
            page.element("p", "message", phase.message());
        }
    }

    private static String label(Progress.What what) {
        return switch (what) {
            case SOURCE_VERSION -> "Source";
            case REVISION -> "Revision";
            case CONFIGURATION -> "Configuration";
            case ROLLBACK_OF -> "Rolls back";
            case TARGETS -> "Targets";
            case VERSION, EXPORTED_VERSION -> "Version";
            case TESTS -> "Tests";
            case COVERAGE -> "Coverage";
            case HEALTH -> "Health";
            case ADDRESS -> "Address";
            case ARTIFACT -> "Artifact";
            case LOG -> "Log";
        };
    }
}
