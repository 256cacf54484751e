package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Marks;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeInstancesHealthResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.InstancesHealthAttribute;
import software.amazon.awssdk.services.elasticbeanstalk.model.SingleInstanceHealth;

/** Has the version that was there before an update deployed again, exactly once, if nothing speaks against it. */
public final class PreviousVersion {

    static final String ACTION = "elasticbeanstalk:UpdateEnvironment";

    /** What has come of an attempt. */
    enum State {
        /** The version is on its way back. */
        ASKED,
        /** It is back already. */
        THERE,
        /** Something else is being done to the environment by the update that has failed. */
        EARLY,
        /** It cannot, or must not, be brought back. */
        IMPOSSIBLE
    }

    /** @param why it is impossible; else empty */
    record Found(@NonNull State state, @NonNull String why) {}

    private final AwsSession session;
    private final Scheduler scheduler;
    private final Journal journal;
    private final Journal part;
    private final LiveCalls live;

    public PreviousVersion(AwsSession session, Scheduler scheduler, Journal journal, Journal part, LiveCalls live) {
        this.session = session;
        this.live = live;
        this.scheduler = scheduler;
        this.journal = journal;
        this.part = part;
    }

    private static Found impossible(String why) {
        return new Found(State.IMPOSSIBLE, why);
    }

    /** Run by a lane, and again after a call without an answer: so it looks first each time. Blocks, calls AWS. */
    @NonNull
    Found bringBack(@NonNull String environmentId) {
        Map<String, String> failed = journal.read();
        String previous = failed.getOrDefault(Marks.PREVIOUS, "");
        if (previous.isEmpty()) {
            return impossible("there was no version before");
        }
        if (previous.equals(failed.get(Marks.LABEL))) {
            return impossible("'" + previous + "' was there before, too");
        }
        EnvironmentSnapshot now = new EnvironmentService()
                .observe(session, List.of(environmentId))
                .get(environmentId);
        if (now == null || now.ended()) {
            return impossible("the environment is not there any more");
        }
        Sides sides = Sides.kept(journal);
        if (sides != null && now.cname().equals(sides.cname())) {
            return impossible("it has become live");
        }
        Event newest = EventReader.newest(session, environmentId, Event::start);
        if (newest == null) { // there is that of the update which has failed, as far as anybody can tell
            return impossible("AWS does not show what was done to the environment (" + EventReader.ACTION + ")");
        }
        String request = newest.requestId();
        if (request != null && !request.equals(failed.get(Marks.REQUEST))) {
            if (!isAsked(part)) {
                return impossible("it has been updated otherwise since");
            }
            part.write(Map.of(Marks.REQUEST, request)); // the answer was not heard
            return new Found(State.ASKED, "");
        }
        if (!now.ready()) {
            return new Found(State.EARLY, "");
        }
        return now.versionLabel().equals(previous) && allRun(now, previous)
                ? new Found(State.THERE, "")
                : update(now, previous);
    }

    /** Whether AWS was asked for it and may have begun it. */
    static boolean isAsked(@NonNull Journal part) {
        return !part.read().getOrDefault(Marks.ASKED, "").isEmpty();
    }

    private Found update(EnvironmentSnapshot now, String previous) {
        boolean first = !isAsked(part);
        part.write(Map.of(Marks.LABEL, previous, Marks.ASKED, scheduler.now().toString()));
        try {
            part.write(Map.of(Marks.REQUEST, live.bringBack(now.id(), previous)));
            return new Found(State.ASKED, "");
        } catch (ElasticBeanstalkException e) {
            if (String.valueOf(e.getMessage()).contains("Must be Ready")) {
                if (first) {
                    part.write(Map.of(Marks.ASKED, "")); // what is begun at that time is somebody else's
                }
                return new Found(State.EARLY, "");
            }
            if (ApplicationVersions.isGone(e)) {
                return impossible(ApplicationVersions.gone(previous));
            }
            throw e;
        }
    }

    /** Without enhanced health nobody can tell: then it is deployed again. */
    private boolean allRun(EnvironmentSnapshot now, String label) {
        try {
            String next = null;
            do {
                String token = next;
                DescribeInstancesHealthResponse page = EnvironmentService.client(session)
                        .describeInstancesHealth(all -> all.environmentId(now.id())
                                .attributeNames(InstancesHealthAttribute.DEPLOYMENT)
                                .nextToken(token));
                if (!page.instanceHealthList().stream().allMatch(one -> runs(one, label))) {
                    return false;
                }
                next = page.nextToken();
            } while (next != null);
            return true;
        } catch (ElasticBeanstalkException e) {
            if (e.statusCode() >= 500) {
                throw e;
            }
            return false;
        }
    }

    private static boolean runs(SingleInstanceHealth instance, String label) {
        return instance.deployment() != null
                && label.equals(instance.deployment().versionLabel())
                && "Deployed".equals(instance.deployment().status());
    }
}
