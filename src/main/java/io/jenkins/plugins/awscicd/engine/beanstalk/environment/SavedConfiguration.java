package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.NamedContent;
import java.util.Set;

/**
 * What is in a saved configuration, which {@code templateName} names
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeConfigurationSettings.html">DescribeConfigurationSettings</a>):
 * UpdateConfigurationTemplate changes it, and another one can be made with the name of one that was deleted.
 */
public final class SavedConfiguration {

    private static final Set<String> APART = Set.of("DateCreated", "DateUpdated", "Description");

    private SavedConfiguration() {}

    /** @param template its name */
    @NonNull
    public static NamedContent of(@NonNull AwsSession session, @NonNull String application, @NonNull String template) {
        return new NamedContent(
                "templateName",
                "elasticbeanstalk:DescribeConfigurationSettings",
                "the saved configuration '" + template + "' of application '" + application + "'",
                APART,
                () -> EnvironmentService.client(session)
                        .describeConfigurationSettings(
                                of -> of.applicationName(application).templateName(template))
                        .configurationSettings()
                        .stream()
                        .findFirst()
                        .orElse(null));
    }
}
