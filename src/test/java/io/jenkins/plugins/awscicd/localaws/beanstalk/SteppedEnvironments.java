package io.jenkins.plugins.awscicd.localaws.beanstalk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.EventDescription;

/** A local AWS on stepped time, in which everything that takes time takes a second. */
abstract class SteppedEnvironments {

    static final String WEB = "web-prod";

    final SteppedTime time = SimulatedTime.stepped();
    LocalAws aws;
    ElasticBeanstalkClient beanstalk;

    @BeforeEach
    final void start() {
        aws = LocalAws.builder()
                .time(time)
                .beanstalkTiming(BeanstalkTiming.all(Duration.ofSeconds(1)))
                .start();
        beanstalk = Clients.of(aws).beanstalk();
    }

    @AfterEach
    final void stop() {
        beanstalk.close();
        aws.close();
    }

    /** An environment web-prod of the application web that runs v1; there is also a v2. */
    final EnvironmentSpec web() {
        return EnvironmentSpec.simulated("web", WEB).version("v1");
    }

    final void add(EnvironmentSpec spec) {
        aws.beanstalk().environment(spec).version("web", "v2", "bundles", "v2.zip");
    }

    /** Begins to deploy v2, and says by which request. */
    final String deploy() {
        return beanstalk
                .updateEnvironment(request -> request.environmentName(WEB).versionLabel("v2"))
                .responseMetadata()
                .requestId();
    }

    final EnvironmentDescription describe(String name) {
        return beanstalk
                .describeEnvironments(request -> request.environmentNames(name).includeDeleted(true))
                .environments()
                .get(0);
    }

    final EnvironmentDescription web(String status, String label, String health) {
        EnvironmentDescription found = describe(WEB);
        assertEquals(
                status + " " + label + " " + health,
                found.statusAsString() + " " + found.versionLabel() + " " + found.healthAsString());
        return found;
    }

    /** {@code ERROR: text} and so on, the oldest first. */
    final List<String> reported(String requestId) {
        List<String> messages = new ArrayList<>();
        for (EventDescription event : beanstalk
                .describeEvents(request -> request.requestId(requestId))
                .events()) {
            messages.add(
                    (event.severityAsString().equals("INFO") ? "" : event.severityAsString() + ": ") + event.message());
        }
        Collections.reverse(messages);
        return messages;
    }

    final void advance(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    final void advanceMillis(int millis) {
        time.advance(Duration.ofMillis(millis));
    }

    static void refused(String code, String message, Executable call) {
        ElasticBeanstalkException refusal = assertThrows(ElasticBeanstalkException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode(), refusal.getMessage());
        assertEquals(message, refusal.awsErrorDetails().errorMessage());
        assertEquals(400, refusal.statusCode());
    }
}
