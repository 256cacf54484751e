package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awscicd.engine.access.call.CallLane;
import io.jenkins.plugins.awscicd.engine.access.call.CallThreads;
import io.jenkins.plugins.awscicd.engine.access.call.Pace;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * What all sessions with the same identity, role, region and endpoint have in common: AWS counts their calls together, so they
 * share their lanes, and jobs that run under any of them can be looked at in one call.
 * What has to do with the resources themselves, such as whose turn it is, goes by {@link AccountRegion} instead.
 */
public final class AwsAccount {

    /**
     * How an operation is called.
     *
     * @param burst calls per second until AWS refuses one
     * @param fastest calls per second at the most from then on
     * @param width calls under way at once at the most
     */
    private record Speed(double burst, double fastest, int width) {}

    private static final Speed USUAL = new Speed(10, 10, 2);
    /**
     * AWS takes tens of starts at once, and publishes no rate for them. For GetLogEvents see
     * <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html">quotas of CloudWatch Logs</a>.
     */
    private static final Map<String, Speed> SPEEDS =
            Map.of("codebuild:StartBuild", new Speed(50, 10, 4), "logs:GetLogEvents", new Speed(25, 25, 2));

    private final Scheduler scheduler;
    private final CallThreads threads;
    private final Map<String, CallLane> lanes = new ConcurrentHashMap<>();
    private final AccountLookup lookup;
    private final boolean stranger;
    private final AwsTime time;

    /**
     * @param role the ARN of the role that is assumed last; null for none
     * @param stranger whether it is at an endpoint that no administrator has named
     */
    AwsAccount(Scheduler scheduler, CallThreads threads, @CheckForNull String role, boolean stranger) {
        this.scheduler = scheduler;
        this.threads = threads;
        this.stranger = stranger;
        this.lookup = new AccountLookup(scheduler, role);
        this.time = new AwsTime(scheduler);
    }

    AwsTime time() {
        return time;
    }

    AccountLookup lookup() {
        return lookup;
    }

    CallLane lane(String action) {
        return lanes.computeIfAbsent(action, a -> {
            Speed speed = SPEEDS.getOrDefault(a, USUAL);
            return new CallLane(
                    a,
                    scheduler,
                    work -> threads.execute(new CallThreads.Party(this, service(a), stranger), work),
                    new Pace(speed.burst(), speed.fastest(), jitter(a)),
                    speed.width());
        });
    }

    /** Each operation has its own, so that no two of them stay in step. */
    private static DoubleSupplier jitter(String action) {
        SplittableRandom random = new SplittableRandom(action.hashCode());
        return () -> 1 + random.nextDouble() / 2;
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
