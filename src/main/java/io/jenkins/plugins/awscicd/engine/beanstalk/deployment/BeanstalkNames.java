package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Names;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.elasticbeanstalk.model.ApplicationDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.ApplicationVersionDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeApplicationVersionsResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEnvironmentsResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/**
 * What Elastic Beanstalk knows by name in an account and region. All of it fails with {@link AwsCallException}, and with
 * {@link IllegalArgumentException} if there is nothing: that is all that AWS tells whoever may not see it.
 */
public final class BeanstalkNames {

    private static final String APPLICATIONS = "elasticbeanstalk:DescribeApplications";

    private BeanstalkNames() {}

    /** <a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeApplications.html">DescribeApplications</a> */
    @NonNull
    public static CompletableFuture<Names> applications(@NonNull AwsSession session) {
        return listed(session, APPLICATIONS, "applications", token -> {
            List<ApplicationDescription> all =
                    EnvironmentService.client(session).describeApplications().applications();
            return only(
                    all.stream().map(ApplicationDescription::applicationName).toList());
        });
    }

    /**
     * Those that are not terminated
     * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeEnvironments.html">DescribeEnvironments</a>).
     */
    @NonNull
    public static CompletableFuture<Names> environments(@NonNull AwsSession session, @NonNull String application) {
        return listed(session, EnvironmentService.DESCRIBE, "environments" + of(application), token -> {
            DescribeEnvironmentsResponse page = EnvironmentService.client(session)
                    .describeEnvironments(request -> request.applicationName(application)
                            .includeDeleted(false)
                            .nextToken(token));
            return new Names.Page(
                    page.environments().stream()
                            .map(EnvironmentDescription::environmentName)
                            .toList(),
                    page.nextToken());
        });
    }

    /**
     * Labels
     * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeApplicationVersions.html">DescribeApplicationVersions</a>).
     */
    @NonNull
    public static CompletableFuture<Names> versions(@NonNull AwsSession session, @NonNull String application) {
        return listed(session, ApplicationVersions.DESCRIBE, "versions" + of(application), token -> {
            DescribeApplicationVersionsResponse page = EnvironmentService.client(session)
                    .describeApplicationVersions(
                            request -> request.applicationName(application).nextToken(token));
            return new Names.Page(
                    page.applicationVersions().stream()
                            .map(ApplicationVersionDescription::versionLabel)
                            .toList(),
                    page.nextToken());
        });
    }

    /** Saved configurations, which AWS calls templates. They come with their application. */
    @NonNull
    public static CompletableFuture<Names> templates(@NonNull AwsSession session, @NonNull String application) {
        return listed(session, APPLICATIONS, "saved configurations" + of(application), token -> {
            List<ApplicationDescription> found = EnvironmentService.client(session)
                    .describeApplications(request -> request.applicationNames(application))
                    .applications();
            return only(found.stream()
                    .flatMap(one -> one.configurationTemplates().stream())
                    .toList());
        });
    }

    /**
     * Platforms by their full names
     * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ListAvailableSolutionStacks.html">ListAvailableSolutionStacks</a>).
     */
    @NonNull
    public static CompletableFuture<Names> solutionStacks(@NonNull AwsSession session) {
        return listed(
                session,
                "elasticbeanstalk:ListAvailableSolutionStacks",
                "solution stacks",
                token -> only(EnvironmentService.client(session)
                        .listAvailableSolutionStacks()
                        .solutionStacks()));
    }

    private static String of(String application) {
        return " of application '" + application + "'";
    }

    private static Names.Page only(List<String> names) {
        return new Names.Page(names, null);
    }

    private static CompletableFuture<Names> listed(
            AwsSession session, String action, String what, Names.Listing listing) {
        return Names.of(session, action, "the " + what, listing).thenApply(found -> {
            if (found.names().isEmpty()) {
                throw new IllegalArgumentException("There are no " + what + " in " + session.region()
                        + ", or these credentials may not see them; check the region and the IAM action " + action);
            }
            return found;
        });
    }
}
