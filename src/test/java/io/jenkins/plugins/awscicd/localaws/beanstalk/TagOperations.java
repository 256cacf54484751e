package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.Map;

/** Operations on the tags of applications, versions and environments. */
final class TagOperations {

    private TagOperations() {}

    static void addTo(BeanstalkApi api) {
        api.operation("ListTagsForResource", TagOperations::list)
                .operation("UpdateTagsForResource", TagOperations::update);
    }

    private static Map<String, String> of(Beanstalk beanstalk, QueryInput input) throws AwsError {
        String arn = input.required("ResourceArn");
        for (Environment environment : beanstalk.environments().all()) {
            if (environment.arn().equals(arn) && environment.status() != EnvironmentStatus.TERMINATED) {
                return environment.tags();
            }
        }
        for (Application application : beanstalk.applications().all()) {
            if (application.arn().equals(arn)) {
                return application.tags();
            }
            for (Version version : application.versionsNewestFirst()) {
                if (version.arn().equals(arn)) {
                    return version.tags();
                }
            }
        }
        throw AwsError.badRequest("ResourceNotFoundException", "Resource " + arn + " does not exist.");
    }

    private static Xml.Content list(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Map<String, String> tags = of(beanstalk, input);
        return xml -> {
            xml.text("ResourceArn", input.text("ResourceArn"));
            Shapes.list(
                    xml,
                    "ResourceTags",
                    tags.entrySet(),
                    (tag, member) -> member.text("Key", tag.getKey()).text("Value", tag.getValue()));
        };
    }

    private static Xml.Content update(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Map<String, String> tags = of(beanstalk, input);
        input.texts("TagsToRemove").forEach(tags::remove);
        for (QueryInput tag : input.items("TagsToAdd.member")) {
            tags.put(tag.text("Key", ""), tag.text("Value", ""));
        }
        return null;
    }
}
