package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Pages;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeInstancesHealthResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.InstancesHealthAttribute;

/** Environments, as the watcher sees them: those of all applications together. */
public final class EnvironmentService implements JobService<EnvironmentSnapshot> {

    /** What an abort of the step aborts; null if nothing. */
    private final UpdateAbort abort;
    /** How long what is aborted may take to end. */
    private final Duration stopGrace;

    public EnvironmentService() {
        this(null, JobService.STOP_GRACE);
    }

    public EnvironmentService(@CheckForNull UpdateAbort abort, Duration stopGrace) {
        this.abort = abort;
        this.stopGrace = stopGrace;
    }

    /** They are all looked at together, however each is stopped. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EnvironmentService;
    }

    @Override
    public int hashCode() {
        return EnvironmentService.class.hashCode();
    }

    @Override
    public Duration stopGrace() {
        return stopGrace;
    }

    public static final String DESCRIBE = "elasticbeanstalk:DescribeEnvironments";

    public static ElasticBeanstalkClient client(AwsSession session) {
        return session.client(ElasticBeanstalkClient.class, ElasticBeanstalkClient::builder);
    }

    /**
     * How the instances of an environment are, a page after the other
     * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeInstancesHealth.html">DescribeInstancesHealth</a>).
     * Blocks, calls AWS.
     */
    public static Stream<DescribeInstancesHealthResponse> instances(
            AwsSession session, String environmentId, InstancesHealthAttribute... what) {
        ElasticBeanstalkClient client = client(session);
        return Pages.of(
                token -> client.describeInstancesHealth(all ->
                        all.environmentId(environmentId).attributeNames(what).nextToken(token)),
                DescribeInstancesHealthResponse::nextToken);
    }

    /** How an environment is; null if AWS does not know it. Blocks, calls AWS. */
    @CheckForNull
    public static EnvironmentSnapshot find(AwsSession session, String id) {
        return new EnvironmentService().observe(session, List.of(id)).get(id);
    }

    @Override
    public String observeAction() {
        return DESCRIBE;
    }

    /** AWS names no limit; an account has far fewer, unless it has asked for more. */
    @Override
    public int batchSize() {
        return 100;
    }

    @Override
    public Map<String, EnvironmentSnapshot> observe(AwsSession session, List<String> ids) {
        Map<String, EnvironmentSnapshot> found = new HashMap<>();
        for (EnvironmentDescription seen : client(session)
                .describeEnvironments(request -> request.environmentIds(ids).includeDeleted(true))
                .environments()) {
            found.put(seen.environmentId(), EnvironmentSnapshot.of(seen));
        }
        return found;
    }

    @Override
    public String stopAction() {
        return UpdateAbort.ACTION;
    }

    @Override
    public void stop(AwsSession session, String id) {
        if (abort != null) {
            abort.begin(session, id);
        }
    }
}
