package io.jenkins.plugins.awscicd.engine.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said of blue/green deployments and of failures. */
class BlueGreenArgumentsTest {

    private static final Map<String, Object> CLONE = Map.of(
            "application", "web", "strategy", "blueGreen", "cname", "web-prod", "bundle", "s3://artifacts/web.zip");
    private static final Map<String, Object> TWIN = Map.of(
            "application",
            "web",
            "strategy",
            "blueGreen",
            "cname",
            "web-prod",
            "version",
            "v1",
            "environment",
            "web-a",
            "twin",
            "web-b");
    private static final Map<String, Object> CONTINUE =
            Map.of("application", "web", "cname", "web-prod", "continueBlueGreen", "web-prod-1a2b");

    private static BeanstalkRequest request(Map<String, Object> arguments, String name, Object value) {
        Map<String, Object> more = new HashMap<>(arguments);
        if (value == null) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return new BeanstalkRequest(more);
    }

    @Test
    void aCloneATwinAndAContinuationNeedNoMore() {
        for (Map<String, Object> arguments : List.of(CLONE, TWIN, CONTINUE)) {
            BeanstalkRequest request = new BeanstalkRequest(arguments);
            assertEquals(List.of(), request.problems());
            assertTrue(request.blueGreen().asked());
        }
        assertTrue(new BeanstalkRequest(CLONE).blueGreen().clones());
        assertFalse(new BeanstalkRequest(TWIN).blueGreen().clones());
        assertFalse(new BeanstalkRequest(CONTINUE).blueGreen().clones());
    }

    @Test
    void theOldEnvironmentIsKeptUnlessSaidOtherwise() {
        assertFalse(new BeanstalkRequest(CLONE).blueGreen().terminatesOld());
        BlueGreenArguments asked = request(CLONE, "oldEnvironment", "terminate").blueGreen();
        assertTrue(asked.terminatesOld());
        assertEquals(Duration.ofMinutes(5), asked.terminateAfter());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "strategy | push | strategy: 'push' is not known; use one of inPlace, blueGreen",
                "cname | - | cname: say by which CNAME users reach the application",
                "strategy | inPlace | environment: name the environment to deploy to",
                "terminateAfterMinutes | 10 | terminateAfterMinutes: only used with oldEnvironment: 'terminate'",
                "terminateAfterMinutes | 0 | terminateAfterMinutes: 0 is out of range; use 1 to 1440",
                "twin | web-b | environment: name both environments",
                "solutionStackName | 64bit | solutionStackName: a clone is on the platform of the live environment",
                "createEnvironment | true | createEnvironment: only used with strategy: 'inPlace'",
                "onFailure | stop | onFailure: 'stop' is not known; use one of leave, rollBack"
            })
    void badInputForACloneNamesTheArgumentAndTheFix(String name, String value, String problem) {
        check(request(CLONE, name, value), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "twin | web-a | twin: 'web-a' is the environment itself",
                "createEnvironment | true | createEnvironment: only used with strategy: 'inPlace'",
                "oldEnvironment | terminate | oldEnvironment: the old environment is the twin of the next run",
                "strategy | inPlace | twin: only used with strategy: 'blueGreen'"
            })
    void badInputForATwinNamesTheArgumentAndTheFix(String name, String value, String problem) {
        check(request(TWIN, name, value), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "cname | - | cname: say which CNAME the environment should take over",
                "strategy | inPlace | strategy: only a blue/green deployment can be continued",
                "bundle | dist | bundle: was for the step that prepared the green environment",
                "templateName | prod | templateName: was for the step that prepared the green environment",
                "createEnvironment | true | createEnvironment: only used with strategy: 'inPlace'",
                "twin | web-b | twin: was for the step that prepared the green environment"
            })
    void badInputForAContinuationNamesTheArgumentAndTheFix(String name, String value, String problem) {
        check(request(CONTINUE, name, value), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "cname | - | cname: say which CNAME users reach the application by, so that the live environment stays",
                "bundle | dist | bundle: was for the step that prepared the green environment",
                "oldEnvironment | terminate | oldEnvironment: only used where the CNAMEs are swapped",
                "version | v1 | version: only used where something is deployed",
                "continueBlueGreen | web-b | continueBlueGreen: cannot be combined with discardBlueGreen",
            })
    void badInputForADiscardNamesTheArgumentAndTheFix(String name, String value, String problem) {
        Map<String, Object> discard =
                Map.of("application", "web", "cname", "web-prod", "discardBlueGreen", "web-prod-1a2b");
        assertEquals(List.of(), new BeanstalkRequest(discard).problems());
        check(request(discard, name, value), problem);
    }

    @Test
    void theSwapIsToldWhatBecomesOfTheOldEnvironment() {
        Map<String, Object> prepare = new HashMap<>(CLONE);
        prepare.put("swap", false);
        check(
                request(prepare, "oldEnvironment", "terminate"),
                "oldEnvironment: only used where the CNAMEs are swapped");
    }

    private static void check(BeanstalkRequest request, String problem) {
        List<String> problems = request.problems();
        assertTrue(problems.stream().anyMatch(it -> it.startsWith(problem)), problems.toString());
    }
}
