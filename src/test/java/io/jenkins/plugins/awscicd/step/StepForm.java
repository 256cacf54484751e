package io.jenkins.plugins.awscicd.step;

import hudson.model.Action;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A page with the form of a step that has what it is set to, which the Snippet Generator never shows, and with nothing else. */
public final class StepForm implements Action {

    private volatile Step step;

    StepForm(Step step) {
        this.step = step;
    }

    public Step getStep() {
        return step;
    }

    public List<StepDescriptor> getSteps() {
        return List.of(step.getDescriptor());
    }

    @RequirePOST
    public HttpResponse doSubmit(StaplerRequest2 request) throws Exception {
        step = step.getDescriptor()
                .newInstance(request, request.getSubmittedForm().getJSONObject("step"));
        return HttpResponses.redirectToDot();
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return "Step";
    }

    @Override
    public String getUrlName() {
        return "step-form";
    }
}
