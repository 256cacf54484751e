package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.SavedConfiguration;
import io.jenkins.plugins.awscicd.engine.codebuild.ProjectContent;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.NamedConfiguration;
import java.util.Map;
import java.util.TreeMap;

/** What options name that may have other content in AWS under that name later: approvers are asked about what is there at this moment. */
final class AskedNames {

    private AskedNames() {}

    /**
     * Blocks, calls AWS.
     *
     * @param options of a deployment
     * @param beanstalk the application whose saved configuration would be named; null if that is not known
     * @return the options, with what is in what they name
     */
    @NonNull
    static Map<String, String> read(
            @NonNull Map<String, String> options,
            @NonNull ResolvedStage stage,
            @NonNull AwsSession session,
            @CheckForNull String beanstalk)
            throws InterruptedException {
        if (stage.policy() == null) {
            return options;
        }
        Map<String, String> all = new TreeMap<>(options);
        String template = options.get("templateName");
        if (template != null && beanstalk != null) {
            all.putAll(SavedConfiguration.of(session, beanstalk, template).read(session, OptionDigest::of));
        }
        String configuration = options.get("deploymentConfig");
        if (configuration != null) {
            all.putAll(NamedConfiguration.of(session, configuration).read(session, OptionDigest::of));
        }
        return all;
    }

    /** The same of a build. */
    @NonNull
    static Map<String, String> ofBuild(
            @NonNull Map<String, String> options, @NonNull ResolvedStage stage, @NonNull AwsSession session)
            throws InterruptedException {
        String project = options.get("project");
        if (stage.policy() == null || project == null) {
            return options;
        }
        Map<String, String> all = new TreeMap<>(options);
        all.putAll(ProjectContent.of(session, project).read(session, OptionDigest::of));
        return all;
    }
}
