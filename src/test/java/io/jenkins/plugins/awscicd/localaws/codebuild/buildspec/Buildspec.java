package io.jenkins.plugins.awscicd.localaws.codebuild.buildspec;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A buildspec, version 0.1 or 0.2, as far as local AWS carries it out ("Build specification reference" in the CodeBuild user guide).
 *
 * @param oneShell whether each command goes on where the one before has left the shell: version 0.2
 * @param shell {@code sh} unless the buildspec names another
 * @param variables PLAINTEXT
 * @param parameters variables from Parameter Store: the parameters' names
 * @param secrets variables from Secrets Manager: {@code id:json-key:version-stage:version-id}
 * @param exported names of the variables to export
 * @param phases by name: install, pre_build, build, post_build
 * @param artifacts {@code null} when there are none
 * @param secondaryArtifacts by identifier
 * @param reports by report group
 */
public record Buildspec(
        boolean oneShell,
        String shell,
        Map<String, String> variables,
        Map<String, String> parameters,
        Map<String, String> secrets,
        List<String> exported,
        Map<String, PhaseSpec> phases,
        ArtifactSpec artifacts,
        Map<String, ArtifactSpec> secondaryArtifacts,
        Map<String, ReportSpec> reports) {

    /** What happens after a phase has failed. */
    public enum OnFailure {
        /** As the phase transitions have it: only after BUILD the build goes on. */
        DEFAULT,
        ABORT,
        CONTINUE
    }

    /**
     * A phase's commands, and those that follow whether they succeed or not.
     *
     * @param retries how often a phase that fails is begun anew
     * @param retried what the failure's message has to have in it for that
     */
    public record PhaseSpec(
            List<String> commands, List<String> finallyCommands, OnFailure onFailure, int retries, Pattern retried) {}

    /**
     * What to upload.
     *
     * @param name {@code null} for the one in the project
     * @param files glob patterns below the base directory
     * @param exclude glob patterns
     * @param baseDirectory {@code null} for the source directory; a glob pattern too
     */
    public record ArtifactSpec(
            String name, List<String> files, List<String> exclude, String baseDirectory, boolean discardPaths) {}

    /** Which files are reports. */
    public record ReportSpec(List<String> files, String baseDirectory, String fileFormat) {}
}
