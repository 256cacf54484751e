package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEventsRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEventsResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.EventDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.EventSeverity;

/** DescribeEvents. */
class EventsTest extends SteppedEnvironments {

    private List<EventDescription> events(Consumer<DescribeEventsRequest.Builder> filter) {
        return beanstalk.describeEvents(filter).events();
    }

    @Test
    void comeInPagesThatNewOnesDoNotShift() {
        add(web());
        deploy();
        advance(1);
        DescribeEventsResponse first = beanstalk.describeEvents(request -> request.maxRecords(1));
        assertEquals(
                "Deploying new version to instance(s).", first.events().get(0).message());
        advance(10);
        DescribeEventsResponse second =
                beanstalk.describeEvents(request -> request.maxRecords(1).nextToken(first.nextToken()));
        assertEquals("Environment update is starting.", second.events().get(0).message());
        assertNull(second.nextToken());
    }

    @Test
    void areFiltered() {
        EnvironmentSpec spec = web();
        spec.simulation().failingNext("no");
        add(spec);
        Instant start = time.now();
        String failed = deploy();
        advance(10);
        String succeeded = deploy();
        advance(10);
        List<String> errors = new ArrayList<>();
        events(request -> request.severity(EventSeverity.ERROR)).forEach(event -> errors.add(event.requestId()));
        assertEquals(List.of(failed, failed, failed, failed, failed), errors);
        assertEquals(5, events(request -> request.requestId(succeeded)).size());
        int all = events(request -> request.environmentName(WEB)).size();
        assertEquals(all, events(request -> request.applicationName("web")).size());
        assertEquals(
                all,
                events(request -> request.environmentId(describe(WEB).environmentId()))
                        .size());
        assertEquals(0, events(request -> request.environmentName("elsewhere")).size());
        // StartTime itself is part of it, EndTime is not.
        assertEquals(all, events(request -> request.startTime(start)).size());
        assertEquals(
                all - 1,
                events(request -> request.startTime(start.plusMillis(1))).size());
        assertEquals(0, events(request -> request.endTime(start)).size());
        assertEquals(1, events(request -> request.endTime(start.plusMillis(1))).size());
    }
}
