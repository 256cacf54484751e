package io.jenkins.plugins.awscicd.localaws.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

class SubscriptionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:approvals";

    /** What an endpoint was sent. */
    private record Posted(Headers headers, String body) {

        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    private final SteppedTime time = SimulatedTime.stepped();
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private LocalAws aws;
    private SnsClient sns;
    private Topic topic;
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        aws = LocalAws.builder().time(time).start();
        topic = aws.sns().create("approvals");
        sns = Clients.of(aws).sns();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", http -> {
            try (http) {
                String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                posted.add(new Posted(http.getRequestHeaders(), body));
                http.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=1";
    }

    @AfterEach
    void stop() {
        server.stop(0);
        sns.close();
        aws.close();
    }

    private String subscribe(String protocol, String endpoint) {
        return sns.subscribe(it -> it.topicArn(topic.arn()).protocol(protocol).endpoint(endpoint))
                .subscriptionArn();
    }

    private void publish(String message) {
        sns.publish(it -> it.topicArn(topic.arn()).subject("Subject").message(message));
        aws.sns().settle();
    }

    private void confirmed() throws IOException {
        subscribe("http", url);
        aws.sns().settle();
        String token = posted.get(0).json().path("Token").asText();
        sns.confirmSubscription(it -> it.topicArn(topic.arn()).token(token));
        posted.clear();
    }

    private static int get(String link) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void anHttpEndpointIsAskedBeforeItHearsAnything() throws Exception {
        assertEquals("pending confirmation", subscribe("http", url));
        publish("too early");
        assertEquals(1, posted.size());
        Posted asked = posted.get(0);
        assertEquals("SubscriptionConfirmation", asked.headers().getFirst("x-amz-sns-message-type"));
        assertEquals(topic.arn(), asked.headers().getFirst("x-amz-sns-topic-arn"));
        assertNull(asked.headers().getFirst("x-amz-sns-subscription-arn"));
        assertEquals("text/plain; charset=UTF-8", asked.headers().getFirst("Content-Type"));
        assertEquals("SubscriptionConfirmation", asked.json().path("Type").asText());
        assertEquals("PendingConfirmation", listed().get(0).subscriptionArn());

        assertThrows(
                InvalidParameterException.class,
                () -> sns.confirmSubscription(it -> it.topicArn(topic.arn()).token("guessed")));
        assertEquals(200, get(asked.json().path("SubscribeURL").asText()), "The link needs no signature");
        publish("heard");
        assertEquals(2, posted.size());
        JsonNode heard = posted.get(1).json();
        assertEquals("Notification", heard.path("Type").asText());
        assertEquals("Subject", heard.path("Subject").asText());
        assertEquals("heard", heard.path("Message").asText());
        assertEquals(topic.arn(), heard.path("TopicArn").asText());
        assertEquals(
                topic.published().get(1).messageId(), heard.path("MessageId").asText());
        assertEquals("Notification", posted.get(1).headers().getFirst("x-amz-sns-message-type"));
        assertEquals(listed().get(0).subscriptionArn(), posted.get(1).headers().getFirst("x-amz-sns-subscription-arn"));

        assertEquals(200, get(heard.path("UnsubscribeURL").asText()));
        publish("not heard");
        assertEquals(2, posted.size());
        assertEquals(List.of(), listed());
    }

    private List<Subscription> listed() {
        return sns.listSubscriptionsByTopic(it -> it.topicArn(topic.arn())).subscriptions();
    }

    @Test
    void anEndpointWithAProblemIsTriedAgain() throws Exception {
        confirmed();
        status = 503;
        publish("m");
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofSeconds(20));
            aws.sns().settle();
        }
        assertEquals(4, posted.size());
        assertEquals(1, posted.stream().map(Posted::body).distinct().count());
        List<Delivery> attempts = topic.deliveries(url).subList(1, 5);
        assertTrue(attempts.stream().allMatch(attempt -> attempt.outcome().equals("HTTP 503")), attempts.toString());

        status = 404;
        publish("no problem of its own");
        time.advance(Duration.ofMinutes(5));
        aws.sns().settle();
        assertEquals(5, posted.size());
    }

    @Test
    void anEndpointThatIsNotThereIsTriedUntilItIs() throws Exception {
        confirmed();
        int port = server.getAddress().getPort();
        server.stop(0);
        publish("m");
        Delivery failed = topic.deliveries(url).get(1);
        assertFalse(failed.delivered());
        assertEquals("ConnectException", failed.outcome());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.createContext("/", http -> {
            try (http) {
                http.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        time.advance(Duration.ofSeconds(20));
        aws.sns().settle();
        assertTrue(topic.deliveries(url).get(2).delivered());
    }

    @Test
    void aQueueOfTheAccountHearsAtOnce() throws Exception {
        String arn = subscribe("sqs", QUEUE);
        assertTrue(arn.startsWith(topic.arn() + ":"), arn);
        assertEquals(arn, subscribe("sqs", QUEUE), "It already exists");
        publish("one");
        publish("two");
        List<Delivery> queue = topic.deliveries(QUEUE);
        assertEquals(2, queue.size());
        assertEquals("two", JSON.readTree(queue.get(1).body()).path("Message").asText());

        sns.unsubscribe(it -> it.subscriptionArn(arn));
        publish("three");
        assertEquals(2, topic.deliveries(QUEUE).size());
        assertEquals(
                "1",
                sns.getTopicAttributes(it -> it.topicArn(topic.arn()))
                        .attributes()
                        .get("SubscriptionsDeleted"));
        assertThrows(NotFoundException.class, () -> sns.unsubscribe(it -> it.subscriptionArn(arn)));
    }

    @Test
    void rawDeliveryIsTheMessageAlone() {
        sns.subscribe(it -> it.topicArn(topic.arn())
                .protocol("sqs")
                .endpoint(QUEUE)
                .attributes(Map.of("RawMessageDelivery", "true")));
        publish("bare");
        assertEquals("bare", topic.deliveries(QUEUE).get(0).body());
        assertThrows(InvalidParameterException.class, () -> subscribe("sqs", QUEUE), "Other attributes");
    }

    @Test
    void mailIsRecorded() throws Exception {
        subscribe("email", "ann@example.com");
        publish("too early");
        List<Delivery> mails = topic.deliveries("ann@example.com");
        assertEquals(1, mails.size());
        assertEquals(200, get(mails.get(0).body()));
        sns.publish(it -> it.topicArn(topic.arn())
                .messageStructure("json")
                .message("{\"default\": \"x\", \"email\": \"Dear Ann\"}"));
        assertEquals("Dear Ann", topic.deliveries("ann@example.com").get(1).body());
    }

    @Test
    void aGuardedSubscriptionIsEndedByItsOwnerOnly() throws Exception {
        String arn = sns.subscribe(it ->
                        it.topicArn(topic.arn()).protocol("http").endpoint(url).returnSubscriptionArn(true))
                .subscriptionArn();
        aws.sns().settle();
        String token = posted.get(0).json().path("Token").asText();
        assertEquals(
                arn,
                sns.confirmSubscription(
                                it -> it.topicArn(topic.arn()).token(token).authenticateOnUnsubscribe("true"))
                        .subscriptionArn());
        assertEquals(403, get(aws.endpoint() + "/?Action=Unsubscribe&SubscriptionArn=" + arn));
        assertEquals(1, listed().size());
        sns.unsubscribe(it -> it.subscriptionArn(arn));
        assertEquals(List.of(), listed());
    }

    @Test
    void onlySomeOperationsNeedNoSignature() throws Exception {
        assertEquals(
                403, get(aws.endpoint() + "/?Action=Publish&Version=2010-03-31&Message=m&TopicArn=" + topic.arn()));
        assertEquals(List.of(), topic.published());
    }

    @ParameterizedTest
    @CsvSource({
        "http, http://example.com/hook",
        "http, http://127.0.0.1.example.com/",
        "http, http://localhost@example.com/",
        "https, http://127.0.0.1/",
        "http, http:///",
        "sqs, https://sqs.eu-west-1.amazonaws.com/123456789012/q",
        "sqs, arn:aws:sqs:eu-west-1:123456789012:q.fifo",
        "email, nobody",
        "sms, +15550100",
        "lambda, arn:aws:lambda:eu-west-1:123456789012:function:f"
    })
    void endpointsAreChecked(String protocol, String endpoint) {
        assertThrows(InvalidParameterException.class, () -> subscribe(protocol, endpoint));
        assertEquals(List.of(), topic.subscriptions());
    }

    @Test
    void subscriptionsAreListedPageByPage() {
        IntStream.range(0, 150).forEach(i -> subscribe("sqs", QUEUE + i));
        assertEquals(100, listed().size());
        assertEquals(
                150,
                sns.listSubscriptionsByTopicPaginator(it -> it.topicArn(topic.arn())).subscriptions().stream()
                        .map(Subscription::endpoint)
                        .distinct()
                        .count());
    }
}
