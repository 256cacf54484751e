package io.jenkins.plugins.awscicd.engine.beanstalk.failure;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.job.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEnvironmentHealthResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentHealthAttribute;
import software.amazon.awssdk.services.elasticbeanstalk.model.InstancesHealthAttribute;
import software.amazon.awssdk.services.elasticbeanstalk.model.InvalidRequestException;

/**
 * Why an environment is as it is, by enhanced health.
 *
 * @param environment in words, such as {@code Red (Degraded): Incorrect application version found on all instances.}; empty if there
 *     is nothing to say
 * @param instances all of them, the worst first
 */
record HealthCauses(
        @NonNull String environment,
        @NonNull List<String> causes,
        @NonNull List<InstanceHealth> instances) {

    static final String ENVIRONMENT = "elasticbeanstalk:DescribeEnvironmentHealth";
    static final String INSTANCES = "elasticbeanstalk:DescribeInstancesHealth";

    /** Without enhanced health. */
    static final HealthCauses NONE = new HealthCauses("", List.of(), List.of());

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** There are not so many instances that more would be told of. */
    private static final int PAGES = 10;

    /**
     * Reads them from
     * <a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeEnvironmentHealth.html">DescribeEnvironmentHealth</a>
     * and
     * <a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeInstancesHealth.html">DescribeInstancesHealth</a>.
     *
     * @return {@link #NONE} for an environment without enhanced health; fails with {@link AwsCallException}
     */
    @NonNull
    static CompletableFuture<HealthCauses> read(@NonNull AwsSession session, @NonNull EnvironmentSnapshot of) {
        return call(ENVIRONMENT, session, of, () -> environment(session, of.id()))
                .thenCompose(seen -> call(INSTANCES, session, of, () -> instances(session, of.id()))
                        .thenApply(instances -> of(seen, instances)))
                .exceptionallyCompose(failure -> AwsCallException.unwrap(failure) instanceof InvalidRequestException
                        ? CompletableFuture.completedFuture(NONE)
                        : CompletableFuture.failedFuture(failure));
    }

    private static <T> CompletableFuture<T> call(
            String action, AwsSession session, EnvironmentSnapshot of, Supplier<T> call) {
        return session.call(action, PATIENCE, RetryListener.NONE, () -> true, call)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        AwsCallException.unwrap(failure) instanceof InvalidRequestException
                                ? failure
                                : AwsCallException.of(action, of.name() + " in " + session.region(), failure)));
    }

    private static DescribeEnvironmentHealthResponse environment(AwsSession session, String id) {
        return EnvironmentService.client(session)
                .describeEnvironmentHealth(request -> request.environmentId(id)
                        .attributeNames(
                                EnvironmentHealthAttribute.HEALTH_STATUS,
                                EnvironmentHealthAttribute.COLOR,
                                EnvironmentHealthAttribute.CAUSES));
    }

    private static List<InstanceHealth> instances(AwsSession session, String id) {
        return EnvironmentService.instances(
                        session,
                        id,
                        InstancesHealthAttribute.HEALTH_STATUS,
                        InstancesHealthAttribute.COLOR,
                        InstancesHealthAttribute.CAUSES)
                .limit(PAGES)
                .flatMap(page -> page.instanceHealthList().stream())
                .map(InstanceHealth::of)
                .sorted(InstanceHealth.WORST_FIRST)
                .toList();
    }

    private static HealthCauses of(DescribeEnvironmentHealthResponse seen, List<InstanceHealth> instances) {
        List<String> causes = seen.causes().stream().map(PlainText::line).toList();
        return new HealthCauses(
                causes.isEmpty()
                        ? ""
                        : InstanceHealth.inWords(
                                InstanceHealth.orEmpty(seen.color()),
                                InstanceHealth.orEmpty(seen.healthStatus()),
                                causes),
                causes,
                instances);
    }

    /** Those of which there is something to say, the worst first. */
    @NonNull
    List<InstanceHealth> unwell() {
        return instances.stream().filter(one -> !one.well()).toList();
    }
}
