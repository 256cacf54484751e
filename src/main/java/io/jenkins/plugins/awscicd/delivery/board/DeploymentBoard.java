package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import io.jenkins.plugins.awscicd.config.Stages;
import io.jenkins.plugins.awscicd.delivery.Messages;
import java.util.List;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The pages that show what was deployed where: the board, the history of a stage and the difference between two. All are only read, each
 * request sees what its user may see, and each page is there as {@code api/json} too.
 */
public abstract class DeploymentBoard implements Action {

    /** The full name of the folder whose jobs are shown; empty for all. */
    @NonNull
    abstract String folder();

    /** What this request sees. */
    @NonNull
    public Board getView() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        boolean problems = !parameter(request, "problems").isEmpty();
        return new Board(visible(), stages(), parameter(request, "application"), problems, page(request));
    }

    /** The history that the request asks for. */
    @StaplerDispatchable
    @NonNull
    public StageDeployments getHistory() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return new StageDeployments(
                visible(),
                Util.fixEmpty(parameter(request, "stage")),
                parameter(request, "application"),
                Util.fixEmpty(parameter(request, "target")),
                page(request));
    }

    /** The difference that the request asks for. */
    @StaplerDispatchable
    @NonNull
    public StageDifference getDifference() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        Board board = new Board(visible(), stages(), parameter(request, "application"), false, page(request));
        return new StageDifference(board, parameter(request, "from"), parameter(request, "to"));
    }

    private Visible visible() {
        return new Visible(folder());
    }

    /** The item whose stages these are; null for those of the configuration page. */
    @CheckForNull
    abstract Item item();

    /** As they are configured. */
    private List<String> stages() {
        return Stages.of(item()).names();
    }

    @NonNull
    private static String parameter(@CheckForNull StaplerRequest2 request, String name) {
        String value = request == null ? null : request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    private static int page(@CheckForNull StaplerRequest2 request) {
        try {
            return Integer.parseInt(parameter(request, "page"));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** For {@code api/json} and the like. */
    @NonNull
    public Api getApi() {
        return new Api(getView());
    }

    @Override
    public String getIconFileName() {
        return "symbol-server";
    }

    @Override
    public String getDisplayName() {
        return Messages.DeploymentBoard_displayName();
    }

    @Override
    public String getUrlName() {
        return "aws-deployments";
    }
}
