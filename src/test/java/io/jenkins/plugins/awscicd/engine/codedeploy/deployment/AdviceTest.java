package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleErrorCode;

class AdviceTest {

    @Test
    void everyCodeIsExplainedUnlessItsMessageSaysItAll() {
        Set<String> silent = new TreeSet<>();
        for (ErrorCode code : ErrorCode.knownValues()) {
            String advice = Advice.on(code.toString());
            if (advice.isEmpty()) {
                silent.add(code.toString());
            } else {
                assertTrue(advice.endsWith("."), advice);
            }
        }
        assertEquals(
                Set.of("CLOUDFORMATION_STACK_FAILURE", "INTERNAL_ERROR", "MANUAL_STOP", "NO_EC2_SUBSCRIPTION"), silent);
    }

    @Test
    void everyFailureOfAScriptIsExplainedUnlessItsLogDoes() {
        Set<String> silent = new TreeSet<>();
        for (LifecycleErrorCode code : LifecycleErrorCode.knownValues()) {
            if (Advice.onEvent("AfterInstall", code.toString(), "").isEmpty()) {
                silent.add(code.toString());
            }
        }
        assertEquals(Set.of("ScriptFailed", "Success"), silent);
    }

    @Test
    void aCodeThatIsNewerThanThisVersionGetsNone() {
        assertEquals("", Advice.on("NEW_CODE"));
        assertEquals("", Advice.on(""));
        assertEquals("", Advice.onEvent("AfterInstall", "NewCode", ""));
    }

    @Test
    void aFileInTheWayIsKnownByAwssWords() {
        assertTrue(Advice.onEvent(
                        "Install",
                        "UnknownError",
                        "The deployment failed because a specified file already exists at this location: /opt/web/web.jar")
                .contains("fileExistsBehavior: 'OVERWRITE'"));
    }

    /** Its own script may well be there: the agent runs the one that is installed. */
    @Test
    void aScriptOfTheLastRevisionIsNotLookedForInThisOne() {
        for (String event : new String[] {"ApplicationStop", "BeforeBlockTraffic", "AfterBlockTraffic"}) {
            for (String code : new String[] {"ScriptMissing", "ScriptFailed", "ScriptTimedOut"}) {
                assertEquals(
                        "The scripts of " + event
                                + " are those of the revision that was deployed last, not of this one. If they"
                                + " cannot be fixed on the instance, deploy once with ignoreApplicationStopFailures: true.",
                        Advice.onEvent(event, code, ""));
            }
            assertEquals("", Advice.onEvent(event, "Success", ""));
        }
        assertEquals(
                "The script that appspec.yml names is not in the revision; check its location.",
                Advice.onEvent("BeforeInstall", "ScriptMissing", ""));
    }
}
