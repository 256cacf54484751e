package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.Approvable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a step is going to do to a stack set, before it does it. Plain data. */
public final class StackSetPlan implements Approvable, Serializable {

    private static final long serialVersionUID = 1L;

    private final String stackSet;
    private final String content;
    private final ArrayList<String> details;
    private final LinkedHashMap<String, Object> arguments;
    private final String consoleUrl;

    /**
     * @param content what exactly is done: of this step, and of no other
     * @param arguments of the step, as far as they are no secrets
     */
    StackSetPlan(
            @NonNull String stackSet,
            @NonNull String content,
            @NonNull List<String> details,
            @NonNull Map<String, Object> arguments,
            @NonNull String consoleUrl) {
        this.stackSet = stackSet;
        this.content = content;
        this.details = new ArrayList<>(details);
        this.arguments = new LinkedHashMap<>(arguments);
        this.consoleUrl = consoleUrl;
    }

    @Override
    @NonNull
    public String subject() {
        return "stack set " + stackSet;
    }

    @Override
    @NonNull
    public String exactly() {
        return content;
    }

    @Override
    @NonNull
    public List<String> details() {
        return new ArrayList<>(details);
    }

    @Override
    @NonNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** The arguments that people are asked about, with this plan. */
    @NonNull
    public Map<String, Object> asked() {
        Map<String, Object> asked = new LinkedHashMap<>(arguments);
        asked.put(PLAN, this);
        return asked;
    }
}
