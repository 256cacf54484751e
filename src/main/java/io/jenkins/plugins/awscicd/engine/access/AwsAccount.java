package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all sessions with the same identity, role, region and endpoint have in common: AWS counts their calls together, so they
 * share their lanes, and jobs that run under any of them can be looked at in one call.
 * What has to do with the resources themselves, such as whose turn it is, goes by {@link AccountRegion} instead.
 */
public final class AwsAccount {

    private static final double FASTEST = 10;
    /** See <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html">quotas of CloudWatch Logs</a>. */
    private static final Map<String, Double> FASTEST_BY_ACTION = Map.of("logs:GetLogEvents", 25.0);

    private static final int WIDTH = 2;

    private final Scheduler scheduler;
    private final CallThreads threads;
    private final Map<String, CallLane> lanes = new ConcurrentHashMap<>();
    private final AccountLookup lookup;
    private final boolean stranger;

    /**
     * @param role the ARN of the role that is assumed last; null for none
     * @param stranger whether it is at an endpoint that no administrator has named
     */
    AwsAccount(Scheduler scheduler, CallThreads threads, @CheckForNull String role, boolean stranger) {
        this.scheduler = scheduler;
        this.threads = threads;
        this.stranger = stranger;
        this.lookup = new AccountLookup(scheduler, role);
    }

    AccountLookup lookup() {
        return lookup;
    }

    CallLane lane(String action) {
        return lanes.computeIfAbsent(
                action,
                a -> new CallLane(
                        a,
                        scheduler,
                        work -> threads.execute(new CallThreads.Party(this, service(a), stranger), work),
                        FASTEST_BY_ACTION.getOrDefault(a, FASTEST),
                        WIDTH));
    }

    private static String service(String action) {
        int colon = action.indexOf(':');
        return colon < 0 ? "" : action.substring(0, colon);
    }

    /** Has all calls leave their lanes that nobody wants any more. */
    void letUnwantedLeave() {
        lanes.values().forEach(CallLane::letUnwantedLeave);
    }
}
