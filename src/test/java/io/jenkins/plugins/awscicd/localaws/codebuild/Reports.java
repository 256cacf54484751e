package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.codebuild.buildspec.Buildspec.ReportSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes reports of a build's report files. Only their ARNs can be had; what is in them is not kept. */
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
            if (!base.startsWith(source)
                    || !Files.isDirectory(base)
                    || Globs.files(base, spec.files(), List.of()).isEmpty()) {
                log.container("no matching files found for report " + report.getKey());
                continue;
            }
            // A report group is named by its ARN, or by a name to which the project's is put.
            String group = report.getKey().startsWith("arn:")
                    ? report.getKey().substring(report.getKey().indexOf('/') + 1)
                    : build.projectName() + "-" + report.getKey();
            build.report(build.place().arn("codebuild", "report/" + group + ":" + UUID.randomUUID()));
        }
    }
}
