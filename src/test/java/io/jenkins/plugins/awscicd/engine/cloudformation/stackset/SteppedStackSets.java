package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.bundle.WorkspaceSource;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.Consent;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.execution.KeptStep;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackInstanceSummary;

/** Stack set {@code all} on local AWS and stepped time, in two accounts and two regions. */
abstract class SteppedStackSets {

    static final Duration LONG = Duration.ofMinutes(30);

    static final String TEMPLATE = """
            Parameters: {Size: {Type: String, Default: small}}
            Resources: {Queue: {Type: 'AWS::SQS::Queue', Properties: {Size: !Ref Size}}}
            """;

    /** Of somebody else's stack set. */
    static final String OTHERS = """
            Resources: {Topic: {Type: 'AWS::SNS::Topic'}}
            """;

    static final String FIRST = "123456789012";
    static final String SECOND = "210987654321";

    @AutoClose
    final Bench bench = Bench.stepped();

    @TempDir
    Path workspace;

    private final StackSets door = new StackSets(bench.scheduler(), bench.watcher());
    private int runs;

    final class Step {

        final KeptStep<StackSetSnapshot> kept;
        private final Map<String, Object> arguments = new HashMap<>(Map.of("stackSet", "all"));
        private final Turn turn;
        private Gate gate = Gate.OPEN;
        private Consent<StackSetPlan> consent = Consent.given();
        private StackSets at = door;

        Step() {
            runs++;
            turn = new Turn("delivery #" + runs, runs);
            kept = new KeptStep<>(bench, (connected, token) -> {
                StackSetRequest request = new StackSetRequest(arguments);
                assertEquals(List.of(), request.problems());
                return at.prepare(connected, request, token, turn, gate, consent, files());
            });
        }

        Step with(String name, Object value) {
            arguments.put(name, value);
            return this;
        }

        Step asking(Consent<StackSetPlan> people) {
            consent = people;
            return with("approve", true);
        }

        Step behind(Gate guards) {
            gate = guards;
            return this;
        }

        Step in(List<String> accounts, List<String> regions) {
            return with("accounts", accounts).with("regions", regions);
        }

        Step begin() {
            kept.begin();
            return this;
        }

        Step end() {
            bench.advanceUntil(kept::isOver, LONG);
            return this;
        }

        Step run() {
            return begin().end();
        }

        Step restart() {
            kept.execution().leave();
            at = new StackSets(bench.scheduler(), bench.watcher());
            kept.resume(bench.scheduler(), null, null);
            return this;
        }

        Verdict.End verdict() {
            return kept.outcome().verdict().end();
        }

        String why() {
            Throwable failure = kept.outcome().failure();
            return failure == null
                    ? kept.outcome().verdict().reason() + " " + kept.console.lines()
                    : failure + " " + kept.console.lines();
        }

        StackSetResult result() {
            return (StackSetResult) kept.outcome().result();
        }

        void says(String part) {
            assertTrue(
                    kept.console.lines().stream().anyMatch(line -> line.contains(part)),
                    () -> part + " in " + kept.console.lines());
        }

        Step succeeds() {
            run();
            assertEquals(Verdict.End.SUCCEEDED, verdict(), this::why);
            return this;
        }
    }

    final Step step() {
        return new Step();
    }

    final Step deploy() {
        return step().with("template", Map.of("body", TEMPLATE))
                .in(List.of(FIRST, SECOND), List.of("eu-west-1", "us-east-1"));
    }

    final long calls(String operation) {
        return bench.aws().calls().count("CloudFormation." + operation);
    }

    final CloudFormationClient client() {
        return CloudFormationService.client(bench.session());
    }

    final List<StackInstanceSummary> instances() {
        return client().listStackInstancesPaginator(it -> it.stackSetName("all")).summaries().stream()
                .toList();
    }

    private WorkspaceSource files() {
        Uploads uploads = Uploads.of("delivery");
        return new WorkspaceSource() {
            @Override
            public Workspace workspace() {
                return Workspace.local(workspace);
            }

            @Override
            public Uploads uploads() {
                return uploads;
            }
        };
    }

    private boolean isAtWork() {
        return client().listStackSetOperations(it -> it.stackSetName("all")).summaries().stream()
                .anyMatch(one -> List.of("RUNNING", "QUEUED", "STOPPING").contains(one.statusAsString()));
    }

    /** All operations on the stack set, whoever has begun them. */
    final void untilEnded() {
        bench.advanceUntil(() -> !isAtWork(), LONG);
    }

    /** Others take all stacks out of the stack set. */
    final void drain() {
        List<StackInstanceSummary> there = instances();
        if (!there.isEmpty()) {
            client().deleteStackInstances(it -> it.stackSetName("all")
                    .accounts(there.stream()
                            .map(StackInstanceSummary::account)
                            .distinct()
                            .toList())
                    .regions(there.stream()
                            .map(StackInstanceSummary::region)
                            .distinct()
                            .toList())
                    .retainStacks(false));
            untilEnded();
        }
    }

    /** Others delete the stack set, which has no stacks, and make another of its name, with stacks in these accounts. */
    final void othersReplace(String... accounts) {
        client().deleteStackSet(it -> it.stackSetName("all"));
        client().createStackSet(it -> it.stackSetName("all").templateBody(OTHERS));
        if (accounts.length > 0) {
            client().createStackInstances(
                            it -> it.stackSetName("all").accounts(accounts).regions("eu-west-1"));
        }
    }

    final String template() {
        return client().describeStackSet(it -> it.stackSetName("all"))
                .stackSet()
                .templateBody();
    }
}
