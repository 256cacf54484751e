package io.jenkins.plugins.awscicd.rehearsal.report;

import io.jenkins.plugins.awscicd.engine.time.Durations;
import io.jenkins.plugins.awscicd.rehearsal.stage.Configuration;
import io.jenkins.plugins.awscicd.rehearsal.stage.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** One page that needs no server: the delivery as a timeline, and at its end the board. */
public final class HtmlReport {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    private final Timeline timeline;
    private final Configuration configuration;
    private final Memory memory;
    private final ZoneId zone = ZoneId.systemDefault();

    public HtmlReport(Timeline timeline, Configuration configuration, Memory memory) {
        this.timeline = timeline;
        this.configuration = configuration;
        this.memory = memory;
    }

    public void write(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Files.writeString(file, page());
    }

    String page() throws IOException {
        Html page = new Html();
        timeline.read(delivery -> {
            page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                    + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                    + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                    + " 'unsafe-inline'\"><title>");
            page.text(delivery.title + ": " + word(delivery.result)).raw("</title><style>\n");
            page.raw(style()).raw("</style></head><body><main>");
            header(page, delivery);
            overview(page, delivery);
            page.raw("<h2>What happened</h2>");
            delivery.parts.forEach(part -> part(page, part));
            if (!delivery.lines.isEmpty() && delivery.parts.isEmpty()) {
                log(page, delivery, true);
            }
            new BoardSection(configuration, memory).write(page);
            page.raw("</main></body></html>\n");
        });
        return page.toString();
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void header(Html page, Entry delivery) {
        page.raw("<header class=\"" + tone(delivery.result) + "\">");
        page.element("p", "eyebrow", "Rehearsal of a delivery");
        page.raw("<h1>").text(delivery.title);
        if (delivery.facts.containsKey("Description")) {
            page.element("span", "version", delivery.facts.get("Description"));
        }
        page.raw("</h1><p class=\"verdict\">");
        page.element("span", "badge", word(delivery.result));
        page.text(" in " + took(delivery));
        page.text(" · " + DAY.format(delivery.begin.atZone(zone)));
        if (delivery.facts.containsKey("Started by")) {
            page.text(" · started by ").element("b", "who", delivery.facts.get("Started by"));
        }
        page.raw("</p>");
        if (delivery.cause != null) {
            page.element("pre", "cause", delivery.cause);
        }
        page.raw("</header>");
    }

    /** Each stage where it was in time. */
    private static void overview(Html page, Entry delivery) {
        List<Entry> stages = delivery.parts.stream()
                .filter(part -> part.kind == Entry.Kind.STAGE)
                .toList();
        if (stages.isEmpty()) {
            return;
        }
        double whole = Math.max(1, millis(delivery.begin, delivery.end));
        page.raw("<section class=\"overview\" aria-label=\"Stages in time\">");
        for (Entry stage : stages) {
            double left = 100 * millis(delivery.begin, stage.begin) / whole;
            double width =
                    stage.result.equals("SKIPPED") ? 0 : Math.max(0.7, 100 * millis(stage.begin, stage.end) / whole);
            page.raw("<a class=\"row " + tone(stage.result) + "\" href=\"#")
                    .text(anchor(stage))
                    .raw("\">");
            page.element("span", "name", stage.title);
            page.raw("<span class=\"lane\"><span class=\"bar\" style=\"margin-left:" + percent(Math.min(left, 99))
                    + ";width:" + percent(Math.min(width, 100 - Math.min(left, 99))) + "\"></span></span>");
            page.element("span", "took", stage.result.equals("SKIPPED") ? "skipped" : took(stage));
            page.raw("</a>");
        }
        page.raw("</section>");
    }

    private void part(Html page, Entry part) {
        switch (part.kind) {
            case STAGE, DELIVERY -> stage(page, part);
            case JOB -> JobSection.write(page, part, () -> part.parts.forEach(inner -> part(page, inner)));
            case QUESTION -> question(page, part);
        }
    }

    private void stage(Html page, Entry stage) {
        page.raw("<section class=\"stage " + tone(stage.result) + "\" id=\"")
                .text(anchor(stage))
                .raw("\"><h3>");
        page.element("span", "dot", "").text(stage.title);
        page.element(
                "span",
                "took",
                stage.result.equals("SKIPPED")
                        ? "skipped"
                        : CLOCK.format(stage.begin.atZone(zone)) + " · " + took(stage));
        page.raw("</h3>");
        if (stage.cause != null && stage.result.equals("SKIPPED")) {
            page.element("p", "why", stage.cause);
        } else if (stage.cause != null && stage.parts.stream().allMatch(part -> part.cause == null)) {
            page.element("pre", "cause", stage.cause);
        }
        JobSection.facts(page, stage.facts);
        stage.parts.forEach(part -> part(page, part));
        log(page, stage, false);
        page.raw("</section>");
    }

    private void question(Html page, Entry question) {
        page.raw("<article class=\"question " + tone(question.result) + "\"><h4>");
        page.element("span", "service", "Question")
                .raw(" ")
                .text(question.title)
                .raw("</h4>");
        JobSection.facts(page, question.facts);
        ChangesSection.write(page, question.changes);
        page.raw("<ul>");
        for (Entry.Answer answer : question.answers) {
            page.raw(answer.refusal() == null ? "<li class=\"good\">" : "<li class=\"bad\">");
            page.element("b", "who", answer.who());
            page.text(answer.refusal() == null ? " approved at " : " does not count: " + answer.refusal() + ", ");
            page.text(CLOCK.format(answer.when().atZone(zone)));
            if (answer.comment() != null) {
                page.element("q", "", answer.comment());
            }
            page.raw("</li>");
        }
        page.raw("</ul>");
        if (question.cause != null) {
            page.element("pre", "cause", question.cause);
        }
        page.raw("</article>");
    }

    static void log(Html page, Entry entry, boolean open) {
        if (entry.lines.stream().allMatch(String::isBlank)) {
            return;
        }
        page.raw(open ? "<details open><summary>Log" : "<details><summary>Log")
                .text(", " + entry.lines.size() + " lines");
        page.raw("</summary><pre class=\"log\">");
        if (entry.linesLeftOut > 0) {
            page.text("… " + entry.linesLeftOut + " lines before\n");
        }
        page.text(String.join("\n", entry.lines)).raw("</pre></details>");
    }

    private static String anchor(Entry stage) {
        return "stage-" + stage.begin.toEpochMilli() + "-" + Math.abs(stage.title.hashCode());
    }

    static String tone(String result) {
        return switch (String.valueOf(result)) {
            case "SUCCESS" -> "good";
            case "UNSTABLE" -> "shaky";
            case "SKIPPED", "NOT_BUILT" -> "skipped";
            case "ABORTED" -> "stopped";
            default -> "bad";
        };
    }

    private static String word(String result) {
        return switch (String.valueOf(result)) {
            case "SUCCESS" -> "Succeeded";
            case "UNSTABLE" -> "Unstable";
            case "ABORTED" -> "Aborted";
            case "NOT_BUILT" -> "Not built";
            default -> "Failed";
        };
    }

    static String took(Entry entry) {
        return entry.end == null ? "" : Durations.inWords(Duration.between(entry.begin, entry.end));
    }

    private static double millis(Instant from, Instant to) {
        return to == null ? 0 : Duration.between(from, to).toMillis();
    }

    static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }
}
