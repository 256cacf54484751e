package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.ReportSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.CoverageFiles;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.FileCoverage;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.Reports;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes reports of a build's report files. */
final class ReportUpload {

    private final Build build;
    private final BuildLog log;
    private final Path source;
    private final Reports reports;

    ReportUpload(Build build, BuildLog log, Path source, Reports reports) {
        this.build = build;
        this.log = log;
        this.source = source;
        this.reports = reports;
    }

    void upload(Map<String, ReportSpec> specs) throws IOException, PhaseFailure {
        for (Map.Entry<String, ReportSpec> report : specs.entrySet()) {
            ReportSpec spec = report.getValue();
            Path base = spec.baseDirectory() == null
                    ? source
                    : source.resolve(spec.baseDirectory()).normalize();
            if (!TestFiles.FORMATS.know(spec.fileFormat()) && !CoverageFiles.FORMATS.know(spec.fileFormat())) {
                throw PhaseFailure.client(
                        "Local AWS knows no report format " + spec.fileFormat() + ", as CodeBuild does not");
            }
            log.container("Preparing to copy " + (TestFiles.FORMATS.know(spec.fileFormat()) ? "TEST" : "CODE_COVERAGE")
                    + " report " + report.getKey());
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
            try {
                if (TestFiles.FORMATS.know(spec.fileFormat())) {
                    List<TestCase> cases = new ArrayList<>();
                    for (Path file : files) {
                        cases.addAll(TestFiles.FORMATS.read(spec.fileFormat(), base.resolve(file)));
                    }
                    reports.add(arn, build.arn(), cases);
                } else {
                    List<FileCoverage> covered = new ArrayList<>();
                    for (Path file : files) {
                        covered.addAll(CoverageFiles.FORMATS.read(spec.fileFormat(), base.resolve(file)));
                    }
                    reports.addCoverage(arn, build.arn(), covered);
                }
            } catch (IOException e) {
                // As somebody has published it of a report that CodeBuild could not make sense of:
                // aquasecurity/trivy #902.
                throw PhaseFailure.client("Error in UPLOAD_ARTIFACTS phase: [" + report.getKey()
                        + ": [error processing report: [InvalidInputException: " + e.getMessage() + "]]]");
            }
            reports.raw(arn, contents(base, files));
            build.report(arn);
        }
    }

    private static Map<String, String> contents(Path base, List<Path> files) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        for (Path file : files) {
            byte[] content = Files.readAllBytes(base.resolve(file));
            contents.put(file.toString().replace('\\', '/'), new String(content, StandardCharsets.UTF_8));
        }
        return contents;
    }
}
