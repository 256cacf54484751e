package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.List;

/** Operations that tell which platforms there are. */
final class PlatformOperations {

    private PlatformOperations() {}

    static void addTo(BeanstalkApi api) {
        api.operation("ListAvailableSolutionStacks", PlatformOperations::stacks)
                .operation("ListPlatformVersions", PlatformOperations::versions);
    }

    private static Xml.Content stacks(Beanstalk beanstalk, QueryInput input) {
        return xml -> {
            Shapes.texts(
                    xml,
                    "SolutionStacks",
                    Platform.ALL.stream().map(Platform::stack).toList());
            Shapes.list(xml, "SolutionStackDetails", Platform.ALL, (platform, member) -> {
                member.text("SolutionStackName", platform.stack());
                Shapes.texts(member, "PermittedFileTypes", List.of("zip"));
            });
        };
    }

    private static Xml.Content versions(Beanstalk beanstalk, QueryInput input) throws AwsError {
        List<QueryInput> filters = input.items("Filters.member");
        List<Platform> found = Platform.ALL.stream()
                .filter(platform -> filters.stream().allMatch(filter -> fits(platform, filter)))
                .toList();
        Pages<Platform> page = Pages.of(found, input);
        return xml -> {
            Shapes.list(xml, "PlatformSummaryList", page.items(), (platform, member) -> {
                member.text("PlatformArn", platform.arn(beanstalk.place()))
                        .text("PlatformOwner", "AWSElasticBeanstalk")
                        .text("PlatformStatus", "Ready")
                        .text("PlatformCategory", "Generic")
                        .text("OperatingSystemName", "Amazon Linux")
                        .text("OperatingSystemVersion", "2023");
                Shapes.texts(member, "SupportedTierList", List.of("WebServer/Standard", "Worker/SQS/HTTP"));
                member.text("PlatformLifecycleState", "Recommended")
                        .text("PlatformVersion", platform.version())
                        .text("PlatformBranchName", platform.branch())
                        .text("PlatformBranchLifecycleState", "Supported");
            });
            xml.text("NextToken", page.next());
        };
    }

    /** Of the filters, those by name and branch are heeded, with all values alike whatever the operator. */
    private static boolean fits(Platform platform, QueryInput filter) {
        String value =
                switch (filter.text("Type", "")) {
                    case "PlatformBranchName", "PlatformName" -> platform.branch();
                    case "PlatformVersion" -> platform.version();
                    default -> null;
                };
        List<String> wanted = filter.texts("Values");
        return value == null || wanted.isEmpty() || wanted.stream().anyMatch(value::contains);
    }
}
