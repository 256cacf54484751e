package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run of an action for an execution. */
public final class ActionRun {

    public final String id;
    public final Execution execution;
    public final String stage;
    /** As the pipeline declares it. */
    public final ObjectNode declaration;
    /** Its configuration, with variables resolved. */
    public final Map<String, String> configuration;

    public final List<Artifact> inputs = new ArrayList<>();
    public final List<Artifact> outputs = new ArrayList<>();
    public final Map<String, String> outputVariables = new TreeMap<>();
    public final Instant started;
    public Instant updated;
    public String status = "InProgress";
    public String updatedBy;
    public String externalId;
    public String externalUrl;
    public String summary;
    /** As its worker has told; {@code null} if it has not. */
    public Integer percentComplete;

    public String errorCode;
    public String errorMessage;
    /** Of a manual approval. */
    public String token;
    /** Whether that has its answer. */
    public boolean answered;

    public ActionWork work;

    public ActionRun(
            String id,
            Execution execution,
            String stage,
            ObjectNode declaration,
            Map<String, String> configuration,
            Instant started) {
        this.id = id;
        this.execution = execution;
        this.stage = stage;
        this.declaration = declaration;
        this.configuration = configuration;
        this.started = started;
        this.updated = started;
    }

    public String name() {
        return declaration.path("name").asText();
    }

    public int runOrder() {
        return declaration.path("runOrder").asInt(1);
    }

    public String provider() {
        return declaration.path("actionTypeId").path("provider").asText();
    }

    public boolean custom() {
        return declaration.path("actionTypeId").path("owner").asText().equals("Custom");
    }

    public String category() {
        return declaration.path("actionTypeId").path("category").asText();
    }

    public boolean runs() {
        return status.equals("InProgress");
    }

    public boolean failed() {
        return status.equals("Failed") || status.equals("Abandoned");
    }

    public String configured(String key) {
        String value = configuration.get(key);
        if (value == null) {
            throw new IllegalArgumentException("The configuration of action " + name() + " lacks " + key);
        }
        return value;
    }
}
