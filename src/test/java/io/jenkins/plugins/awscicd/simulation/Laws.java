package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must hold in every world. Each law is held against what AWS knows itself. */
final class Laws {

    private static final Duration LONGEST_IN_QUEUE = Duration.ofHours(8);

    private static final int CALLS_PER_STEP = 150;
    /** Of those that are at work at the same time, each may be looked at, with its events and its log, every few seconds. */
    private static final int CALLS_PER_MINUTE = 30;

    /** For so long it is tried to give up an upload. */
    private static final Duration UPLOADS_GIVEN_UP = Duration.ofSeconds(150);

    private static final Pattern BEHIND = Pattern.compile("Waiting behind web #(\\d+),.*");

    private final Play play;
    private final Ledger ledger;
    private final List<String> broken = new ArrayList<>();

    Laws(Play play) {
        this.play = play;
        this.ledger = play.ledger();
    }

    /** The laws that do not hold, a sentence each; the first word is the law. */
    List<String> broken() {
        for (Step<?> step : play.steps()) {
            ends(step);
            cause(step);
            once(step);
            tries(step);
            truth(step);
            content(step);
            step.wrong(ledger).forEach(how -> breaks("tests", step, how));
            guards(step);
            abort(step);
            log(step);
            told(step);
            newestWins(step);
            left(step);
            account(step);
            behind(step);
            room(step);
        }
        order();
        calls();
        uploads();
        if (play.isLeaking()) {
            broken.add("leak: something still waits for its time after all steps are over");
        }
        return broken;
    }

    private void breaks(String law, Step<?> step, String how) {
        broken.add(law + ": " + step + " " + how + " (" + step.why() + ")");
    }

    /** Every step ends, and once. */
    private void ends(Step<?> step) {
        if (!step.isOver()) {
            breaks("end", step, "never ends");
        } else if (step.ends() != 1) {
            breaks("end", step, "ends " + step.ends() + " times");
        }
    }

    /** A step never fails for what is wrong with us. */
    private void cause(Step<?> step) {
        Throwable failure = step.failure();
        if (failure instanceof Error
                || failure instanceof NullPointerException
                || failure instanceof ClassCastException
                || failure instanceof IndexOutOfBoundsException) {
            breaks("cause", step, "fails for a fault of ours");
        }
    }

    /** What was asked for once exists at most once, and exists if the step says that it ran. */
    private void once(Step<?> step) {
        int count = step.begun(ledger).size();
        if (count > 1 && !step.mayBeTwice()) {
            breaks("once", step, "was started " + count + " times");
        } else if (count == 0 && step.succeeded() && step.mustBegin()) {
            breaks("once", step, "was never started");
        }
        int tooOften = step.timesTooOften(ledger);
        if (tooOften > 0) {
            breaks("once", step, "was tried again " + tooOften + " times more than was asked for");
        }
    }

    /** A failed build is tried again as often as was asked for at the most, and each time once. */
    private void tries(Step<?> step) {
        if (!(step instanceof BuildStep build)) {
            return;
        }
        Map<Integer, Long> tries = ledger.builds(step.run).stream()
                .collect(Collectors.groupingBy(Build::attempt, TreeMap::new, Collectors.counting()));
        tries.forEach((attempt, count) -> {
            if (attempt > 0 && count > 1 || attempt > build.retries()) {
                breaks(
                        "once",
                        step,
                        "was tried " + count + " times for try " + (attempt + 1) + " of " + (build.retries() + 1));
            }
        });
    }

    /** A success is one in AWS, and so is a failure. */
    private void truth(Step<?> step) {
        if (!step.succeeded() && !step.failed()) {
            return;
        }
        boolean good = step.succeeded();
        if (!good && (step.why().contains("but the environment is") || isUnknown(step))) {
            return; // in bad health, which is for the step to judge; or not to be seen
        }
        if (good != step.isThere(ledger)) {
            breaks("truth", step, good ? "is no success in AWS" : "is a success in AWS");
        }
    }

    /** Whether AWS does not let the step see what became of it, and the step says so. */
    private boolean isUnknown(Step<?> step) {
        boolean told =
                step.why().contains("it is unknown whether") || step.why().contains("is not authorized to perform");
        return told && play.world().isDenied() || step.isDenied() || step.isUnanswered();
    }

