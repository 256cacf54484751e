package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.FileParameterDefinition;
import hudson.model.Item;
import hudson.model.ParameterDefinition;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.config.KnownNames;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalArguments;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.step.AwsAccessStepDescriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How {@code awsApproval} is called and configured. */
public abstract class AwsApprovalStepDescriptor extends AwsAccessStepDescriptor {

    @Override
    public String getFunctionName() {
        return "awsApproval";
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.AwsApprovalStep_displayName();
    }

    /** Such as {@code prod: Ship it?}. Arguments may be missing, or be no texts. */
    @Override
    public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
        Object message = namedArgs.get("message");
        Object stage = namedArgs.get("stage");
        if (!(message instanceof String text)) {
            return stage instanceof String name ? name : null;
        }
        return stage instanceof String name ? name + ": " + text : text;
    }

    /** Takes lists and results of other steps for the texts that they stand for. */
    @Override
    @NonNull
    protected Map<String, Object> plain(@NonNull Map<String, Object> arguments) {
        return ApprovalArguments.plain(arguments);
    }

    /** Beside the words, it keeps what was given: that is what is going to be deployed. */
    @Override
    public Step newInstance(@NonNull Map<String, Object> arguments) throws Exception {
        Step step = super.newInstance(arguments);
        ((AwsApprovalStep) step).give(arguments.get("what"), arguments.get("revision"));
        return step;
    }

    /** The kinds of parameters that an input can have: all but files. */
    @NonNull
    public List<ParameterDefinition.ParameterDescriptor> getParameterDescriptors() {
        return ExtensionList.lookup(ParameterDefinition.ParameterDescriptor.class).stream()
                .filter(descriptor -> descriptor.clazz != FileParameterDefinition.class)
                .toList();
    }

    @POST
    public FormValidation doCheckMessage(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "message", value);
    }

    @POST
    public FormValidation doCheckApprovers(@AncestorInPath Item item, @QueryParameter String value) {
        FormValidation names = check(item, "approvers", value);
        if (names.kind != FormValidation.Kind.OK || !AccessForm.mayConfigure(item)) {
            return names;
        }
        List<String> unknown = KnownNames.unknown(
                new ApprovalRequest(Map.of("approvers", value)).policy().approvers());
        return unknown.isEmpty() ? names : FormValidation.warning(KnownNames.warning(unknown));
    }

    @POST
    public FormValidation doCheckApprovals(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "approvals", value);
    }

    @POST
    public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "timeout", value);
    }

    @POST
    public FormValidation doCheckLink(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "link", value);
    }

    @POST
    public FormValidation doCheckNotify(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "notify", value);
    }

    /** What the engine says of one field, without the field's name. */
    private static FormValidation check(Item item, String name, String value) {
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        String prefix = name + ": ";
        return new ApprovalRequest(Map.of(name, value))
                .problems(user -> false, List.of()).stream()
                        .filter(problem -> problem.startsWith(prefix))
                        .findFirst()
                        .map(problem -> FormValidation.error(problem.substring(prefix.length())))
                        .orElse(FormValidation.ok());
    }
}
