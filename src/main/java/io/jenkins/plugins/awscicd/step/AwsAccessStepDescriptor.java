package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.config.StageDefaults;
import io.jenkins.plugins.awscicd.config.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.lang.Klass;
import org.kohsuke.stapler.verb.POST;

/** What the forms of all steps that call AWS have in common. Nothing here calls AWS while a form is rendered. */
public abstract class AwsAccessStepDescriptor extends StepDescriptor implements CustomDescribableModel {

    private static final Logger LOGGER = Logger.getLogger(AwsAccessStepDescriptor.class.getName());

    /** Hidden fields, which are no arguments. */
    private static final List<String> SHOWN = List.of("currentRegion", "currentCredentialsId");

    /** By field; those without help are not in it. */
    private final Map<String, String> helpFiles = new ConcurrentHashMap<>();

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FlowNode.class);
    }

    /**
     * Makes a step of what a script says.
     *
     * @throws AbortException if an argument is not known, or is not what it has to be
     */
    @Override
    public Step newInstance(@NonNull Map<String, Object> arguments) throws Exception {
        try {
            return super.newInstance(StrictArguments.named(arguments));
        } catch (ArgumentException e) {
            throw new AbortException(e.getMessage()); // without a stack trace in the console
        } catch (IllegalArgumentException e) {
            // It quotes all values, of which some may be secrets.
            LOGGER.log(Level.FINE, e, () -> getFunctionName() + " cannot be made of its arguments");
            throw new AbortException(
                    getFunctionName() + " " + Messages.StrictArguments_misfit(String.join(", ", arguments.keySet())));
        }
    }

    /** What is wrong with a step's arguments. */
    private static final class ArgumentException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        ArgumentException(String problems) {
            super(problems);
        }
    }

    /**
     * Whoever makes a step by names and values comes this way, as a script that makes freestyle jobs does.
     *
     * @throws IllegalArgumentException if an argument is not known, or is not what it has to be
     */
    @Override
    @NonNull
    public final Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
        StrictArguments strict = new StrictArguments(clazz, plain(arguments));
        List<String> problems = new ArrayList<>(strict.problems());
        problems.addAll(refused(arguments));
        if (!problems.isEmpty()) {
            throw new ArgumentException(
                    getFunctionName() + " " + String.join("\n" + getFunctionName() + " ", problems));
        }
        return strict.plain();
    }

    /** The same arguments, with what properties take for what else a script may give. */
    @NonNull
    protected Map<String, Object> plain(@NonNull Map<String, Object> arguments) {
        return arguments;
    }

    /** Why arguments that AWS has, and the step has not, are not taken, a sentence each that begins with the argument's name. */
    @NonNull
    protected List<String> refused(@NonNull Map<String, Object> arguments) {
        return List.of();
    }

    /** Makes a step of a form. What is left blank there is left out, so that it stays unset whatever its type. */
    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        SHOWN.forEach(formData::remove);
        keepGiven(formData);
        FormNumbers.check(clazz, formData);
        return super.newInstance(req, formData);
    }

    /** Takes out what is blank, and whole parts of which nothing is left; says whether anything is. */
    private static boolean keepGiven(Object json) {
        if (json instanceof JSONObject object) {
            for (Object key : object.keySet().toArray()) {
                if (!keepGiven(object.get(key))) {
                    object.remove(key);
                }
            }
            return !object.isEmpty();
        }
        if (json instanceof JSONArray array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (!keepGiven(array.get(i))) {
                    array.remove(i);
                }
            }
            return !array.isEmpty();
        }
        return json != null
                && !JSONNull.getInstance().equals(json)
                && !json.toString().isBlank();
    }

    /** Jenkins looks for it in each language and class, for each field, whenever a form is shown: a quarter of what a long form costs. */
    @Override
    public String getHelpFile(Klass<?> shown, String field) {
        return field == null
                ? super.getHelpFile(shown, null)
                : helpFiles.computeIfAbsent(field, it -> super.getHelpFile(shown, it));
    }

    /** The stages that can be named where the form is. */
    @NonNull
    public List<String> getStageNames() {
        return stagesOfForm().stream().map(ResolvedStage::name).toList();
    }

    /** Those of them that are guarded, with commas between them: they say themselves who their steps are to AWS. */
    @NonNull
    public String getGuardedStageNames() {
        return stagesOfForm().stream()
                .filter(ResolvedStage::isGuarded)
                .map(ResolvedStage::name)
                .collect(Collectors.joining(","));
    }

    private static List<ResolvedStage> stagesOfForm() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        Item item = request == null ? null : request.findAncestorObject(Item.class);
        return AccessForm.mayConfigure(item) ? Stages.of(item).all() : List.of();
    }

    /** What a stage that a form names gives to its steps; nothing if there is none, and for who may not know. */
    @NonNull
    protected static StageDefaults defaults(@CheckForNull Item item, @CheckForNull String stage) {
        return stage != null && AccessForm.mayConfigure(item)
                ? Stages.of(item)
                        .find(stage.strip())
                        .map(ResolvedStage::defaults)
                        .orElseGet(StageDefaults::new)
                : new StageDefaults();
    }

    /**
     * Is given what the step had when the form was shown, by a hidden field: a list that depends on itself is filled anew when it is
     * cleared, and set back by that.
     */
    @POST
    public ListBoxModel doFillRegionItems(@AncestorInPath Item item, @QueryParameter String currentRegion) {
        return AccessForm.regions(item, currentRegion); // checks the permission itself
    }

    /** Is given what the step had, as the regions are. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String currentCredentialsId) {
        return AccessForm.credentials(item, currentCredentialsId); // checks the permission itself
    }

    @POST
    public FormValidation doCheckRole(@AncestorInPath Item item, @QueryParameter String value) {
        return AccessForm.mayConfigure(item) ? AccessForm.checkRole(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckExternalId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String role) {
        return AccessForm.mayConfigure(item) ? AccessForm.checkExternalId(value, role) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckEndpoint(@AncestorInPath Item item, @QueryParameter String value) {
        return AccessForm.mayConfigure(item) ? AccessForm.checkEndpoint(value) : FormValidation.ok();
    }
}
