package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.Faults;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link World} as it comes to pass, on one thread and on stepped time: the same each time. What it may not be is for the {@link
 * Laws} to say.
 */
final class Play {

    /**
     * Long after any machine's own time: by that the SDK renews the credentials of a role, and would have it assumed anew for each call.
     */
    private static final Instant BEGIN = Instant.parse("2126-01-05T08:00:00Z");
    /** Nothing that a world has in it takes longer, with all that can come between. */
    private static final Duration PATIENCE = Duration.ofHours(12);
    /** Sessions are closed ten minutes after their last use. */
    private static final Duration AFTERGLOW = Duration.ofMinutes(40);

    private record Closed(Instant from, Instant until) {}

    private final World world;
    private final boolean keeping;
    private final boolean direct;
    private final SteppedTime time = SimulatedTime.stepped(BEGIN);
    private final Chance chance;
    private final LocalAws aws;
    private final Places places;
    private final Ledger ledger;
    private final Workspaces workspaces;
    private Stranger stranger;
    private final Map<String, Controller> controllers = new LinkedHashMap<>();
    private final Map<Integer, Step<?>> steps = new LinkedHashMap<>();
    private final List<Closed> closed = new ArrayList<>();
    private final History history = new History(BEGIN);
    private final Map<String, Integer> faults = new LinkedHashMap<>();
    private int happened;
    private int killed;
    private boolean leaking;

    private Play(World world, boolean keeping, boolean direct) {
        this.world = world;
        this.direct = direct;
        this.keeping = keeping;
        chance = Chance.of(world.seed());
        aws = LocalAws.builder()
                .accountConcurrency(world.concurrentBuilds())
                .time(time)
                .chance(Chance.of(world.seed() + 1))
                .region("eu-west-1")
                .unreachable()
                .start();
        ledger = new Ledger(aws);
        places = new Places(aws);
        workspaces = new Workspaces(aws);
    }

    /** @param keeping whether to keep the history for people to read */
    static Outcome of(World world, boolean keeping) {
        return of(world, keeping, true);
    }

    /** @param direct whether AWS is called without the SDK's clients; it makes no difference but in time */
    static Outcome of(World world, boolean keeping, boolean direct) {
        Play play = new Play(world, keeping, direct);
        try {
            return play.play();
        } finally {
            play.controllers.values().forEach(Controller::close);
            play.workspaces.close();
            play.aws.close();
        }
    }

    private Outcome play() {
        for (Happening one : world.happenings()) {
            time.after(one.at(), () -> happen(one));
        }
        Duration last = world.happenings().isEmpty()
                ? Duration.ZERO
                : world.happenings().get(world.happenings().size() - 1).at();
        Instant end = BEGIN.plus(last).plus(PATIENCE);
        while (!isOver() && time.step(end)) {
            look();
        }
        Instant over = now();
        Controller first = controllers.values().iterator().next();
        Outcome.Extent extent = new Outcome.Extent(first.turns(), first.calls());
        Instant still = over.plus(AFTERGLOW);
        while (time.step(still)) {
            look();
        }
        leaking = controllers.values().stream().anyMatch(it -> !it.isDead() && it.pending() > 0);
        List<String> broken = new Laws(this).broken();
        return new Outcome(
                world,
                broken,
                keeping ? history.with(aws.calls().all()) : List.of(),
                faults,
                steps.size(),
                Duration.between(BEGIN, over),
                aws.calls().total(),
                extent);
    }

    private void look() {
        ledger.look();
        workspaces.look(ledger);
        places.report();
    }

    private boolean isOver() {
        return happened == world.happenings().size() && steps.values().stream().allMatch(Step::isOver);
    }

    private void happen(Happening one) {
        happened++;
        note("", one.toString());
        switch (one.what()) {
            case "project" -> places.project(one);
            case "lateLogs" -> places.lateLogs(one);
            case "group" -> places.group(one);
            case "environment" -> places.environment(one);
            case "stack" -> places.stack(one);
            case "pipeline" -> places.pipeline(one);
            case "capacity" -> {} // AWS has it from the beginning
            case "execute" -> {
                places.execution(one);
                begin(new PipelineStep(one, this, controller(one)));
            }
            case "build" -> {
                places.tests(one);
                begin(new BuildStep(one, this, controller(one)));
            }
            case "batch" -> begin(new BatchStep(one, this, controller(one)));
            case "bucket" -> places.bucket(one);
            case "replace" -> workspaces.replace(one.has("delete"));
            case "scale" -> places.scale(one);
            case "full" -> {
                places.full(true);
                time.after(one.seconds("for"), () -> places.full(false));
            }
            case "sets" -> places.sets(one);
            case "deploySet" -> {
                places.set(one);
                begin(new StackSetStep(one, this, controller(one)));
            }
            case "write" -> workspaces.write(one);
            case "deploy" -> {
                files(one);
                places.bundle(one);
                begin(new DeploymentStep(one, this, controller(one)));
            }
            case "update" -> {
                files(one);
                places.version(one);
                begin(new UpdateStep(one, this, controller(one)));
            }
            case "change" -> change(one);
            case "abort" -> {
                Step<?> step = steps.get(one.number("run"));
                if (step != null && one.has("inCall")) {
                    step.controller().inCall(one.number("inCall"), step::abort);
                } else if (step != null) {
                    atTurn(one, step.controller(), step::abort);
                }
            }
            case "kill" -> kill(one);
            case "weather" -> weather(one);
            case "stranger" -> {
                stranger = stranger == null ? new Stranger(aws, ledger) : stranger;
                stranger.act(one);
            }
            case "dialect" -> places.speak(one.text("service"), one.text("name"));
            case "controller" -> controller(one);
            case "closed" -> closed.add(new Closed(now(), now().plus(one.seconds("for"))));
            default -> throw new IllegalArgumentException("Nothing happens by '" + one + "'");
        }
    }

