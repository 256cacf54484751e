package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticbeanstalk.model.EventDescription;

/**
 * An update of an environment that AWS has begun, or its creation, as the environment's events tell.
 *
 * @param request the call that it comes of
 * @param label the version that its events name; null if they name none
 * @param at when, by AWS's clock; null if AWS does not say
 * @param failed whether it has failed by now
 */
public record BegunUpdate(
        @NonNull String request,
        @CheckForNull String label,
        @CheckForNull Instant at,
        boolean failed) {

    /** Whether it may be the deployment of a version: AWS names the version in some of its events only. */
    public boolean mayBeOf(@NonNull String version) {
        return label == null || label.equals(version);
    }

    /** What was begun since some instant of AWS's clock, the newest first. Blocks, calls AWS. */
    @NonNull
    public static List<BegunUpdate> since(
            @NonNull AwsSession session, @NonNull String environmentId, @NonNull Instant since) {
        Map<String, Instant> begun = new LinkedHashMap<>();
        Map<String, String> labels = new HashMap<>();
        Set<String> failed = new HashSet<>();
        for (EventDescription seen : EnvironmentService.client(session)
                .describeEventsPaginator(
                        events -> events.environmentId(environmentId).startTime(since))
                .events()) {
            Event event = Event.of(seen);
            if (event.requestId() != null && event.versionLabel() != null) {
                labels.putIfAbsent(event.requestId(), event.versionLabel());
            }
            if (event.failure()) {
                failed.add(event.requestId());
            }
            if (event.requestId() != null && event.start()) {
                begun.put(event.requestId(), event.date());
            }
        }
        return begun.entrySet().stream()
                .map(one -> new BegunUpdate(
                        one.getKey(), labels.get(one.getKey()), one.getValue(), failed.contains(one.getKey())))
                .toList();
    }
}
