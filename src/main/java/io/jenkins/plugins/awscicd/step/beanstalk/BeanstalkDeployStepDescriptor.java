package io.jenkins.plugins.awscicd.step.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.HttpResponses;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.config.FormAccess;
import io.jenkins.plugins.awscicd.config.NamesAnswer;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Names;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.BeanstalkNames;
import io.jenkins.plugins.awscicd.step.AwsStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import io.jenkins.plugins.awscicd.step.VariableRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How {@code beanstalkDeploy} is called and configured. */
public abstract class BeanstalkDeployStepDescriptor extends AwsStepDescriptor {

    private static final String APPLICATION = "application";
    private static final String ENVIRONMENT = "environment";
    private static final String BUNDLE = "bundle";
    private static final String VERSION = "version";
    private static final String TAGS = "tags";
    private static final String ENVIRONMENT_TAGS = "environmentTags";
    private static final String CONTINUE = "continueBlueGreen";
    private static final String DISCARD = "discardBlueGreen";

    @Override
    public String getFunctionName() {
        return "beanstalkDeploy";
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.BeanstalkDeployStep_displayName();
    }

    @Override
    @NonNull
    public List<String> getAbortWords() {
        return List.of("abort", "leave");
    }

    /** Such as {@code web to web-prod}. Arguments may be missing, or be no texts. */
    @Override
    public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        Object environment = namedArgs.get(ENVIRONMENT);
        if (!(namedArgs.get(APPLICATION) instanceof String application)) {
            return null;
        }
        return environment instanceof String name ? application + " to " + name : application;
    }

    /**
     * Makes a step of a form. What may be of several types, and rows that stand for a map, are set here, as forms have no way of
     * saying so.
     */
    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        Object bundle = formData.remove(BUNDLE);
        Map<String, Object> tags = VariableRows.toMap(formData.remove(TAGS));
        Map<String, Object> environmentTags = VariableRows.toMap(formData.remove(ENVIRONMENT_TAGS));
        Object continued = formData.remove(CONTINUE);
        Object discarded = formData.remove(DISCARD);
        Step step = super.newInstance(req, formData);
        if (step instanceof BeanstalkDeployStep deploy) {
            deploy.setBundle(bundle);
            deploy.setTags(tags);
            deploy.setEnvironmentTags(environmentTags);
            deploy.setContinueBlueGreen(continued);
            deploy.setDiscardBlueGreen(discarded);
        }
        return step;
    }

    /** A step's tags as rows of its form. */
    @NonNull
    public List<Map<String, String>> tagRows(@CheckForNull BeanstalkDeployStep step) {
        return VariableRows.of(step == null ? null : step.getTags());
    }

    /** A step's tags of a new environment as rows of its form. */
    @NonNull
    public List<Map<String, String>> environmentTagRows(@CheckForNull BeanstalkDeployStep step) {
        return VariableRows.of(step == null ? null : step.getEnvironmentTags());
    }

    @POST
    public FormValidation doCheckApplication(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String stage) {
        return check(item, APPLICATION, orElse(value, defaults(item, stage).getBeanstalkApplication()));
    }

    @POST
    public FormValidation doCheckEnvironment(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String stage) {
        return check(item, ENVIRONMENT, orElse(value, defaults(item, stage).getEnvironment()));
    }

    @POST
    public FormValidation doCheckBundle(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String version) {
        return check(item, BUNDLE, value, VERSION, version);
    }

    @POST
    public FormValidation doCheckVersion(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String bundle) {
        return check(item, VERSION, value, BUNDLE, bundle);
    }

    @POST
    public FormValidation doCheckVersionLabel(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "versionLabel", value);
    }

    @POST
    public FormValidation doCheckDescription(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "description", value);
    }

    /**
     * What the engine says of one field, without the field's name.
     *
     * @param more names and values of other fields that it depends on
     */
    private static FormValidation check(@CheckForNull Item item, String name, String value, String... more) {
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        Map<String, String> given = new HashMap<>(Map.of(name, value.strip()));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        String prefix = name + ": ";
        return new BeanstalkRequest(given)
                .problems().stream()
                        .filter(problem -> problem.startsWith(prefix))
                        .findFirst()
                        .map(problem -> FormValidation.error(problem.substring(prefix.length())))
                        .orElse(FormValidation.ok());
    }

    /** Asks AWS for the applications there are with what is in the form, once somebody wants to see them. */
    @POST
    public HttpResponse doListApplications(@AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        return NamesAnswer.of(item, access, BeanstalkNames::applications);
    }

    /** Asks AWS for the environments that the form's application has. */
    @POST
    public HttpResponse doListEnvironments(
            @AncestorInPath Item item, @QueryParameter String application, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        return ofApplication(item, access, application, BeanstalkNames::environments);
    }

    /** Asks AWS for the versions that the form's application has. */
    @POST
    public HttpResponse doListVersions(
            @AncestorInPath Item item, @QueryParameter String application, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        return ofApplication(item, access, application, BeanstalkNames::versions);
    }

    /** Asks AWS for the saved configurations that the form's application has. */
    @POST
    public HttpResponse doListTemplates(
            @AncestorInPath Item item, @QueryParameter String application, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        return ofApplication(item, access, application, BeanstalkNames::templates);
    }

    /** Asks AWS for the platforms there are. */
    @POST
    public HttpResponse doListSolutionStacks(@AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        return NamesAnswer.of(item, access, BeanstalkNames::solutionStacks);
    }

    private static HttpResponse ofApplication(
            @CheckForNull Item item,
            FormAccess access,
            @CheckForNull String application,
            BiFunction<AwsSession, String, CompletableFuture<Names>> listing) {
        String whose = orElse(application, defaults(item, access.stage()).getBeanstalkApplication());
        return whose.isBlank()
                ? HttpResponses.errorJSON(Messages.BeanstalkDeployStep_noApplication())
                : NamesAnswer.of(item, access, session -> listing.apply(session, whose.strip()));
    }

    /** What is in a field, or else what the stage has for it; empty for nothing. */
    private static String orElse(@CheckForNull String value, @CheckForNull String ofStage) {
        return value == null || value.isBlank() ? Util.fixNull(ofStage) : value;
    }
}
