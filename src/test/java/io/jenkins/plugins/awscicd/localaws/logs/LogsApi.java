package io.jenkins.plugins.awscicd.localaws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.JsonApi;
import java.util.function.Function;

/** CloudWatch Logs on the wire: events and streams (Amazon CloudWatch Logs API reference). */
public final class LogsApi {

    private final Function<Place, Logs> places;

    private LogsApi(Function<Place, Logs> places) {
        this.places = places;
    }

    public static JsonApi of(Function<Place, Logs> places) {
        LogsApi logs = new LogsApi(places);
        Described described = new Described(places);
        return new JsonApi("Logs", "logs", "Logs_20140328")
                .operation("CreateLogGroup", logs::createLogGroup)
                .operation("DeleteLogGroup", logs::deleteLogGroup)
                .operation("CreateLogStream", logs::createLogStream)
                .operation("DeleteLogStream", logs::deleteLogStream)
                .operation("PutLogEvents", logs::putLogEvents)
                .operation("GetLogEvents", logs::getLogEvents)
                .operation("DescribeLogGroups", described::groups)
                .operation("DescribeLogStreams", described::streams)
                .operation("FilterLogEvents", described::filterEvents)
                .unseen(
                        "DescribeLogGroups",
                        (input, caller) -> object().set("logGroups", JsonNodeFactory.instance.arrayNode()))
                .unseen(
                        "DescribeLogStreams",
                        (input, caller) -> object().set("logStreams", JsonNodeFactory.instance.arrayNode()));
    }

    private ObjectNode createLogGroup(Input input, Caller caller) throws AwsError {
        String name = required(input, "logGroupName");
        Logs logs = places.apply(caller.place());
        if (logs.groups().putIfAbsent(name, new LogGroup(name, logs.millis())) != null) {
            throw AwsError.badRequest("ResourceAlreadyExistsException", "The specified log group already exists");
        }
        return null;
    }

    private ObjectNode deleteLogGroup(Input input, Caller caller) throws AwsError {
        places.apply(caller.place())
                .groups()
                .remove(group(places, input, caller).name());
        return null;
    }

    private ObjectNode createLogStream(Input input, Caller caller) throws AwsError {
        String name = required(input, "logStreamName");
        if (!group(places, input, caller)
                .create(name, places.apply(caller.place()).millis())) {
            throw AwsError.badRequest("ResourceAlreadyExistsException", "The specified log stream already exists");
        }
        return null;
    }

    private ObjectNode deleteLogStream(Input input, Caller caller) throws AwsError {
        if (!group(places, input, caller).delete(required(input, "logStreamName"))) {
            throw noStream();
        }
        return null;
    }

    private ObjectNode putLogEvents(Input input, Caller caller) throws AwsError {
        LogStream stream = stream(input, caller);
        long ingested = places.apply(caller.place()).millis();
        JsonNode events = input.node().path("logEvents");
        if (events.isEmpty() || events.size() > 10_000) {
            throw AwsError.badRequest("InvalidParameterException", "1 to 10000 log events in a batch");
        }
        long last = Long.MIN_VALUE;
        for (JsonNode event : events) {
            if (event.path("timestamp").longValue() < last) {
                throw AwsError.badRequest(
                        "InvalidParameterException",
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
            last = event.path("timestamp").longValue();
        }
        events.forEach(event -> stream.append(new LogEvent(
                event.path("timestamp").longValue(),
                ingested,
                event.path("message").asText())));
        return object();
    }

    private ObjectNode getLogEvents(Input input, Caller caller) throws AwsError {
        LogStream stream = stream(input, caller);
        Logs logs = places.apply(caller.place());
        int limit = limit(input, 10_000, 10_000);
        String token = input.text("nextToken");
        StreamReader reader = new StreamReader(
                stream,
                logs.visible(stream),
                limit,
                logs.emptyPages(),
                input.whole("startTime", 0),
                input.whole("endTime", Long.MAX_VALUE));
        StreamReader.Page page =
                reader.read(token == null ? null : PageToken.parse(token), input.flag("startFromHead", false));
        ObjectNode output = object();
        ArrayNode events = output.putArray("events");
        for (LogEvent event : page.events()) {
            events.addObject()
                    .put("timestamp", event.timestamp())
                    .put("message", event.message())
                    .put("ingestionTime", event.ingested());
        }
        return output.put("nextForwardToken", page.forward().toString())
                .put("nextBackwardToken", page.backward().toString());
    }

    private LogStream stream(Input input, Caller caller) throws AwsError {
        return group(places, input, caller)
                .find(required(input, "logStreamName"))
                .orElseThrow(LogsApi::noStream);
    }

    static LogGroup group(Function<Place, Logs> places, Input input, Caller caller) throws AwsError {
        String name = input.text("logGroupName", input.text("logGroupIdentifier"));
        if (name == null) {
            throw AwsError.badRequest(
                    "InvalidParameterException", "Must provide exactly one of logGroupName or logGroupIdentifier.");
        }
        // An identifier may be an ARN, and those end in ":*" in most places where AWS shows them.
        int arn = name.indexOf(":log-group:");
        String plain =
                arn < 0 ? name : name.substring(arn + ":log-group:".length()).replaceFirst(":\\*$", "");
        return places.apply(caller.place())
                .find(plain)
                .orElseThrow(() ->
                        AwsError.badRequest("ResourceNotFoundException", "The specified log group does not exist."));
    }

    static int limit(Input input, int otherwise, int most) throws AwsError {
        int limit = input.integer("limit", otherwise);
        if (limit < 1 || limit > most) {
            String bound = limit < 1 ? "greater than or equal to 1" : "less than or equal to " + most;
            throw AwsError.badRequest(
                    "InvalidParameterException",
                    "1 validation error detected: Value '" + limit
                            + "' at 'limit' failed to satisfy constraint: Member must have value " + bound);
        }
        return limit;
    }

    static String required(Input input, String member) throws AwsError {
        String value = input.text(member);
        if (value == null || value.isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidParameterException",
                    "1 validation error detected: Value null at '" + member
                            + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    private static AwsError noStream() {
        return AwsError.badRequest("ResourceNotFoundException", "The specified log stream does not exist.");
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
