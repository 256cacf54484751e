package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Reads files with code coverage ("file-format" in the buildspec reference), of which lcov's is none. */
public final class CoverageFiles {

    /** In Cobertura's format: {@code 50% (1/2)}. */
    private static final Pattern CONDITIONS = Pattern.compile(".*\\((\\d+)/(\\d+)\\)");

    public static final Formats<FileCoverage> FORMATS = new Formats<>(Map.of(
            "JACOCOXML", CoverageFiles::jaCoCo,
            "COBERTURAXML", CoverageFiles::cobertura,
            "CLOVERXML", CoverageFiles::clover,
            "SIMPLECOV", CoverageFiles::simpleCov));

    private CoverageFiles() {}

    private static List<FileCoverage> jaCoCo(Path file) throws IOException {
        List<FileCoverage> files = new ArrayList<>();
        for (Element source : ReportXml.all(ReportXml.root(file, "report"), "sourcefile")) {
            Element folder = ReportXml.around(source, "package");
            int[] lines = counter(source, "LINE");
            int[] branches = counter(source, "BRANCH");
            files.add(new FileCoverage(
                    (folder == null ? "" : folder.getAttribute("name") + "/") + source.getAttribute("name"),
                    lines[0],
                    lines[1],
                    branches[0],
                    branches[1]));
        }
        return files;
    }

    private static int[] counter(Element of, String type) {
        return ReportXml.children(of, "counter").stream()
                .filter(counter -> counter.getAttribute("type").equals(type))
                .findFirst()
                .map(counter -> new int[] {ReportXml.count(counter, "covered"), ReportXml.count(counter, "missed")})
                .orElse(new int[2]);
    }

    /** A file may have several classes. */
    private static List<FileCoverage> cobertura(Path file) throws IOException {
        Map<String, FileCoverage> files = new LinkedHashMap<>();
        for (Element type : ReportXml.all(ReportXml.root(file, "coverage"), "class")) {
            String path = type.getAttribute("filename");
            for (Element lines : ReportXml.children(type, "lines")) {
                for (Element line : ReportXml.children(lines, "line")) {
                    boolean hit = ReportXml.count(line, "hits") > 0;
                    Matcher branches = CONDITIONS.matcher(line.getAttribute("condition-coverage"));
                    int covered = branches.matches() ? Integer.parseInt(branches.group(1)) : 0;
                    int all = branches.matches() ? Integer.parseInt(branches.group(2)) : 0;
                    files.merge(
                            path,
                            new FileCoverage(path, hit ? 1 : 0, hit ? 0 : 1, covered, all - covered),
                            FileCoverage::plus);
                }
            }
        }
        return List.copyOf(files.values());
    }

    private static List<FileCoverage> clover(Path file) throws IOException {
        List<FileCoverage> files = new ArrayList<>();
        for (Element source : ReportXml.all(ReportXml.root(file, "coverage"), "file")) {
            String path = source.getAttribute("path");
            for (Element metrics : ReportXml.children(source, "metrics")) {
                int covered = ReportXml.count(metrics, "coveredstatements");
                int branches = ReportXml.count(metrics, "coveredconditionals");
                files.add(new FileCoverage(
                        path.isEmpty() ? source.getAttribute("name") : path,
                        covered,
                        ReportXml.count(metrics, "statements") - covered,
                        branches,
                        ReportXml.count(metrics, "conditionals") - branches));
            }
        }
        return files;
    }

    /** What it counts of a line is null for a line that is no code. */
    private static List<FileCoverage> simpleCov(Path file) throws IOException {
        Map<String, FileCoverage> files = new LinkedHashMap<>();
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        for (JsonNode suite : root) {
            suite.path("coverage").fields().forEachRemaining(source -> {
                JsonNode lines = source.getValue().isArray()
                        ? source.getValue()
                        : source.getValue().path("lines");
                int covered = 0;
                int missed = 0;
                for (JsonNode line : lines) {
                    if (line.isNumber()) {
                        covered += line.asInt() > 0 ? 1 : 0;
                        missed += line.asInt() > 0 ? 0 : 1;
                    }
                }
                files.merge(
                        source.getKey(), new FileCoverage(source.getKey(), covered, missed, 0, 0), FileCoverage::plus);
            });
        }
        if (files.isEmpty()) {
            throw new IOException(file + ": has no coverage");
        }
        return List.copyOf(files.values());
    }
}
