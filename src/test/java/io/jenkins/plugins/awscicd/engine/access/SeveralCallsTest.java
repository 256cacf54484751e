package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What is made of several calls in one turn of a lane comes to its end, where AWS never takes two of them one upon the other. */
class SeveralCallsTest {

    @AutoClose
    private final Bench bench = Bench.stepped();

    private AwsSession session;

    @BeforeEach
    void environments() {
        for (int i = 0; i < 4; i++) {
            bench.aws().beanstalk().environment(EnvironmentSpec.simulated("web", "web-" + i));
        }
        session = bench.session();
    }

    private ElasticBeanstalkClient beanstalk() {
        return session.client(ElasticBeanstalkClient.class, ElasticBeanstalkClient::builder);
    }

    private <T> CompletableFuture<T> begin(Supplier<T> turn) {
        return session.call("service:Several", AwsSession.PATIENCE, RetryListener.NONE, turn);
    }

    private <T> T end(Supplier<T> turn) {
        CompletableFuture<T> result = begin(turn);
        bench.advanceUntil(result::isDone, Duration.ofMinutes(5));
        return result.join();
    }

    private long calls(String operation) {
        return bench.aws().calls().of(operation).stream()
                .filter(call -> !call.outcome().startsWith("Throttling"))
                .count();
    }

    private String status(String environment) {
        return beanstalk()
                .describeEnvironments(it -> it.environmentNames(environment))
                .environments()
                .get(0)
                .statusAsString();
    }

    @Test
    void pagesOfALoop() {
        bench.aws().faults().on("ElasticBeanstalk.*").throttle().ratePerSecond(1);
        List<String> names = end(() -> {
            List<String> all = new ArrayList<>();
            String next = null;
            do {
                String token = next;
                var page =
                        beanstalk().describeEnvironments(it -> it.maxRecords(1).nextToken(token));
                page.environments().forEach(environment -> all.add(environment.environmentName()));
                next = page.nextToken();
            } while (next != null);
            return all;
        });
        assertEquals(4, names.size(), names::toString);
        assertEquals(4, calls("ElasticBeanstalk.DescribeEnvironments"), "each page was asked for once");
    }

    @Test
    void pagesOfAPaginator() {
        S3Client s3 = session.client(S3Client.class, S3Client::builder);
        bench.aws().s3().createBucket("many", false);
        for (int i = 0; i < 4; i++) {
            bench.aws().s3().put("many", "key" + i, new byte[] {1});
        }
        bench.aws().faults().on("S3.*").throttle().ratePerSecond(1);
        assertEquals(
                4,
                end(() -> s3.listObjectsV2Paginator(it -> it.bucket("many").maxKeys(1)).contents().stream()
                        .count()));
    }

    @Test
    void aLookAndWhatIsDoneThen() {
        bench.aws().faults().on("*").throttle().ratePerSecond(1);
        CodeDeployClient client = session.client(CodeDeployClient.class, CodeDeployClient::builder);
        end(() -> {
            status("web-1");
            status("web-2");
            return client.createApplication(it -> it.applicationName("shop")).applicationId();
        });
        assertTrue(bench.aws().codeDeploy().has("shop", ""));
        assertEquals(2, calls("ElasticBeanstalk.DescribeEnvironments"));
        assertEquals(1, calls("CodeDeploy.CreateApplication"));
    }

    /** What a call has changed, or may have, is seen. */
    @Test
    void whatIsDoneIsSeenAfterwards() {
        CodeDeployClient client = session.client(CodeDeployClient.class, CodeDeployClient::builder);
        bench.aws()
                .faults()
                .on("CodeDeploy.CreateApplication")
                .error(500)
                .afterExecution()
                .times(1);
        assertEquals(List.of("shop"), end(() -> {
            if (client.listApplications().applications().isEmpty()) {
                client.createApplication(it -> it.applicationName("shop"));
            }
            return client.listApplications().applications();
        }));
        assertEquals(1, calls("CodeDeploy.CreateApplication"));
    }

    /** What was answered long ago may be otherwise by now. */
    @Test
    void nothingIsRememberedForLong() {
        bench.aws().faults().on("CodeDeploy.ListApplications").throttle();
        CompletableFuture<String> turn = begin(() -> {
            String seen = status("web-1");
            session.client(CodeDeployClient.class, CodeDeployClient::builder).listApplications();
            return seen;
        });
        bench.advance(Duration.ofSeconds(50));
        assertEquals(1, calls("ElasticBeanstalk.DescribeEnvironments"));
        bench.advance(Duration.ofSeconds(60));
        assertEquals(2, calls("ElasticBeanstalk.DescribeEnvironments"));
        assertFalse(turn.isDone());
    }

    @Test
    void aTurnKnowsNothingOfAnother() {
        end(() -> status("web-1"));
        end(() -> status("web-1"));
        assertEquals(2, calls("ElasticBeanstalk.DescribeEnvironments"));
    }
}
