package io.jenkins.plugins.awscicd.rehearsal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The delivery's stages as tests in JUnit's format, which every CI can show. */
public final class JUnitFile {

    private final Timeline timeline;

    public JUnitFile(Timeline timeline) {
        this.timeline = timeline;
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Html xml = new Html(); // what is escaped there is escaped here
        timeline.read(delivery -> {
            List<Entry> stages = delivery.parts.stream()
                    .filter(part -> part.kind == Entry.Kind.STAGE)
                    .toList();
            List<Entry> all = stages.isEmpty() ? List.of(delivery) : stages;
            long failed = all.stream().filter(JUnitFile::failed).count();
            long skipped =
                    all.stream().filter(it -> "SKIPPED".equals(it.result)).count();
            xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"")
                    .text(delivery.title);
            xml.raw("\" tests=\"" + all.size() + "\" failures=\"" + failed + "\" errors=\"0\" skipped=\"" + skipped
                    + "\" time=\"" + seconds(delivery) + "\">\n");
            all.forEach(it -> test(xml, delivery, it));
            xml.raw("</testsuite>\n");
        });
        Files.writeString(file, xml.toString());
    }

    private static void test(Html xml, Entry delivery, Entry stage) {
        xml.raw("  <testcase classname=\"")
                .text(delivery.title)
                .raw("\" name=\"")
                .text(stage.title);
        xml.raw("\" time=\"" + seconds(stage) + "\">");
        if ("SKIPPED".equals(stage.result)) {
            xml.raw("<skipped message=\"").text(stage.cause).raw("\"/>");
        } else if (failed(stage)) {
            String cause = stage.cause == null ? stage.result : stage.cause;
            xml.raw("<failure type=\"")
                    .text(stage.result)
                    .raw("\" message=\"")
                    .text(cause.lines().findFirst().orElse(""));
            xml.raw("\">").text(cause).raw("</failure>");
        }
        xml.raw("</testcase>\n");
    }

    private static boolean failed(Entry entry) {
        return !List.of("SUCCESS", "SKIPPED").contains(String.valueOf(entry.result));
    }

    private static String seconds(Entry entry) {
        long millis =
                entry.end == null ? 0 : Duration.between(entry.begin, entry.end).toMillis();
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }
}
