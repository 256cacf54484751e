package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.List;
import java.util.Map;

/** Operations on applications, and on the bucket that belongs to none. */
final class ApplicationOperations {

    private ApplicationOperations() {}

    static void addTo(BeanstalkApi api) {
        api.operation("CreateApplication", ApplicationOperations::create)
                .operation("DescribeApplications", ApplicationOperations::describe)
                .operation("UpdateApplicationResourceLifecycle", ApplicationOperations::lifecycle)
                .traced("DeleteApplication", ApplicationOperations::delete)
                .operation("CreateStorageLocation", (beanstalk, input) -> {
                    String bucket = beanstalk.storageLocation();
                    return xml -> xml.text("S3Bucket", bucket);
                });
    }

    private static Xml.Content create(Beanstalk beanstalk, QueryInput input) throws AwsError {
        String name = Refusal.applicationName(input);
        String description = Refusal.description(input);
        Lifecycle lifecycle = Lifecycle.NONE.changed(input);
        Application application =
                beanstalk.applications().create(name, beanstalk.timeline().now());
        application.lifecycle(lifecycle, beanstalk.timeline().now());
        application.describe(description, beanstalk.timeline().now());
        tag(application.tags(), input);
        return xml -> xml.element("Application", application::writeTo);
    }

    private static Xml.Content lifecycle(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Application application = beanstalk.applications().get(Refusal.applicationName(input));
        Lifecycle lifecycle = application.lifecycle().changed(input);
        application.lifecycle(lifecycle, beanstalk.timeline().now());
        return xml -> {
            xml.text("ApplicationName", application.name());
            lifecycle.writeTo(xml);
        };
    }

    /** Tags of a resource that is created. */
    static void tag(Map<String, String> tags, QueryInput input) {
        input.items("Tags.member").forEach(tag -> tags.put(tag.text("Key", ""), tag.text("Value", "")));
    }

    private static Xml.Content describe(Beanstalk beanstalk, QueryInput input) {
        List<String> names = input.texts("ApplicationNames");
        List<Application> found = beanstalk.applications().all().stream()
                .filter(one -> !beanstalk.hidden() && (names.isEmpty() || names.contains(one.name())))
                .toList();
        return xml -> Shapes.list(xml, "Applications", found, Application::writeTo);
    }

    /** Deleting what does not exist is no error. */
    private static Xml.Content delete(Beanstalk beanstalk, QueryInput input, String requestId) throws AwsError {
        String name = Refusal.applicationName(input);
        boolean force = Boolean.parseBoolean(input.text("TerminateEnvByForce"));
        for (Environment environment : beanstalk.environments().all()) {
            if (!environment.applicationName().equals(name) || environment.status() == EnvironmentStatus.TERMINATED) {
                continue;
            }
            if (!force) {
                throw Refusal.value("Unable to delete application " + name
                        + " because it has the following running environments: " + environment.name() + ".");
            }
            if (environment.status() != EnvironmentStatus.TERMINATING) {
                beanstalk.life().terminate(environment, true, requestId);
            }
        }
        beanstalk.applications().delete(name);
        return null;
    }
}
