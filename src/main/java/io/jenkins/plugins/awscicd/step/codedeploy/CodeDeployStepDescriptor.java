package io.jenkins.plugins.awscicd.step.codedeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.HttpResponses;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.config.FormAccess;
import io.jenkins.plugins.awscicd.config.NamesAnswer;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentNames;
import io.jenkins.plugins.awscicd.step.AwsStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** How {@code codeDeploy} is called and configured. */
public abstract class CodeDeployStepDescriptor extends AwsStepDescriptor {

    private static final String REVISION = "revision";
    private static final String WAIT = "wait";
    private static final String CONTINUE = "continueAfterReady";
    private static final String STOP = "stop";
    private static final String WATCH = "watch";

    @Override
    public String getFunctionName() {
        return "codeDeploy";
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.CodeDeployStep_displayName();
    }

    @Override
    @NonNull
    public List<String> getAbortWords() {
        return List.of("stop", "stopAndRollBack", "leave");
    }

    /** Such as {@code web to prod}. Arguments may be missing, or be no texts. */
    @Override
    public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        Object group = namedArgs.get("deploymentGroup");
        if (namedArgs.get("application") instanceof String application) {
            return group instanceof String name ? application + " to " + name : application;
        }
        return Stream.of(CONTINUE, STOP, WATCH)
                .map(namedArgs::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** Makes a step of a form. What may be of several types is set here, as forms have no way of saying which it is. */
    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        RevisionForm revision = RevisionForm.submitted(formData.remove(REVISION));
        formData.putAll(revision.upload());
        Object wait = formData.remove(WAIT);
        Object continued = formData.remove(CONTINUE);
        Object stopped = formData.remove(STOP);
        Object watched = formData.remove(WATCH);
        Step step = super.newInstance(req, formData);
        if (step instanceof CodeDeployStep deploy) {
            deploy.setRevision(revision.argument());
            deploy.setWait(wait);
            deploy.setContinueAfterReady(continued);
            deploy.setStop(stopped);
            deploy.setWatch(watched);
        }
        return step;
    }

    /** A step's revision as its form has it. */
    @NonNull
    public RevisionForm revision(@CheckForNull CodeDeployStep step) {
        return RevisionForm.of(step == null ? null : step.getRevision());
    }

    @POST
    public FormValidation doCheckApplication(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String continueAfterReady,
            @QueryParameter String stop,
            @QueryParameter String watch,
            @QueryParameter String stage) {
        boolean needless = isGiven(continueAfterReady)
                || isGiven(stop)
                || isGiven(watch)
                || defaults(item, stage).getCodeDeployApplication() != null;
        return required(item, value, Messages.CodeDeployStep_noApplication(), needless);
    }

    @POST
    public FormValidation doCheckDeploymentGroup(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter boolean registerOnly,
            @QueryParameter String continueAfterReady,
            @QueryParameter String stop,
            @QueryParameter String watch,
            @QueryParameter String stage) {
        boolean needless = registerOnly
                || isGiven(continueAfterReady)
                || isGiven(stop)
                || isGiven(watch)
                || defaults(item, stage).getDeploymentGroup() != null;
        return required(item, value, Messages.CodeDeployStep_noDeploymentGroup(), needless);
    }

    @POST
    public FormValidation doCheckBucket(@AncestorInPath Item item, @QueryParameter String value) {
        return required(item, value, Messages.CodeDeployStep_noBucket(), false);
    }

    @POST
    public FormValidation doCheckRevisionBucket(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String key) {
        boolean address = isGiven(key) && (key.startsWith("s3://") || key.contains("$"));
        return required(item, value, Messages.CodeDeployStep_noRevisionBucket(), address);
    }

    @POST
    public FormValidation doCheckRevisionKey(@AncestorInPath Item item, @QueryParameter String value) {
        return required(item, value, Messages.CodeDeployStep_noRevisionKey(), false);
    }

    @POST
    public FormValidation doCheckRevisionRepository(@AncestorInPath Item item, @QueryParameter String value) {
        return required(item, value, Messages.CodeDeployStep_noRevisionRepository(), false);
    }

    @POST
    public FormValidation doCheckRevisionCommit(@AncestorInPath Item item, @QueryParameter String value) {
        return required(item, value, Messages.CodeDeployStep_noRevisionCommit(), false);
    }

    @POST
    public FormValidation doCheckRevisionAppSpec(@AncestorInPath Item item, @QueryParameter String value) {
        return required(item, value, Messages.CodeDeployStep_noRevisionAppSpec(), false);
    }

    private static boolean isGiven(@CheckForNull String text) {
        return text != null && !text.isBlank();
    }

    private static FormValidation required(
            @CheckForNull Item item, @CheckForNull String value, String problem, boolean needless) {
        return needless || isGiven(value) || !AccessForm.mayConfigure(item)
                ? FormValidation.ok()
                : FormValidation.error(problem);
    }

    /** Asks AWS for the applications there are with what is in the form, once somebody wants to see them. */
    @POST
    public HttpResponse doListApplications(@AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        return NamesAnswer.of(item, access, DeploymentNames::applications);
    }

    /** Asks AWS for the deployment groups that the form's application has. */
    @POST
    public HttpResponse doListDeploymentGroups(
            @AncestorInPath Item item, @QueryParameter String application, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        String whose = isGiven(application)
                ? application.strip()
                : defaults(item, access.stage()).getCodeDeployApplication();
        return whose == null
                ? HttpResponses.errorJSON(Messages.CodeDeployStep_noApplication())
                : NamesAnswer.of(item, access, session -> DeploymentNames.deploymentGroups(session, whose));
    }

    /** Asks AWS for the deployment configurations there are. */
    @POST
    public HttpResponse doListDeploymentConfigs(@AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
        AccessForm.checkMayConnect(item);
        return NamesAnswer.of(item, access, DeploymentNames::deploymentConfigs);
    }
}
