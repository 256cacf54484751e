package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.RootAction;
import hudson.model.Run;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.GET;
import org.springframework.security.access.AccessDeniedException;

/**
 * Where the links of CodePipeline's console lead: on to the job or the run, for whoever may see it. AWS puts names into the links that
 * would not be parts of an address of Jenkins.
 */
@Extension
public final class ActionLinks implements RootAction {

    static final String URL = "aws-codepipeline";

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** @param name as actions have it */
    @GET
    public HttpResponse doJob(@QueryParameter String name) {
        String wanted = name == null ? "" : name;
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class, job -> isCalled(job, wanted))) {
            return to(job.getUrl());
        }
        return HttpResponses.notFound();
    }

    private static boolean isCalled(Job<?, ?> job, String name) {
        if (job.getFullName().equals(name)) {
            return true;
        }
        CodePipelineJobTrigger trigger =
                job instanceof ParameterizedJobMixIn.ParameterizedJob ? CodePipelineJobTrigger.of(job) : null;
        return trigger != null && name.equals(trigger.getProjectName());
    }

    /** @param of as AWS was told */
    @GET
    public HttpResponse doRun(@QueryParameter String of) {
        Run<?, ?> run = of == null ? null : find(of);
        return run == null ? HttpResponses.notFound() : to(run.getUrl());
    }

    @CheckForNull
    private static Run<?, ?> find(String id) {
        try {
            return RunsOfClaims.find(id);
        } catch (AccessDeniedException e) {
            return null; // a job that is only to be discovered
        }
    }

    private static HttpResponse to(String url) {
        return HttpResponses.redirectTo(Jenkins.get().getRootUrlFromRequest() + url);
    }
}
