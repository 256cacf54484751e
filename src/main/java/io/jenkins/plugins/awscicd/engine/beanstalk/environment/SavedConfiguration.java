package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.NamedContent;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationSettingsDescription;

/**
 * What is in a saved configuration, which {@code templateName} names
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeConfigurationSettings.html">DescribeConfigurationSettings</a>):
 * UpdateConfigurationTemplate changes it, and another one can be made with the name of one that was deleted.
 */
public final class SavedConfiguration {

    /** They say nothing of what an environment gets; the last is whether an environment has it already. */
    private static final Set<String> APART = Set.of("DateCreated", "DateUpdated", "Description", "DeploymentStatus");

    private SavedConfiguration() {}

    /** @param template its name */
    @NonNull
    public static NamedContent of(@NonNull AwsSession session, @NonNull String application, @NonNull String template) {
        return of(
                application,
                template,
                () -> EnvironmentService.client(session)
                        .describeConfigurationSettings(
                                of -> of.applicationName(application).templateName(template))
                        .configurationSettings()
                        .stream()
                        .findFirst()
                        .orElse(null));
    }

    @NonNull
    static NamedContent of(
            @NonNull String application,
            @NonNull String template,
            @NonNull Supplier<ConfigurationSettingsDescription> source) {
        return new NamedContent(
                "templateName",
                "elasticbeanstalk:DescribeConfigurationSettings",
                "the saved configuration '" + template + "' of application '" + application + "'",
                APART,
                source);
    }
}
