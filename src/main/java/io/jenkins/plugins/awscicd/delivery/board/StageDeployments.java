package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What was deployed of an application to a stage, or to a target without one, the newest first: a page of it. */
@ExportedBean
public final class StageDeployments implements ModelObject {

    private final String stage;
    private final String application;
    private final String target;
    private final List<ShownDeployment> deployments;
    private final Paging paging;

    StageDeployments(
            @NonNull Visible visible,
            @CheckForNull String stage,
            @NonNull String application,
            @CheckForNull String target,
            int page) {
        this.stage = stage;
        this.application = application;
        this.target = target;
        List<Deployment> all = visible.history(stage, application, target);
        this.paging = new Paging(page, Deployments.PAGE, all.size());
        this.deployments = all.stream()
                .skip(paging.skipped())
                .limit(Deployments.PAGE)
                .map(ShownDeployment::new)
                .toList();
    }

    @Exported
    @CheckForNull
    public String getStage() {
        return stage;
    }

    @Exported
    @NonNull
    public String getApplication() {
        return application;
    }

    /** The deployment group or environment; null for all. */
    @Exported
    @CheckForNull
    public String getTarget() {
        return target;
    }

    @Exported
    @NonNull
    public List<ShownDeployment> getDeployments() {
        return deployments;
    }

    @Exported
    @NonNull
    public Paging getPaging() {
        return paging;
    }

    /** Where they went, in words. */
    @NonNull
    public String getWhere() {
        String to = stage == null ? target == null ? "" : target : stage;
        return to.isEmpty() ? application : Messages.StageDeployments_where(application, to);
    }

    /** For {@code api/json} and the like. */
    @NonNull
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return Messages.StageDeployments_displayName();
    }
}
