package io.jenkins.plugins.awscicd.localaws.sns;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.QueryApi;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** SNS on the wire (Amazon Simple Notification Service API reference). */
public final class SnsApi {

    private static final String VERSION = "2010-03-31";
    private static final int PAGE = 100;

    private final Function<Place, Sns> places;

    SnsApi(Function<Place, Sns> places) {
        this.places = places;
    }

    public static QueryApi of(Function<Place, Sns> places) {
        SnsApi api = new SnsApi(places);
        TopicOperations topics = new TopicOperations(api);
        SubscriptionOperations subscriptions = new SubscriptionOperations(api);
        return new QueryApi("SNS", "sns", VERSION, "http://sns.amazonaws.com/doc/" + VERSION + "/")
                .resources("TopicArn", "TargetArn", "SubscriptionArn", "Name")
                .anonymous("ConfirmSubscription", "Unsubscribe")
                .denied(SnsApi::denied)
                .unseen((operation, caller, resource) -> noTopic())
                .operation("CreateTopic", topics::create)
                .operation("DeleteTopic", topics::delete)
                .operation("ListTopics", topics::list)
                .operation("GetTopicAttributes", topics::attributes)
                .operation("Subscribe", subscriptions::subscribe)
                .operation("ConfirmSubscription", subscriptions::confirm)
                .operation("Unsubscribe", subscriptions::unsubscribe)
                .operation("ListSubscriptionsByTopic", subscriptions::listByTopic)
                .operation("Publish", new PublishOperation(api)::publish);
    }

    Sns at(Caller caller) {
        return places.apply(caller.place());
    }

    /** The topic that a request names, which has to be in the caller's account and region. */
    Topic topic(String operation, QueryInput input, Caller caller) throws AwsError {
        String arn = input.required("TopicArn");
        return find(operation, arn, caller).orElseThrow(SnsApi::noTopic);
    }

    Optional<Topic> find(String operation, String arn, Caller caller) throws AwsError {
        String[] parts = parts("TopicArn", arn);
        if (parts.length > 6) {
            throw invalid("TopicArn");
        }
        return place(operation, "TopicArn", arn, parts, caller).find(arn);
    }

    /** The ARN, split. */
    static String[] parts(String parameter, String arn) throws AwsError {
        String[] parts = arn.split(":", -1);
        if (parts.length < 6) {
            throw invalid(parameter + " Reason: An ARN must have at least 6 elements, not " + parts.length);
        }
        return parts;
    }

    /** Where the ARN belongs. What is not signed may come from anywhere. */
    Sns place(String operation, String parameter, String arn, String[] parts, Caller caller) throws AwsError {
        Place place = new Place(parts[4], parts[3]);
        boolean signed = caller.accessKeyId() != null;
        if (!parts[2].equals("sns")
                || !parts[1].equals(place.partition())
                || signed && !place.region().equals(caller.place().region())) {
            throw invalid(parameter);
        }
        if (signed && !place.equals(caller.place())) {
            throw denied(operation, caller, arn);
        }
        return places.apply(place);
    }

    /** One page of a list, and the token of the next one or {@code null}. */
    record Page<T>(List<T> items, String next) {}

    /** @param key by which the list is ordered */
    static <T> Page<T> page(List<T> all, Function<T, String> key, String token) throws AwsError {
        int from = 0;
        if (token != null) {
            String last = decode(token);
            while (from < all.size() && key.apply(all.get(from)).compareTo(last) <= 0) {
                from++;
            }
        }
        List<T> items = all.subList(from, Math.min(all.size(), from + PAGE));
        boolean more = from + PAGE < all.size();
        String last = more ? key.apply(items.get(PAGE - 1)) : null;
        return new Page<>(
                items,
                last == null ? null : Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }

    private static String decode(String token) throws AwsError {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("NextToken");
        }
    }

    static AwsError invalid(String what) {
        return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + what);
    }

    static AwsError noTopic() {
        return new AwsError(404, "NotFound", "Topic does not exist");
    }

    static AwsError denied(String operation, Caller caller, String resource) {
        return new AwsError(
                403,
                "AuthorizationError",
                "User: " + caller.arn() + " is not authorized to perform: SNS:" + operation
                        + (resource.isEmpty() ? "" : " on resource: " + resource)
                        + " because no identity-based policy allows the SNS:" + operation + " action");
    }
}
