package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How much of a file tests have covered. */
public record FileCoverage(String path, int linesCovered, int linesMissed, int branchesCovered, int branchesMissed) {

    FileCoverage plus(FileCoverage other) {
        return new FileCoverage(
                path,
                linesCovered + other.linesCovered,
                linesMissed + other.linesMissed,
                branchesCovered + other.branchesCovered,
                branchesMissed + other.branchesMissed);
    }

    /** From 0 to 100. */
    double linePercentage() {
        return percentage(linesCovered, linesMissed);
    }

    /** What there is none of counts as 0 here. Whether it does at AWS is unproven: nobody may go by it. */
    private static double percentage(int covered, int missed) {
        return covered + missed == 0 ? 0 : 100.0 * covered / (covered + missed);
    }

    /** The members that CodeCoverage and CodeCoverageReportSummary have in common. */
    ObjectNode putInto(ObjectNode node) {
        return node.put("lineCoveragePercentage", linePercentage())
                .put("linesCovered", linesCovered)
                .put("linesMissed", linesMissed)
                .put("branchCoveragePercentage", percentage(branchesCovered, branchesMissed))
                .put("branchesCovered", branchesCovered)
                .put("branchesMissed", branchesMissed);
    }
}
