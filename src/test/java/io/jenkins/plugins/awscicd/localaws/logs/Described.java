package io.jenkins.plugins.awscicd.localaws.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The operations of CloudWatch Logs that look over many groups or streams. */
final class Described {

    /** An event and the stream and index it was found at. */
    private record Found(String stream, int index, LogEvent event) {}

    private final Function<Place, Logs> places;

    Described(Function<Place, Logs> places) {
        this.places = places;
    }

    ObjectNode groups(Input input, Caller caller) throws AwsError {
        String prefix = input.text("logGroupNamePrefix", "");
        String pattern = input.text("logGroupNamePattern", "").toLowerCase(Locale.ROOT);
        List<LogGroup> groups = new ArrayList<>();
        for (LogGroup group : places.apply(caller.place()).groups().values()) {
            if (group.name().startsWith(prefix)
                    && group.name().toLowerCase(Locale.ROOT).contains(pattern)) {
                groups.add(group);
            }
        }
        ObjectNode output = LogsApi.object();
        ArrayNode list = output.putArray("logGroups");
        for (LogGroup group : page(groups, input, 50, output)) {
            String arn = arn(caller.place(), group);
            list.addObject()
                    .put("logGroupName", group.name())
                    .put("creationTime", group.created())
                    .put("metricFilterCount", 0)
                    .put("arn", arn + ":*")
                    .put("storedBytes", 0)
                    .put("logGroupClass", "STANDARD")
                    .put("logGroupArn", arn);
        }
        return output;
    }

    ObjectNode streams(Input input, Caller caller) throws AwsError {
        LogGroup group = LogsApi.group(places, input, caller);
        Logs logs = places.apply(caller.place());
        String prefix = input.text("logStreamNamePrefix", "");
        boolean byTime = input.text("orderBy", "LogStreamName").equals("LastEventTime");
        if (byTime && !prefix.isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        List<LogStream> streams = new ArrayList<>(group.streams().values().stream()
                .filter(stream -> stream.name().startsWith(prefix))
                .toList());
        Comparator<LogStream> order = byTime
                ? Comparator.comparingLong(stream -> lastTime(logs, stream))
                : Comparator.comparing(LogStream::name);
        streams.sort(input.flag("descending", false) ? order.reversed() : order);
        ObjectNode output = LogsApi.object();
        ArrayNode list = output.putArray("logStreams");
        for (LogStream stream : page(streams, input, 50, output)) {
            ObjectNode node =
                    list.addObject().put("logStreamName", stream.name()).put("creationTime", stream.created());
            int size = logs.visible(stream);
            if (size > 0) {
                LogEvent last = stream.event(size - 1);
                node.put("firstEventTimestamp", stream.event(0).timestamp())
                        .put("lastEventTimestamp", last.timestamp())
                        .put("lastIngestionTime", last.ingested());
            }
            node.put("arn", arn(caller.place(), group) + ":log-stream:" + stream.name())
                    .put("storedBytes", 0);
        }
        return output;
    }

    ObjectNode filterEvents(Input input, Caller caller) throws AwsError {
        LogGroup group = LogsApi.group(places, input, caller);
        Logs logs = places.apply(caller.place());
        List<String> names = input.texts("logStreamNames");
        String prefix = input.text("logStreamNamePrefix", "");
        FilterPattern pattern = FilterPattern.parse(input.text("filterPattern", ""));
        long from = input.whole("startTime", 0);
        long to = input.whole("endTime", Long.MAX_VALUE);
        List<Found> found = new ArrayList<>();
        for (LogStream stream : group.streams().values()) {
            if ((names.isEmpty() || names.contains(stream.name()))
                    && stream.name().startsWith(prefix)) {
                List<LogEvent> events = stream.events(0, logs.visible(stream));
                for (int i = 0; i < events.size(); i++) {
                    LogEvent event = events.get(i);
                    if (event.timestamp() >= from && event.timestamp() <= to && pattern.fits(event.message())) {
                        found.add(new Found(stream.name(), i, event));
                    }
                }
            }
        }
        found.sort(Comparator.comparingLong(one -> one.event().timestamp()));
        ObjectNode output = LogsApi.object();
        ArrayNode list = output.putArray("events");
        for (Found one : page(found, input, 10_000, output)) {
            list.addObject()
                    .put("logStreamName", one.stream())
                    .put("timestamp", one.event().timestamp())
                    .put("message", one.event().message())
                    .put("ingestionTime", one.event().ingested())
                    .put(
                            "eventId",
                            String.format(
                                    Locale.ROOT,
                                    "%038d%08x%010d",
                                    3,
                                    one.stream().hashCode(),
                                    one.index()));
        }
        output.putArray("searchedLogStreams");
        return output;
    }

    private static <T> List<T> page(List<T> all, Input input, int most, ObjectNode output) throws AwsError {
        int limit = LogsApi.limit(input, most, most);
        int from = Math.min(all.size(), offset(input.text("nextToken", "0")));
        int to = Math.min(all.size(), from + limit);
        if (to < all.size()) {
            output.put("nextToken", Integer.toString(to));
        }
        return all.subList(from, to);
    }

    private static int offset(String token) throws AwsError {
        try {
            return Integer.parseUnsignedInt(token);
        } catch (NumberFormatException e) {
            throw AwsError.badRequest("InvalidParameterException", "The specified nextToken is invalid.");
        }
    }

    private static long lastTime(Logs logs, LogStream stream) {
        int size = logs.visible(stream);
        return size == 0 ? 0 : stream.event(size - 1).timestamp();
    }

    private static String arn(Place place, LogGroup group) {
        return place.arn("logs", "log-group:" + group.name());
    }
}
