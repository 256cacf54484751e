package io.jenkins.plugins.awscicd.engine.access.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.engine.SteppedScheduler;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.ListProjectsRequest;
import software.amazon.awssdk.services.codebuild.model.ListProjectsResponse;

/** An endpoint that never comes to its last page holds no thread for ever, and fills no memory. */
@Timeout(60)
class EndlessPagesTest {

    private final AtomicInteger asked = new AtomicInteger();

    /** @param same whether it names one page, over and over again */
    private CodeBuildClient endless(boolean same) {
        return Turn.remembering(CodeBuildClient.class, new CodeBuildClient() {
            @Override
            public ListProjectsResponse listProjects(ListProjectsRequest request) {
                if (asked.incrementAndGet() > 10_000) {
                    throw new AssertionError("asked for " + asked + " pages");
                }
                return ListProjectsResponse.builder()
                        .projects(List.of("web"))
                        .nextToken(same ? "more" : "more " + asked)
                        .build();
            }

            @Override
            public String serviceName() {
                return "codebuild";
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }

    private static void readAll(CodeBuildClient client) {
        String next = null;
        for (int page = 0; page < 20_000; page++) {
            String token = next;
            next = client.listProjects(list -> list.nextToken(token)).nextToken();
        }
        throw new AssertionError("nobody has stopped it");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theyAreGivenUp(boolean same) {
        CodeBuildClient client = endless(same);
        Turn turn = new Turn(new SteppedScheduler(SimulatedTime.stepped()));
        IllegalStateException why = assertThrows(
                IllegalStateException.class,
                () -> turn.attempt(() -> {
                    readAll(client);
                    return null;
                }));
        assertEquals(
                "listProjects has no last page: given up after 5,000 answers; check the endpoint", why.getMessage());
    }

    /** So many large pages are more than there is memory. */
    @Test
    void theyFillNoMemory() {
        CodeBuildClient client = Turn.remembering(CodeBuildClient.class, new CodeBuildClient() {
            @Override
            public ListProjectsResponse listProjects(ListProjectsRequest request) {
                return ListProjectsResponse.builder()
                        .projects("x".repeat(16 << 20))
                        .nextToken("more " + asked.incrementAndGet())
                        .build();
            }

            @Override
            public String serviceName() {
                return "codebuild";
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
        long pages = Runtime.getRuntime().maxMemory() / (16 << 20) + 10;
        new Turn(new SteppedScheduler(SimulatedTime.stepped())).attempt(() -> {
            String next = null;
            for (int page = 0; page < pages; page++) {
                String token = next;
                next = client.listProjects(list -> list.nextToken(token)).nextToken();
            }
            return null;
        });
        assertEquals(pages, asked.get());
    }

    /** Each attempt may read what is to be read. */
    @Test
    void anotherAttemptBeginsAnew() {
        CodeBuildClient client = endless(false);
        Turn turn = new Turn(new SteppedScheduler(SimulatedTime.stepped()));
        for (int attempt = 0; attempt < 3; attempt++) {
            turn.attempt(() -> {
                for (int page = 0; page < 2_000; page++) {
                    String token = "page " + page;
                    client.listProjects(list -> list.nextToken(token));
                }
                return null;
            });
        }
        assertEquals(2_000, asked.get(), "what was answered is not asked again");
    }
}
