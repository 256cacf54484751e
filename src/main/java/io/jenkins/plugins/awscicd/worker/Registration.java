package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionJob;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionType;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** What registers an action type in AWS, to copy: a command of the AWS CLI, and a resource of CloudFormation. */
final class Registration {

    private static final int MOST_ARTIFACTS = 5;

    private Registration() {}

    /** As markup. */
    @NonNull
    static String of(@NonNull ActionType type, @NonNull String root, boolean queryable) {
        return shown(Messages.Registration_command(), command(type, root, queryable))
                + shown(Messages.Registration_resource(), resource(type, root, queryable));
    }

    private static String shown(String title, String text) {
        return "<p>" + Util.xmlEscape(title) + "</p><pre>" + Util.xmlEscape(text) + "</pre>";
    }

    /** Nothing in it is what a shell changes: AWS's names and Jenkins' address have no quotes. */
    @NonNull
    static String command(@NonNull ActionType type, @NonNull String root, boolean queryable) {
        JSONObject input = new JSONObject();
        input.put("category", type.category());
        input.put("provider", type.provider());
        input.put("version", type.version());
        JSONObject settings = new JSONObject();
        settings.put("entityUrlTemplate", root + entity());
        settings.put("executionUrlTemplate", root + execution());
        input.put("settings", settings);
        input.put("configurationProperties", properties(queryable));
        input.put("inputArtifactDetails", artifacts());
        input.put("outputArtifactDetails", artifacts());
        return "aws codepipeline create-custom-action-type --cli-input-json '"
                + input.toString(2).replace("'", "'\\''") + "'";
    }

    private static String entity() {
        return ActionLinks.URL + "/job?name={Config:" + ActionJob.PROJECT + "}";
    }

    private static String execution() {
        return ActionLinks.URL + "/run?of={ExternalExecutionId}";
    }

    private static JSONArray properties(boolean queryable) {
        JSONObject project = new JSONObject();
        project.put("name", ActionJob.PROJECT);
        project.put("required", true);
        project.put("key", true);
        project.put("secret", false);
        project.put("queryable", queryable);
        project.put("description", "The Jenkins job, by its full name or the name in its trigger");
        project.put("type", "String");
        JSONArray properties = new JSONArray();
        properties.add(project);
        return properties;
    }

    private static JSONObject artifacts() {
        JSONObject details = new JSONObject();
        details.put("minimumCount", 0);
        details.put("maximumCount", MOST_ARTIFACTS);
        return details;
    }

    @NonNull
    static String resource(@NonNull ActionType type, @NonNull String root, boolean queryable) {
        return String.join(
                "\n",
                "Resources:",
                "  JenkinsAction:",
                "    Type: AWS::CodePipeline::CustomActionType",
                "    Properties:",
                "      Category: " + type.category(),
                "      Provider: '" + type.provider() + "'",
                "      Version: '" + type.version() + "'",
                "      Settings:",
                "        EntityUrlTemplate: '" + root + entity() + "'",
                "        ExecutionUrlTemplate: '" + root + execution() + "'",
                "      ConfigurationProperties:",
                "        - Name: " + ActionJob.PROJECT,
                "          Required: true",
                "          Key: true",
                "          Secret: false",
                "          Queryable: " + queryable,
                "          Type: String",
                "      InputArtifactDetails: {MinimumCount: 0, MaximumCount: " + MOST_ARTIFACTS + "}",
                "      OutputArtifactDetails: {MinimumCount: 0, MaximumCount: " + MOST_ARTIFACTS + "}");
    }
}
