package io.jenkins.plugins.awscicd.localaws.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import io.jenkins.plugins.awscicd.localaws.wire.JsonApi;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** SQS on the wire, in the JSON protocol that SDKs speak since 2023 (Amazon SQS API reference). */
public final class SqsApi {

    private static final int LONGEST_WAIT = 20;
    private static final int BATCH = 10;

    private final Function<Place, Sqs> places;

    private SqsApi(Function<Place, Sqs> places) {
        this.places = places;
    }

    public static JsonApi of(Function<Place, Sqs> places) {
        SqsApi sqs = new SqsApi(places);
        return new JsonApi("SQS", "sqs", "AmazonSQS")
                .version("1.0")
                .queryErrors(Map.of(
                        "AWS.SimpleQueueService.NonExistentQueue", "com.amazonaws.sqs#QueueDoesNotExist",
                        "AWS.SimpleQueueService.EmptyBatchRequest", "com.amazonaws.sqs#EmptyBatchRequest",
                        "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
                                "com.amazonaws.sqs#TooManyEntriesInBatchRequest",
                        "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "com.amazonaws.sqs#BatchEntryIdsNotDistinct",
                        "ReceiptHandleIsInvalid", "com.amazonaws.sqs#ReceiptHandleIsInvalid"))
                .operation("CreateQueue", sqs::create)
                .operation("DeleteQueue", sqs::delete)
                .operation("GetQueueUrl", sqs::url)
                .operation("ListQueues", sqs::list)
                .operation("GetQueueAttributes", sqs::attributes)
                .operation("SetQueueAttributes", sqs::setAttributes)
                .operation("SendMessage", sqs::send)
                .operation("ReceiveMessage", sqs::receive)
                .operation("DeleteMessage", sqs::deleteMessage)
                .operation("DeleteMessageBatch", sqs::deleteBatch)
                .operation("ChangeMessageVisibility", sqs::changeVisibility)
                .operation("PurgeQueue", sqs::purge);
    }

