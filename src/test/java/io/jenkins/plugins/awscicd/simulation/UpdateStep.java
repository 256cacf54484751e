package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.job.execution.Connected;
import io.jenkins.plugins.awscicd.engine.job.execution.PreparedJob;
import io.jenkins.plugins.awscicd.engine.queue.Turn;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A {@code beanstalkDeploy} step: in place, or into the one of two environments that is not live. */
final class UpdateStep extends Step<EnvironmentSnapshot> {

    private final Play play;

    UpdateStep(Happening asked, Play play, Controller controller) {
        super(asked, play, controller);
        this.play = play;
    }

    /** Without those by which others may have rolled back to its version, as they had brought their own before. */
    @Override
    List<Instant> begun(Ledger ledger) {
        List<Instant> all =
                ledger.updates(run).stream().map(Ledger.State::since).toList();
        return all.stream()
                .filter(at -> at.equals(all.get(0)) || !mayBeRolledBackTo(ledger, at))
                .toList();
    }

    private boolean mayBeRolledBackTo(Ledger ledger, Instant at) {
        return play.steps().stream()
                .filter(other -> other != this && other.asked.has("onFailure"))
                .filter(other -> other.endedAt() == null || !at.isAfter(other.endedAt()))
                .anyMatch(other -> ledger.updates(other.run).stream()
                        .anyMatch(theirs -> theirs.since().isBefore(at)));
    }

    /** The version may be there already. */
    @Override
    boolean mustBegin() {
        return false;
    }

    /**
     * UpdateEnvironment has no token, and the events of an update need not name its version: nothing shows one that has failed, or after
     * which somebody else has deployed.
     */
    @Override
    boolean mayBeTwice() {
        return play.world().losesWrites() && !isShownBeforeTheLast(play.ledger());
    }

    private boolean isShownBeforeTheLast(Ledger ledger) {
        List<Ledger.State> own = ledger.updates(run);
        Ledger.State again = own.get(own.size() - 1);
        String shown = "";
        for (Ledger.State state : ledger.history()) {
            if (state.environment().equals(again.environment()) && state.since().isBefore(again.since())) {
                shown = state.label();
            }
        }
        return label().equals(shown);
    }

    /** For the same reason. */
    @Override
    boolean mayBeForgotten() {
        return play.world().losesWrites();
    }

    @Override
    boolean isThere(Ledger ledger) {
        return succeeded() ? wasLive(ledger) : isLive(ledger);
    }

    /** Whether the version is what its name leads to when the step ends, and nothing else is on its way there. */
    private boolean isLive(Ledger ledger) {
        Ledger.State last = null;
        for (Ledger.State state : ledger.history()) {
            if (isPlace(state.environment(), state.cname()) && !state.since().isAfter(endedAt())) {
                last = state;
            }
        }
        return last != null && label().equals(last.label()) && last.deploying() == null;
    }

    /** Whether the version was what its name led to, on instances, at some time while the step was at it. */
    private boolean wasLive(Ledger ledger) {
        return ledger.served().stream()
                .filter(served -> !served.since().isAfter(endedAt()))
                .anyMatch(served -> isPlace(served.environment(), served.cname()) && label().equals(served.label()));
    }

    private boolean isPlace(String environment, String cname) {
        return asked.has("cname")
                ? cname.startsWith(asked.text("cname") + ".")
                : environment.equals(asked.text("environment"));
    }

    @Override
    boolean runsAt(Ledger ledger, Instant at) {
        List<Instant> own = begun(ledger);
        String environment = null;
        for (Ledger.State state : ledger.history()) {
            if (!state.since().isAfter(at)) {
                if (label().equals(state.deploying())
                        && (state.environment().equals(environment) || own.contains(state.since()))) {
                    environment = state.environment();
                } else if (Objects.equals(environment, state.environment())) {
                    environment = null;
                }
            }
        }
        return environment != null;
    }

    /** The saved configuration that a clone is made of. A controller that forgets that it has made one leaves it to the next clone. */
    @Override
    List<String> left(Ledger ledger) {
        String template = "jenkins-" + UUID.nameUUIDFromBytes(token.token().getBytes(StandardCharsets.UTF_8));
        return play.world().losesWrites()
                        || !ledger.aws().beanstalk().templateNames("web").contains(template)
                ? List.of()
                : List.of(template);
    }

    @Override
    List<String> events(Ledger ledger) {
        return ledger.history().stream()
                .map(Ledger.State::environment)
                .distinct()
                .flatMap(environment -> ledger.aws().beanstalk().events(environment).stream())
                .filter(event -> !event.date().isBefore(began))
                .map(Event::message)
                .toList();
    }

    @Override
    String place() {
        return asked.has("cname") ? asked.text("cname") : asked.text("environment");
    }

    private String label() {
        return "v" + run;
    }

    @Override
    PreparedJob<EnvironmentSnapshot> prepare(Controller on, Connected<EnvironmentSnapshot> at) {
        Turn turn = new Turn("web #" + run, order());
        return on.beanstalk().prepare(at, request(), token, turn, play.gate(this), files());
    }

    private BeanstalkRequest request() {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("application", "web");
        arguments.put(asked.has("upload") ? "versionLabel" : "version", label());
        if (asked.has("upload")) {
            arguments.put("bundle", Workspaces.DIRECTORY);
            if (asked.has("bucket")) {
                arguments.put("bucket", asked.text("bucket"));
            }
        }
        for (String name :
                List.of("environment", "whenBusy", "twin", "cname", "strategy", "onFailure", "oldEnvironment")) {
            if (asked.has(name)) {
                arguments.put(name, asked.text(name));
            }
        }
        if (asked.has("bakeMinutes")) {
            arguments.put("bakeMinutes", asked.number("bakeMinutes"));
        }
        if (asked.has("healthMinutes")) {
            arguments.put("healthMinutes", asked.number("healthMinutes"));
        }
        BeanstalkRequest request = new BeanstalkRequest(arguments);
        if (!request.problems().isEmpty()) {
            throw new AssertionError(asked + ": " + request.problems());
        }
        return request;
    }
}
