package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.ReportSpec;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.JUnitFiles;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.Reports;
import io.jenkins.plugins.awscicd.localaws.codebuild.report.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes reports of a build's report files. What is in files of other formats than JUnit's is not read: of those, only ARNs can be had. */
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
            if (spec.fileFormat().equals("JUNITXML")) {
                List<TestCase> cases = new ArrayList<>();
                try {
                    for (Path file : files) {
                        cases.addAll(JUnitFiles.read(base.resolve(file)));
                    }
                } catch (IOException e) {
                    // As somebody has published it of a report that CodeBuild could not make sense of:
                    // aquasecurity/trivy #902.
                    throw PhaseFailure.client("Error in UPLOAD_ARTIFACTS phase: [" + report.getKey()
                            + ": [error processing report: [InvalidInputException: " + e.getMessage() + "]]]");
                }
                reports.add(arn, build.arn(), cases);
            }
            build.report(arn);
        }
    }
}
