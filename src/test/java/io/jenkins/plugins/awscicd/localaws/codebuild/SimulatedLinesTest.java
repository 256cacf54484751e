package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codebuild.model.Build;

/** The log lines of simulated builds. */
class SimulatedLinesTest extends SteppedBuilds {

    @Test
    void logLinesComeAsTheyAreToldTo() {
        String even = startWithLines("even").id();
        time.advance(Duration.ofSeconds(12 + 15));
        assertEquals(500, lines(even));
        time.advance(Duration.ofSeconds(15));
        assertEquals(1000, lines(even));
        String burst = startWithLines("burst-at-end").id();
        time.advance(Duration.ofSeconds(12 + 18));
        assertEquals(0, lines(burst));
        time.advance(Duration.ofSeconds(6));
        assertEquals(500, lines(burst));
        String stamp = startWithLines("one-timestamp").id();
        time.advance(Duration.ofSeconds(12 + 14));
        assertEquals(0, lines(stamp));
        time.advance(Duration.ofSeconds(1));
        assertEquals(1000, lines(stamp));
    }

    @Test
    void aStoppedBuildWritesNoMore() {
        String id = startWithLines("even").id();
        time.advance(Duration.ofSeconds(12 + 14));
        codeBuild.stopBuild(request -> request.id(id));
        time.advance(Duration.ofMinutes(1));
        assertEquals(500, lines(id));
    }

    private Build startWithLines(String shape) {
        return codeBuild
                .startBuild(request -> request.projectName("web")
                        .environmentVariablesOverride(
                                variable("SIMULATED_LOG_LINES", "1000"), variable("SIMULATED_LOG_SHAPE", shape)))
                .build();
    }

    /** How many numbered lines there are, after a look that none is missing and none out of order. */
    private int lines(String id) {
        List<String> lines = aws.logs().messages("/aws/codebuild/web", id.substring(id.indexOf(':') + 1)).stream()
                .filter(message -> message.startsWith("line "))
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(String.format("line %06d\n", i + 1), lines.get(i));
        }
        return lines.size();
    }
}
