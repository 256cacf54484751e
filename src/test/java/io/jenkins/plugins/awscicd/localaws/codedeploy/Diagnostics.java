package io.jenkins.plugins.awscicd.localaws.codedeploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is said of a lifecycle event that has ended (Diagnostics of the API).
 *
 * @param errorCode a LifecycleErrorCode, such as {@code ScriptFailed}
 * @param scriptName as appspec.yml names it; empty when there is none
 * @param logTail the end of the script's output; no more than 4 KB of it is told
 */
public record Diagnostics(String errorCode, String scriptName, String message, String logTail) {

    /** Of an event that has succeeded. */
    public static final Diagnostics SUCCESS = new Diagnostics("Success", "", "Succeeded", "");

    private static final int LONGEST_TAIL = 4096;

    public Diagnostics {
        byte[] bytes = logTail.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_TAIL) {
            int from = bytes.length - LONGEST_TAIL;
            while ((bytes[from] & 0xC0) == 0x80) {
                // In the middle of a character.
                from++;
            }
            logTail = new String(Arrays.copyOfRange(bytes, from, bytes.length), StandardCharsets.UTF_8);
        }
    }

    /** The script has ended with another exit code than 0. */
    public static Diagnostics scriptFailed(String script, int exitCode, String logTail) {
        return new Diagnostics(
                "ScriptFailed",
                script,
                "Script at specified location: " + script + " failed with exit code " + exitCode,
                logTail);
    }

    /** The revision has no such file. */
    public static Diagnostics scriptMissing(String script) {
        return new Diagnostics("ScriptMissing", script, "Script does not exist at specified location: " + script, "");
    }

    /** The file cannot be run. */
    public static Diagnostics scriptNotExecutable(String script, String logTail) {
        return new Diagnostics(
                "ScriptNotExecutable",
                script,
                "Script at specified location: " + script + " is not executable.  Trying to make it executable.",
                logTail);
    }

    /** The script has not ended in its time. */
    public static Diagnostics scriptTimedOut(String script, long seconds, String logTail) {
        return new Diagnostics(
                "ScriptTimedOut",
                script,
                "Script at specified location: " + script + " failed to complete in " + seconds + " seconds",
                logTail);
    }

    /** Something else went wrong, such as the download of the revision. */
    public static Diagnostics unknownError(String message) {
        return new Diagnostics("UnknownError", "", message, "");
    }

    boolean success() {
        return errorCode.equals("Success");
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("errorCode", errorCode)
                .put("scriptName", scriptName)
                .put("message", message)
                .put("logTail", logTail);
    }
}
