package io.jenkins.plugins.awscicd.engine.beanstalk;

import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;

/** Environments, as the watcher sees them: those of all applications together. */
final class EnvironmentService implements JobService<EnvironmentSnapshot> {

    /** Whether an abort means that AWS is to abort an update. */
    private final BooleanSupplier abortsUpdate;
    /** How long what is aborted may take to end. */
    private final Duration stopGrace;

    EnvironmentService() {
        this(() -> true, JobService.STOP_GRACE);
    }

    EnvironmentService(BooleanSupplier abortsUpdate, Duration stopGrace) {
        this.abortsUpdate = abortsUpdate;
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

    static final String DESCRIBE = "elasticbeanstalk:DescribeEnvironments";

    static ElasticBeanstalkClient client(AwsSession session) {
        return session.client(ElasticBeanstalkClient.class, ElasticBeanstalkClient::builder);
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
        return "elasticbeanstalk:AbortEnvironmentUpdate";
    }

    /** Asked only for updates of ours. One that is over already, or cannot be aborted any more, comes to its own end. */
    @Override
    public void stop(AwsSession session, String id) {
        if (!abortsUpdate.getAsBoolean()) {
            return;
        }
        EnvironmentSnapshot now = observe(session, List.of(id)).get(id);
        if (now != null && now.abortable()) {
            client(session).abortEnvironmentUpdate(request -> request.environmentId(id));
        }
    }
}