    /** What is deployed lay in the workspace, as a whole, while the step was at it. */
    private void content(Step<?> step) {
        List<String> foreign = play.workspaces().foreign(step.run);
        if (!foreign.isEmpty()) {
            breaks("truth", step, "has AWS deploy by " + foreign + " what never lay in its workspace");
        }
        if (step.why().contains("could not be uploaded")
                && play.world().stormy("S3.UploadPart").isZero()) {
            breaks("cause", step, "cannot upload though S3 takes all");
        }
    }

    /** No upload to S3 stays open, unless nobody has heard of it, or could have ended it. */
    private void uploads() {
        int open = play.workspaces().openUploads();
        long unheard = open == 0
                ? 0
                : ledger.aws().calls().of("S3.CreateMultipartUpload").stream()
                        .filter(call -> !call.ok())
                        .count();
        if (open > unheard
                && play.killed() == 0
                && !play.world().isDenied()
                && play.world().stormy("S3.AbortMultipartUpload").compareTo(UPLOADS_GIVEN_UP) < 0) {
            broken.add("left: " + open + " uploads to S3 were neither completed nor given up");
        }
    }

    /** Nothing is begun that the guards refuse at that moment. */
    private void guards(Step<?> step) {
        if (step.isGuarded()
                && !step.mayBeAskedAgain(ledger)
                && step.begun(ledger).stream().anyMatch(play::isClosed)) {
            breaks("guards", step, "was begun while the stage was closed");
        }
    }

    /** An abort leaves nothing running in AWS that was the step's, if AWS lets it be stopped, and has that soon. */
    private void abort(Step<?> step) {
        boolean atOnce = isBuild(step) || step instanceof DeploymentStep;
        if (atOnce && play.killed() == 0 && step.stoppedAt() != null && step.stopsOnAbort()) {
            if (play.isCalmAround(step.stoppedAt())
                    && step.runsAt(ledger, step.stoppedAt().plus(Duration.ofMinutes(5)))) {
                breaks("abort", step, "still runs in AWS five minutes after it was aborted");
            }
        }
        if (step.aborted()
                && step.stopsOnAbort()
                && !step.mayBeForgotten()
                && !play.world().isDenied()) {
            Instant end = step.endedAt().plus(Duration.ofMinutes(1));
            if (step.runsAt(ledger, end)) {
                breaks("abort", step, "still runs in AWS a minute after it has ended");
            }
        }
    }

    /** Nothing is left of what was made on the way only, but what the step was to leave as it is. */
    private void left(Step<?> step) {
        List<String> left = step.left(ledger);
        boolean mayBePutAway = !play.world().isDenied()
                && (play.world().isCalm() || !step.controller().diedSoonAfter(step.endedAt()));
        if (!left.isEmpty() && mayBePutAway && (step.stoppedAt() == null || step.stopsOnAbort())) {
            breaks("left", step, "leaves " + left);
        }
    }

    private static boolean isBuild(Step<?> step) {
        return step instanceof BuildStep || step instanceof BatchStep;
    }

    /** What a step does is done in its account. */
    private void account(Step<?> step) {
        Set<String> accounts = ledger.accounts(step.run);
        if (!Set.of(Places.account(step.asked)).containsAll(accounts)) {
            breaks("account", step, "is for account " + Places.account(step.asked) + " and has come to " + accounts);
        }
    }

    /** A step waits for room for as long as builds wait in AWS's own queue, if it is not told otherwise. */
    private void room(Step<?> step) {
        if (step.why().contains("builds in queue for the account")
                && step.endedAt().isBefore(step.began.plus(LONGEST_IN_QUEUE))) {
            breaks("room", step, "does not wait for room");
        }
    }

    /** A step waits only behind one that comes to the same place. */
    private void behind(Step<?> step) {
        for (String line : step.lines()) {
            Matcher waits = BEHIND.matcher(line);
            if (waits.matches()) {
                int other = Integer.parseInt(waits.group(1));
                boolean there = play.steps().stream()
                        .anyMatch(one -> one.run == other && Objects.equals(one.waitsAt(), step.waitsAt()));
                if (!there) {
                    breaks("behind", step, "waits for another place: " + line);
                }
            }
        }
    }