    private ObjectNode create(Input input, Caller caller) throws AwsError {
        Sqs sqs = places.apply(caller.place());
        String name = required(input, "QueueName");
        if (!name.matches("[A-Za-z0-9_-]{1,80}")) {
            throw invalid("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        SqsQueue queue = sqs.queue(name);
        set(queue, input);
        return object().put("QueueUrl", sqs.url(queue));
    }

    private ObjectNode delete(Input input, Caller caller) throws AwsError {
        SqsQueue queue = queue(input, caller);
        places.apply(queue.place()).delete(queue.name());
        return object();
    }

    private ObjectNode url(Input input, Caller caller) throws AwsError {
        Place place = caller.place();
        String owner = input.text("QueueOwnerAWSAccountId", place.account());
        Sqs sqs = places.apply(new Place(owner, place.region()));
        return object().put(
                        "QueueUrl",
                        sqs.url(sqs.find(required(input, "QueueName")).orElseThrow(SqsApi::gone)));
    }

    private ObjectNode list(Input input, Caller caller) throws AwsError {
        Sqs sqs = places.apply(caller.place());
        String prefix = input.text("QueueNamePrefix", "");
        ObjectNode output = object();
        ArrayNode urls = output.putArray("QueueUrls");
        sqs.all().stream().filter(queue -> queue.name().startsWith(prefix)).forEach(queue -> urls.add(sqs.url(queue)));
        return output;
    }

    private ObjectNode attributes(Input input, Caller caller) throws AwsError {
        SqsQueue queue = queue(input, caller);
        Map<String, String> all = new HashMap<>(Map.of(
                "VisibilityTimeout",
                "30",
                "ReceiveMessageWaitTimeSeconds",
                "0",
                "MessageRetentionPeriod",
                "345600",
                "QueueArn",
                queue.arn(),
                "ApproximateNumberOfMessages",
                "" + queue.count(SqsQueue.Standing.VISIBLE),
                "ApproximateNumberOfMessagesNotVisible",
                "" + queue.count(SqsQueue.Standing.IN_FLIGHT),
                "ApproximateNumberOfMessagesDelayed",
                "" + queue.count(SqsQueue.Standing.DELAYED)));
        all.putAll(queue.attributes());
        List<String> wanted = input.texts("AttributeNames");
        ObjectNode output = object();
        ObjectNode attributes = output.putObject("Attributes");
        all.forEach((name, value) -> {
            if (wanted.contains("All") || wanted.contains(name)) {
                attributes.put(name, value);
            }
        });
        return output;
    }

    private ObjectNode setAttributes(Input input, Caller caller) throws AwsError {
        set(queue(input, caller), input);
        return object();
    }

    private static void set(SqsQueue queue, Input input) {
        JsonNode attributes = input.get("Attributes");
        Map<String, String> changes = new HashMap<>();
        if (attributes != null) {
            attributes
                    .fields()
                    .forEachRemaining(
                            it -> changes.put(it.getKey(), it.getValue().asText()));
        }
        queue.set(changes);
    }

    private ObjectNode send(Input input, Caller caller) throws AwsError {
        String body = required(input, "MessageBody");
        String id = queue(input, caller).send(body, Duration.ofSeconds(input.integer("DelaySeconds", 0)));
        return object().put("MessageId", id).put("MD5OfMessageBody", Md5.of(body));
    }

    private ObjectNode receive(Input input, Caller caller) throws AwsError {
        SqsQueue queue = queue(input, caller);
        int most = input.integer("MaxNumberOfMessages", 1);
        int wait = input.integer(
                "WaitTimeSeconds",
                Integer.parseInt(queue.attributes().getOrDefault("ReceiveMessageWaitTimeSeconds", "0")));
        if (most < 1 || most > BATCH) {
            throw invalid("Value " + most
                    + " for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        }
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw invalid("Value " + wait
                    + " for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.");
        }
        Set<String> wanted = new HashSet<>(input.texts("MessageSystemAttributeNames"));
        wanted.addAll(input.texts("AttributeNames"));
        Duration visibility =
                input.has("VisibilityTimeout") ? Duration.ofSeconds(input.integer("VisibilityTimeout", 0)) : null;
        List<SqsQueue.Received> received;
        try {
            received = queue.receive(most, Duration.ofSeconds(wait), visibility);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            received = List.of();
        }
        queue(input, caller); // it may have been deleted meanwhile
        ObjectNode output = object();
        if (!received.isEmpty()) {
            ArrayNode messages = output.putArray("Messages");
            received.forEach(message -> messages.add(shape(message, wanted)));
        }
        return output;
    }

    private static ObjectNode shape(SqsQueue.Received message, Set<String> wanted) {
        ObjectNode node = object().put("MessageId", message.id())
                .put("ReceiptHandle", message.handle())
                .put("MD5OfBody", Md5.of(message.body()))
                .put("Body", message.body());
        ObjectNode attributes = object();
        message.attributes().forEach((name, value) -> {
            if (wanted.contains("All") || wanted.contains(name)) {
                attributes.put(name, value);
            }
        });
        return attributes.isEmpty() ? node : node.set("Attributes", attributes);
    }

    private ObjectNode deleteMessage(Input input, Caller caller) throws AwsError {
        SqsQueue.Delete outcome = queue(input, caller).delete(required(input, "ReceiptHandle"));
        switch (outcome) {
            case DONE -> {
                return object();
            }
            case INVALID -> throw badHandle();
            case FAILED -> throw new AwsError(500, "InternalFailure", "The request could not be completed.");
        }
        throw new IllegalStateException();
    }

    private ObjectNode deleteBatch(Input input, Caller caller) throws AwsError {
        SqsQueue queue = queue(input, caller);
        JsonNode entries = input.get("Entries");
        if (entries == null || entries.isEmpty()) {
            throw AwsError.badRequest(
                    "AWS.SimpleQueueService.EmptyBatchRequest",
                    "There should be at least one DeleteMessageBatchRequestEntry in the request.");
        }
        if (entries.size() > BATCH) {
            throw AwsError.badRequest(
                    "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
                    "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
        }
        Set<String> ids = new HashSet<>();
        for (JsonNode entry : entries) {
            if (!ids.add(entry.path("Id").asText())) {
                throw AwsError.badRequest(
                        "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
                        "Id " + entry.path("Id").asText() + " repeated.");
            }
        }
        ObjectNode output = object();
        ArrayNode successful = output.putArray("Successful");
        ArrayNode failed = output.putArray("Failed");
        for (JsonNode entry : entries) {
            String id = entry.path("Id").asText();
            switch (queue.delete(entry.path("ReceiptHandle").asText())) {
                case DONE -> successful.addObject().put("Id", id);
                case INVALID ->
                    failed.addObject()
                            .put("Id", id)
                            .put("SenderFault", true)
                            .put("Code", "ReceiptHandleIsInvalid")
                            .put("Message", "The input receipt handle is invalid.");
                case FAILED ->
                    failed.addObject()
                            .put("Id", id)
                            .put("SenderFault", false)
                            .put("Code", "InternalError")
                            .put("Message", "The request could not be completed.");
            }
        }
        return output;
    }

    private ObjectNode changeVisibility(Input input, Caller caller) throws AwsError {
        boolean changed = queue(input, caller)
                .changeVisibility(
                        required(input, "ReceiptHandle"), Duration.ofSeconds(input.integer("VisibilityTimeout", 30)));
        if (!changed) {
            throw badHandle();
        }
        return object();
    }

    private ObjectNode purge(Input input, Caller caller) throws AwsError {
        queue(input, caller).purge();
        return object();
    }

    private static AwsError badHandle() {
        return AwsError.badRequest("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
    }

    /** Of the account that the URL names, as a queue's policy may let others in; in the region of the caller. */
    private SqsQueue queue(Input input, Caller caller) throws AwsError {
        String[] parts = required(input, "QueueUrl").split("/");
        if (parts.length < 2) {
            throw AwsError.badRequest("InvalidAddress", "The address is not valid for this endpoint.");
        }
        Place owner = new Place(parts[parts.length - 2], caller.place().region());
        return places.apply(owner).find(parts[parts.length - 1]).orElseThrow(SqsApi::gone);
    }

    private static AwsError gone() {
        return AwsError.badRequest("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
    }

    private static AwsError invalid(String message) {
        return AwsError.badRequest("InvalidParameterValue", message);
    }

    private static String required(Input input, String member) throws AwsError {
        String value = input.text(member);
        if (value == null || value.isEmpty()) {
            throw AwsError.badRequest("MissingParameter", "The request must contain the parameter " + member + ".");
        }
        return value;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
