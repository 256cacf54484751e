package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The custom action types that this controller works for: "AWS CodePipeline: Jenkins as an action" on Manage Jenkins » System. */
@Extension
@Symbol("codePipelineActions")
public final class CodePipelineActions extends GlobalConfiguration {

    private List<CodePipelineActionType> actionTypes = new ArrayList<>();
    /** Tells this controller from others that work for the same type; made once. */
    private String controller;

    public CodePipelineActions() {
        load();
    }

    @NonNull
    public static CodePipelineActions get() {
        return ExtensionList.lookupSingleton(CodePipelineActions.class);
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.CodePipelineActions_displayName();
    }

    @NonNull
    synchronized String controller() {
        if (controller == null) {
            controller = UUID.randomUUID().toString();
            save();
        }
        return controller;
    }

    @NonNull
    public List<CodePipelineActionType> getActionTypes() {
        return List.copyOf(actionTypes);
    }

    /** @throws IllegalArgumentException if there is something wrong with them */
    @DataBoundSetter
    public void setActionTypes(@CheckForNull List<CodePipelineActionType> actionTypes) {
        List<CodePipelineActionType> given = actionTypes == null ? List.of() : actionTypes;
        Set<String> keys = new HashSet<>();
        for (CodePipelineActionType type : given) {
            List<String> problems = type.problems();
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(
                        type.type() + ": " + String.join("\n" + type.type() + ": ", problems));
            }
            if (!keys.add(type.key())) {
                throw new IllegalArgumentException(Messages.CodePipelineActions_twice(type.type()));
            }
        }
        this.actionTypes = new ArrayList<>(given);
        save();
        JobWorkers.get().reconcile();
    }

    /** How the workers are, for the page. */
    @NonNull
    public List<ShownWorker> getShownStatuses() {
        return JobWorkers.get().statuses().stream().map(ShownWorker::new).toList();
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            Object given = json.opt("actionTypes");
            setActionTypes(given == null ? List.of() : req.bindJSONToList(CodePipelineActionType.class, given));
            return true;
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "actionTypes");
        }
    }
}
