package io.jenkins.plugins.awscicd.localaws.codebuild;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.ReportSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Makes reports of a build's report files. Of test reports in JUnit's format the counts are kept (BatchGetReports). */
final class Reports {

    private final Build build;
    private final BuildLog log;
    private final Path source;

    Reports(Build build, BuildLog log, Path source) {
        this.build = build;
        this.log = log;
        this.source = source;
    }

    void upload(Map<String, ReportSpec> reports) throws IOException {
        for (Map.Entry<String, ReportSpec> report : reports.entrySet()) {
            ReportSpec spec = report.getValue();
            Path base = spec.baseDirectory() == null
                    ? source
                    : source.resolve(spec.baseDirectory()).normalize();
            log.container("Preparing to copy " + (spec.fileFormat().endsWith("XML") ? "TEST" : "report") + " report "
                    + report.getKey());
            List<Path> files = base.startsWith(source) && Files.isDirectory(base)
                    ? Globs.files(base, spec.files(), List.of())
                    : List.of();
            if (files.isEmpty()) {
                log.container("no matching files found for report " + report.getKey());
                continue;
            }
            // A report group is named by its ARN, or by a name to which the project's is put.
            String group = report.getKey().startsWith("arn:")
                    ? report.getKey().substring(report.getKey().indexOf('/') + 1)
                    : build.projectName() + "-" + report.getKey();
            String arn = build.place().arn("codebuild", "report/" + group + ":" + UUID.randomUUID());
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            kept.put("arn", arn).put("name", group).put("executionId", build.arn());
            kept.put("type", spec.fileFormat().endsWith("XML") ? "TEST" : "CODE_COVERAGE");
            kept.put("status", "SUCCEEDED");
            if (spec.fileFormat().equals("JUNITXML")) {
                try {
                    kept.set("testSummary", counts(base, files));
                } catch (SAXException e) {
                    kept.put("status", "FAILED"); // the build is none the worse for it
                }
            }
            build.report(arn, kept);
        }
    }

    private static ObjectNode counts(Path base, List<Path> files) throws IOException, SAXException {
        Map<String, Integer> byStatus = new TreeMap<>();
        for (Path file : files) {
            NodeList cases = parse(base.resolve(file)).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                byStatus.merge(status((Element) cases.item(i)), 1, Integer::sum);
            }
        }
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        summary.put("total", byStatus.values().stream().mapToInt(it -> it).sum());
        byStatus.forEach(summary.putObject("statusCounts")::put);
        return summary.put("durationInNanoSeconds", 0);
    }

    private static String status(Element test) {
        return Map.of("failure", "FAILED", "error", "ERROR", "skipped", "SKIPPED").entrySet().stream()
                .filter(it -> test.getElementsByTagName(it.getKey()).getLength() > 0)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("SUCCEEDED");
    }

    private static Document parse(Path file) throws IOException, SAXException {
        try (InputStream in = Files.newInputStream(file)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(in);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e); // the JDK's parser has both features
        }
    }
}
