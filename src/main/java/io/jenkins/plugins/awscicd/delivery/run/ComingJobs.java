package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.delivery.Messages;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * In place of {@link AwsAction} as long as a run has done nothing at AWS: whoever has opened the run's page, or its page of AWS, by then sees
 * what it does there as soon as it does something.
 */
public final class ComingJobs implements Action {

    private final Run<?, ?> run;

    private ComingJobs(Run<?, ?> run) {
        this.run = run;
    }

    /** Where a page is told of changes that does not know of any yet. */
    @GET
    public void doChanges(
            StaplerRequest2 request, StaplerResponse2 response, @QueryParameter long since, @QueryParameter String view)
            throws IOException, ServletException {
        run.checkPermission(Item.READ);
        response.setHeader("Cache-Control", "no-store");
        if (run.isBuilding()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().print("<ul class=\"awscicd-changes\" data-version=\"0\" data-live=\"false\"></ul>");
        }
    }

    @NonNull
    public Run<?, ?> getRun() {
        return run;
    }

    /** By which a page sets its clock, in milliseconds since the epoch. */
    public long getNow() {
        return System.currentTimeMillis();
    }

    @NonNull
    public String getTitle() {
        return Messages.AwsAction_displayName();
    }

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
        return "aws";
    }

    /** Gives it to each run that has nothing else to show. */
    @Extension
    @SuppressWarnings("rawtypes") // as a type it has no parameters
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<ComingJobs> actionType() {
            return ComingJobs.class;
        }

        @Override
        @NonNull
        public Collection<? extends Action> createFor(@NonNull Run target) {
            return target.getActions(AwsAction.class).isEmpty() ? List.of(new ComingJobs(target)) : List.of();
        }
    }
}
