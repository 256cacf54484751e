package io.jenkins.plugins.awscicd.localaws.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

class LogsTest {

    private static final String GROUP = "/aws/codebuild/web";
    private static final String STREAM = "one";

    private final SteppedTime time = SimulatedTime.stepped();
    private LocalAws aws;
    private CloudWatchLogsClient logs;

    @BeforeEach
    void start() {
        aws = LocalAws.builder().time(time).start();
        logs = Clients.of(aws).logs();
    }

    @AfterEach
    void stop() {
        logs.close();
        aws.close();
    }

    @Test
    void theEndIsAnUnchangedToken() {
        write(1, 3);
        GetLogEventsResponse first = page(null, 2);
        assertEquals(List.of("line 1\n", "line 2\n"), messages(first));
        GetLogEventsResponse second = page(first.nextForwardToken(), 2);
        assertEquals(List.of("line 3\n"), messages(second));
        assertNotEquals(first.nextForwardToken(), second.nextForwardToken());
        GetLogEventsResponse end = page(second.nextForwardToken(), 2);
        assertEquals(List.of(), messages(end));
        assertEquals(second.nextForwardToken(), end.nextForwardToken());
        write(4, 4);
        assertEquals(List.of("line 4\n"), messages(page(end.nextForwardToken(), 2)));
    }

    @Test
    void withoutATokenTheTailComesFirstAndBackwardLeadsToTheHead() {
        write(1, 5);
        GetLogEventsResponse tail = logs.getLogEvents(
                request -> request.logGroupName(GROUP).logStreamName(STREAM).limit(2));
        assertEquals(List.of("line 4\n", "line 5\n"), messages(tail));
        GetLogEventsResponse before = page(tail.nextBackwardToken(), 3);
        assertEquals(List.of("line 1\n", "line 2\n", "line 3\n"), messages(before));
        GetLogEventsResponse head = page(before.nextBackwardToken(), 3);
        assertEquals(List.of(), messages(head));
        assertEquals(before.nextBackwardToken(), head.nextBackwardToken());
    }

    @Test
    void pagesMayBeEmptyBeforeTheEnd() {
        write(1, 2);
        aws.logs().emptyPages(2);
        List<String> all = new ArrayList<>();
        String token = null;
        int calls = 0;
        for (GetLogEventsResponse page = page(null, 1); !page.nextForwardToken().equals(token); page = page(token, 1)) {
            all.addAll(messages(page));
            token = page.nextForwardToken();
            calls++;
        }
        assertEquals(List.of("line 1\n", "line 2\n"), all);
        assertEquals(6, calls);
    }

    @Test
    void aPageHasTenThousandEventsOrAMegabyte() {
        write(1, 25_000);
        assertEquals(10_000, page(null, null).events().size());
        String wide = "x".repeat(200_000);
        aws.logs().append(GROUP, "wide", time.now(), wide, wide, wide, wide, wide, wide);
        GetLogEventsResponse page = logs.getLogEvents(
                request -> request.logGroupName(GROUP).logStreamName("wide").startFromHead(true));
        assertEquals(5, page.events().size());
    }

    @Test
    void eventsOfATimeRange() {
        Instant start = time.now();
        for (int i = 0; i < 10; i++) {
            aws.logs().append(GROUP, STREAM, start.plusSeconds(i), "at " + i);
        }
        GetLogEventsResponse page = logs.getLogEvents(request -> request.logGroupName(GROUP)
                .logStreamName(STREAM)
                .startFromHead(true)
                .startTime(start.plusSeconds(3).toEpochMilli())
                .endTime(start.plusSeconds(6).toEpochMilli()));
        assertEquals(List.of("at 3", "at 4", "at 5"), messages(page));
    }

    @Test
    void eventsAreSeenOnlyAfterTheyWereTakenIn() {
        aws.logs().ingestionDelay(Duration.ofSeconds(5));
        write(1, 1);
        assertEquals(List.of(), messages(page(null, null)));
        time.advance(Duration.ofSeconds(5));
        assertEquals(List.of("line 1\n"), messages(page(null, null)));
    }

    @Test
    void groupsAndStreamsAreCreatedDescribedAndMissed() {
        ResourceNotFoundException noGroup = assertThrows(ResourceNotFoundException.class, () -> page(null, null));
        assertEquals(
                "The specified log group does not exist.",
                noGroup.awsErrorDetails().errorMessage());
        logs.createLogGroup(request -> request.logGroupName(GROUP));
        assertThrows(
                ResourceAlreadyExistsException.class,
                () -> logs.createLogGroup(request -> request.logGroupName(GROUP)));
        ResourceNotFoundException noStream = assertThrows(ResourceNotFoundException.class, () -> page(null, null));
        assertEquals(
                "The specified log stream does not exist.",
                noStream.awsErrorDetails().errorMessage());
        logs.createLogStream(request -> request.logGroupName(GROUP).logStreamName(STREAM));
        logs.putLogEvents(request -> request.logGroupName(GROUP)
                .logStreamName(STREAM)
                .logEvents(InputLogEvent.builder()
                        .timestamp(time.now().toEpochMilli())
                        .message("hello")
                        .build()));
        assertEquals(List.of("hello"), messages(page(null, null)));
        assertEquals(
                GROUP,
                logs.describeLogGroups(request -> request.logGroupNamePrefix("/aws"))
                        .logGroups()
                        .get(0)
                        .logGroupName());
        assertTrue(logs.describeLogStreams(request -> request.logGroupName(GROUP))
                .logStreams()
                .get(0)
                .arn()
                .endsWith(":log-group:/aws/codebuild/web:log-stream:one"));
        assertThrows(InvalidParameterException.class, () -> page("nonsense", null));
        assertThrows(InvalidParameterException.class, () -> page(null, 10_001));
    }

    @Test
    void streamsAreDescribedAPageAtATime() {
        IntStream.range(0, 60).forEach(i -> aws.logs().stream(GROUP, String.format("s%02d", i)));
        assertEquals(
                60,
                logs.describeLogStreamsPaginator(request -> request.logGroupName(GROUP)).logStreams().stream()
                        .count());
        assertEquals(2, aws.calls().count("Logs.DescribeLogStreams"));
    }

    @Test
    void eventsAreFilteredOverStreams() {
        aws.logs().append(GROUP, "a", time.now(), "an error here", "fine");
        aws.logs().append(GROUP, "b", time.now().plusSeconds(1), "another error", "error, but known");
        FilterLogEventsResponse found =
                logs.filterLogEvents(request -> request.logGroupName(GROUP).filterPattern("error -known"));
        assertEquals(
                List.of("an error here", "another error"),
                found.events().stream().map(event -> event.message()).toList());
        assertNull(found.nextToken());
    }

    private void write(int first, int last) {
        aws.logs()
                .append(
                        GROUP,
                        STREAM,
                        time.now(),
                        IntStream.rangeClosed(first, last)
                                .mapToObj(i -> "line " + i + "\n")
                                .toArray(String[]::new));
    }

    private GetLogEventsResponse page(String token, Integer limit) {
        return logs.getLogEvents(request -> request.logGroupName(GROUP)
                .logStreamName(STREAM)
                .startFromHead(true)
                .nextToken(token)
                .limit(limit));
    }

    private static List<String> messages(GetLogEventsResponse page) {
        return page.events().stream().map(OutputLogEvent::message).toList();
    }
}