    private void files(Happening step) {
        if (step.has("upload")) {
            workspaces.open(step);
        }
    }

    private void change(Happening one) {
        places.change(one);
        Object planned = one.has("planned") && steps.containsKey(one.number("planned"))
                ? steps.get(one.number("planned")).result()
                : null;
        if (!one.has("planned") || planned != null) { // else there is nothing that it could execute
            begin(new StackStep(one, this, controller(one), planned));
        }
    }

    private void begin(Step<?> step) {
        steps.put(step.run, step);
        if (!step.controller().isDead()) {
            step.start();
        } else {
            step.crash(false); // it was asked for while its controller was down: begun when that is back
        }
    }

    private Controller controller(Happening one) {
        return controllers.computeIfAbsent(one.text("on", "a"), name -> newController(one.text("ahead", "0")));
    }

    private Controller newController(String ahead) {
        return new Controller(aws, time, chance, Duration.ofSeconds(Long.parseLong(ahead)), direct);
    }

    private void kill(Happening one) {
        String name = one.text("on", "a");
        Controller dying = controllers.get(name);
        if (dying == null || dying.isDead()) {
            return;
        }
        killed++;
        Runnable dies = () -> {
            note("", "controller " + name + " dies");
            steps.values().stream()
                    .filter(step -> step.controller() == dying && !step.isOver())
                    .forEach(step -> step.crash(one.has("lastWriteLost")));
            time.after(one.seconds("back"), () -> restart(name, dying));
        };
        if (one.has("inCall")) {
            dying.killDuringCall(one.number("inCall"), one.text("call", null), dies);
        } else {
            atTurn(one, dying, () -> {
                dying.kill();
                dies.run();
            });
        }
    }

    /** Before a turn of a controller that it names, or at once. */
    private static void atTurn(Happening one, Controller controller, Runnable what) {
        if (one.has("turn")) {
            controller.beforeTurn(one.number("turn"), what);
        } else {
            what.run();
        }
    }

    private void restart(String name, Controller dead) {
        note("", "controller " + name + " is back");
        dead.close();
        Controller anew = newController("0");
        controllers.put(name, anew);
        steps.values().stream()
                .filter(step -> step.controller() == dead && !step.isOver())
                .toList()
                .forEach(step -> step.resume(anew));
    }

    private void weather(Happening one) {
        Faults.On on = aws.faults().on(one.text("call"));
        Fault fault =
                switch (one.text("kind")) {
                    case "throttle" -> on.throttle();
                    case "error" -> on.error(one.number("status", 503));
                    case "cut" -> on.cutConnection();
                    case "expired" -> on.expiredToken();
                    case "stale" -> on.stale(one.seconds("by"));
                    case "denied" -> on.accessDenied();
                    default -> throw new IllegalArgumentException("No such weather: " + one);
                };
        fault.probability(one.fraction("probability", 1));
        if (one.has("after")) {
            fault.afterExecution();
        }
        time.after(one.seconds("for"), () -> {
            aws.faults().lift(fault);
            faults.merge(one.text("kind") + (one.has("after") ? " after" : ""), (int) fault.hits(), Integer::sum);
        });
    }

    /** What the stage's guards say at this moment, by the clock of the step's controller. */
    Gate gate(Step<?> step) {
        return (application, target, revision) -> {
            if (isClosed(now())) {
                throw new Refused("The stage is closed");
            }
        };
    }

    /** Whether AWS takes every call within minutes before and after. */
    boolean isCalmAround(Instant at) {
        return world.isCalm(
                Duration.between(BEGIN, at).minus(Controller.STILL_FELT),
                Duration.between(BEGIN, at).plus(Controller.STILL_FELT));
    }

    boolean isClosed(Instant at) {
        return closed.stream().anyMatch(it -> !at.isBefore(it.from()) && at.isBefore(it.until()));
    }

    void note(Step<?> step, String what) {
        note(step.toString() + ": ", what);
    }

    private void note(String who, String what) {
        if (keeping) {
            history.add(now(), who + what);
        }
    }

    Instant now() {
        return time.now();
    }

    Chance chance() {
        return chance;
    }

    Workspaces workspaces() {
        return workspaces;
    }

    Ledger ledger() {
        return ledger;
    }

    World world() {
        return world;
    }

    List<Step<?>> steps() {
        return List.copyOf(steps.values());
    }

    /** How many controllers were killed. */
    int killed() {
        return killed;
    }

    /** Whether something still waits for its time long after all steps are over. */
    boolean isLeaking() {
        return leaking;
    }
}