    /** Each line of the log comes once and in order, if nobody has killed the controller meanwhile. */
    private void log(Step<?> step) {
        // A build of a batch that may not be looked at is not followed any further.
        boolean unseen = step instanceof BatchStep batch && (play.world().isDenied() || batch.isFirstTriedAgain());
        // Who aborts it once it has ended waits for no more of its log.
        boolean leftEarly = step.stoppedAt() != null && step.stoppedAt().equals(step.endedAt());
        if (!isBuild(step) || !step.succeeded() || play.killed() > 0 || unseen || leftEarly) {
            return;
        }
        List<String> lines = step.log().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("line "))
                .toList();
        int wanted = step.asked.number("lines", 0);
        for (int i = 0; i < Math.max(wanted, lines.size()); i++) {
            String line = "line %06d".formatted(i + 1);
            if (i >= lines.size() || i >= wanted || !lines.get(i).equals(line)) {
                breaks(
                        "log",
                        step,
                        "has " + lines.size() + " lines of " + wanted + ", and not '" + line + "' as number "
                                + (i + 1));
                return;
            }
        }
    }

    /** What AWS tells of a job is told once, if nobody has killed the controller meanwhile. */
    private void told(Step<?> step) {
        if (play.killed() == 0) {
            List<String> events = step.events(ledger);
            for (String event : Set.copyOf(events)) {
                int most = Collections.frequency(events, event);
                long lines = step.lines().stream()
                        .filter(line -> line.replaceFirst("^[A-Z]+  ", "").equals(event))
                        .count();
                if (lines > most) {
                    breaks("told", step, "says " + lines + " times what AWS has told " + most + " times: " + event);
                }
            }
        }
    }

    /** In a queue the older goes before the newer, unless one of them was killed in between. */
    private void order() {
        if (play.killed() > 0) {
            return;
        }
        List<Step<?>> all = play.steps();
        for (Step<?> older : all) {
            for (Step<?> newer : all) {
                if (inOneQueue(older, newer) && older.order() < newer.order()) {
                    inOrder(older, newer);
                }
            }
        }
    }

    private static boolean inOneQueue(Step<?> one, Step<?> other) {
        return one != other
                && one.place() != null
                && one.place().equals(other.place())
                && one.controller() == other.controller();
    }

    private void inOrder(Step<?> older, Step<?> newer) {
        List<Instant> first = older.begun(ledger);
        List<Instant> second = newer.begun(ledger);
        if (second.isEmpty()) {
            return;
        }
        Instant newerAt = second.get(0);
        // It was in the queue for long enough to have its place there, trouble with AWS included.
        Duration joined = Duration.ofMinutes(play.world().isCalm() ? 1 : 12);
        boolean waited = older.began.plus(older.longestUpload()).plus(joined).isBefore(newerAt)
                && (older.endedAt() == null || older.endedAt().isAfter(newerAt))
                && older.stoppedAt() == null
                && !older.foundTurnOf(newer);
        if (waited && (first.isEmpty() || first.get(0).isAfter(newerAt))) {
            breaks("order", newer, "was deployed before " + older + ", which is older and waited");
        }
    }

    /** AWS is not called without end: so often for each job of a step, and so often for each minute that the step takes. */
    private void calls() {
        long most = 0;
        for (Step<?> step : play.steps()) {
            if (!step.isOver()) {
                return; // which is another law's matter
            }
            most += step.jobs()
                    * (CALLS_PER_STEP
                            + CALLS_PER_MINUTE
                                    * (1
                                            + Duration.between(step.began, step.endedAt())
                                                    .toMinutes()));
        }
        long calls = ledger.aws().calls().total();
        if (calls > most) {
            broken.add("calls: AWS was called " + calls + " times, and not at most " + most);
        }
    }

    /** A deployment that lets newer ones win is not created after one. */
    private void newestWins(Step<?> older) {
        if (!older.asked.text("whenBusy", "wait").equals("newestWins") || !(older instanceof DeploymentStep)) {
            return;
        }
        for (Step<?> newer : play.steps()) {
            if (Objects.equals(newer.place(), older.place()) && newer.order() > older.order()) {
                newer.begun(ledger).stream()
                        .filter(at -> older.begun(ledger).stream().anyMatch(at::isBefore))
                        .findFirst()
                        .ifPresent(at -> breaks("newestWins", older, "was deployed after " + newer));
            }
        }
    }
}
