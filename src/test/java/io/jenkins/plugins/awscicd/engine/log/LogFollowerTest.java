package io.jenkins.plugins.awscicd.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.localaws.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LogFollowerTest {

    private static final LogLocation WHERE = new LogLocation("/aws/codebuild/web", "0123");
    private static final String READ = "Logs.GetLogEvents";

    @AutoClose
    private final Bench bench = Bench.stepped();

    /** Keeps what is read, and where a later reader would go on. */
    private static final class Reader implements LogSink {
        final List<String> messages = new ArrayList<>();
        final List<String> tokens = new ArrayList<>();
        final List<Integer> pages = new ArrayList<>();
        final List<AwsCallException> troubles = new ArrayList<>();
        int again;
        int readable;

        @Override
        public void unreadable(AwsCallException why) {
            troubles.add(why);
        }

        @Override
        public void readable() {
            readable++;
        }

        @Override
        public void page(List<String> page, String next) {
            assertFalse(page.isEmpty(), "An empty page is nothing to tell");
            messages.addAll(page);
            pages.add(page.size());
            tokens.add(next);
        }

        @Override
        public void again() {
            again++;
        }

        String token() {
            return tokens.get(tokens.size() - 1);
        }
    }

    private final Reader reader = new Reader();

    private LogFollower follower(String token, LogSink sink) {
        return new LogFollower(bench.session(), bench.scheduler(), WHERE, token, sink);
    }

    private LogFollower follow() {
        LogFollower follower = follower(null, reader);
        follower.follow();
        bench.advance(Duration.ZERO);
        return follower;
    }

    /** Numbered lines. */
    private static String[] lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i + "\n").toArray(String[]::new);
    }

    private void write(int from, int to) {
        bench.aws().logs().append(WHERE.group(), WHERE.stream(), bench.now(), lines(from, to));
    }

    private CompletableFuture<Void> drained(LogFollower follower) {
        CompletableFuture<Void> end = follower.drain(Duration.ofSeconds(5), () -> false);
        bench.advanceUntil(end::isDone, Duration.ofMinutes(5));
        return end;
    }

    private void assertRead(int lines) {
        assertEquals(List.of(lines(0, lines)), reader.messages);
    }

    @Test
    void aHundredThousandLinesArriveCompleteAndInOrder() {
        LogFollower follower = follow();
        for (int part = 0; part < 100; part++) {
            write(part * 1000, (part + 1) * 1000);
            bench.advance(Duration.ofMillis(600));
        }
        drained(follower).join();
        assertRead(100_000);
    }

    @Test
    void emptyPagesAreNotTheEnd() {
        bench.aws().logs().emptyPages(3);
        write(0, 25_000);
        LogFollower follower = follow();
        bench.advance(5);
        write(25_000, 30_000);
        drained(follower).join();
        assertRead(30_000);
    }

    @Test
    void tenThousandEventsAtOneMomentAreAllTold() {
        LogFollower follower = follow();
        write(0, 3);
        bench.advance(3);
        Instant moment = bench.now();
        for (int part = 0; part < 10; part++) { // written while it is being read, all with one timestamp
            bench.aws()
                    .logs()
                    .append(WHERE.group(), WHERE.stream(), moment, lines(3 + part * 1000, 1003 + part * 1000));
            bench.advance(Duration.ofMillis(700));
        }
        drained(follower).join();
        assertRead(10_003);
    }

    @Test
    void aBurstAtTheEndIsReadToItsEnd() {
        LogFollower follower = follow();
        write(0, 10);
        bench.advance(30);
        write(10, 30_000);
        drained(follower).join();
        assertRead(30_000);
    }

    @Test
    void longLinesAreNotCut() {
        String line = "x".repeat(250_000) + "\n";
        for (int i = 0; i < 10; i++) { // more than a page may have
            bench.aws().logs().append(WHERE.group(), WHERE.stream(), bench.now(), line);
        }
        drained(follow()).join();
        assertEquals(10, reader.messages.size());
        assertTrue(reader.messages.stream().allMatch(line::equals));
        assertTrue(reader.pages.size() > 1);
    }

    @Test
    void linesThatBecomeReadableOnlyAfterTheEndAreWaitedFor() {
        bench.aws().logs().ingestionDelay(Duration.ofSeconds(4));
        LogFollower follower = follow();
        write(0, 10);
        bench.advance(20);
        write(10, 500);
        drained(follower).join();
        assertRead(500);
    }

    @Test
    void nothingIsWaitedForOnceTheLastLineIsThere() {
        write(0, 10);
        LogFollower follower = follow();
        bench.advance(1);
        write(10, 20);
        Instant begin = bench.now();
        CompletableFuture<Void> end =
                follower.drain(Duration.ofMinutes(1), () -> reader.messages.contains("line 19\n"));
        bench.advanceUntil(end::isDone, Duration.ofSeconds(2));
        assertRead(20);
        assertTrue(Duration.between(begin, bench.now()).compareTo(Duration.ofSeconds(1)) < 0);

        bench.aws().calls().reset();
        assertTrue(follower.drain(Duration.ofMinutes(1), () -> true).isDone());
        bench.advance(60);
        assertEquals(0, bench.aws().calls().total());
    }

    @Test
    void aLaterReaderGoesOnWhereTheFirstOneStopped() {
        Random random = new Random(7);
        int written = 0;
        String token = null;
        for (int life = 0; life < 12; life++) {
            LogFollower follower = follower(token, reader);
            follower.follow();
            for (int i = 0; i < 4; i++) {
                int more = random.nextInt(4000);
                write(written, written + more);
                written += more;
                bench.advance(Duration.ofMillis(random.nextInt(4000)));
            }
            follower.close();
            bench.advance(1);
            token = reader.tokens.isEmpty() ? null : reader.token();
        }
        drained(follower(token, reader)).join();
        assertRead(written);
    }

    @Test
    void aCrashBetweenPrintingAndMarkingRepeatsOnePageAtTheMost() {
        write(0, 35_000); // four pages
        String[] mark = new String[1];
        LogFollower crashing = follower(null, new LogSink() {
            @Override
            public void page(List<String> messages, String next) {
                reader.page(messages, next);
                if (reader.pages.size() == 2) {
                    throw new IllegalStateException("The controller is killed here");
                }
                mark[0] = next;
            }
        });
        crashing.follow();
        bench.advance(60);
        int before = reader.messages.size();
        Reader second = new Reader();
        drained(follower(mark[0], second)).join();

        assertEquals(before + second.messages.size(), 35_000 + reader.pages.get(1));
        assertEquals(List.of(lines(before - reader.pages.get(1), 35_000)), second.messages);
    }

    @Test
    void aSinkThatFailsIsTheEndAndIsHeardOf() {
        write(0, 10);
        IllegalStateException broken = new IllegalStateException("The console is closed");
        LogFollower follower = follower(null, (messages, next) -> {
            throw broken;
        });
        follower.follow();
        bench.advance(10);
        CompletableFuture<Void> end = follower.drain(Duration.ofSeconds(5), () -> false);
        assertSame(broken, assertThrows(CompletionException.class, end::join).getCause());
    }

    @Test
    void aTokenThatAwsNoLongerTakesMeansToReadFromTheHeadAgain() {
        write(0, 100);
        LogFollower follower = follower("f/a token of the day before yesterday", reader);
        follower.follow();
        bench.advance(2);
        assertEquals(1, reader.again);
        write(100, 200);
        drained(follower).join();
        assertRead(200);
        assertEquals(1, reader.again);
    }

    @Test
    void aStreamThatIsNotThereYetIsWaitedFor() {
        LogFollower follower = follow();
        bench.advance(60);
        write(0, 10);
        bench.advance(3);
        assertRead(10);
        drained(follower).join();
    }

    @Test
    void aStreamThatNeverComesIsAnEmptyLog() {
        LogFollower follower = follow();
        bench.advance(60);
        Instant begin = bench.now();
        drained(follower).join();
        assertRead(0);
        assertTrue(Duration.between(begin, bench.now()).compareTo(Duration.ofSeconds(8)) < 0);
    }

    @Test
    void aLogThatMayNotBeReadIsGivenUpAtOnce() {
        write(0, 10);
        bench.aws().faults().on(READ).accessDenied();
        LogFollower follower = follow();
        bench.advance(60);
        assertEquals(1, bench.aws().calls().count(READ));
        AwsCallException why = (AwsCallException)
                assertThrows(CompletionException.class, drained(follower)::join).getCause();
        assertEquals(AwsFault.DENIED, why.fault());
        assertTrue(
                why.getMessage().startsWith("logs:GetLogEvents failed for /aws/codebuild/web / 0123: "),
                why.getMessage());
    }

    @Test
    void aLogThatCannotBeReadForLongIsSaidOnceAndReadOnWhenAwsAnswers() {
        LogFollower follower = follow();
        write(0, 10);
        bench.advance(10);
        Fault outage = bench.aws().faults().on(READ).error(503);
        write(10, 5000);
        bench.advance(Duration.ofMinutes(2));
        assertEquals(1, reader.troubles.size());
        assertEquals(AwsFault.TRANSIENT, reader.troubles.get(0).fault());
        assertFalse(follower.isReading(), "What waits for the log would wait for long");
        bench.advance(Duration.ofMinutes(45));
        assertEquals(1, reader.troubles.size());
        assertEquals(0, reader.readable);

        outage.times(0);
        bench.advance(Duration.ofMinutes(1));
        assertEquals(1, reader.readable);
        assertTrue(follower.isReading());
        assertRead(5000);
        write(5000, 6000);
        drained(follower).join();
        assertRead(6000);
    }

    @Test
    void aLogThatCannotBeReadAtTheEndIsReadWhenAwsAnswers() {
        LogFollower follower = follow();
        write(0, 10);
        bench.advance(10);
        Fault outage = bench.aws().faults().on(READ).cutConnection();
        write(10, 5000);
        bench.advance(Duration.ofMinutes(20));
        CompletableFuture<Void> end = follower.drain(Duration.ofSeconds(5), () -> false);
        bench.advance(Duration.ofMinutes(8));
        assertFalse(end.isDone());
        outage.times(0);
        bench.advanceUntil(end::isDone, Duration.ofMinutes(2));
        end.join();
        assertRead(5000);
    }

    @Test
    void aLogThatIsNotReadableForLongAfterTheEndIsGivenUp() {
        LogFollower follower = follow();
        bench.aws().faults().on(READ).error(500);
        bench.advance(Duration.ofMinutes(20));
        CompletableFuture<Void> end = follower.drain(Duration.ofSeconds(5), () -> false);
        bench.advanceUntil(end::isDone, Duration.ofMinutes(12));
        AwsCallException why = (AwsCallException)
                assertThrows(CompletionException.class, end::join).getCause();
        assertEquals(AwsFault.TRANSIENT, why.fault());
    }

    @Test
    void aLogThatIsAllowedToBeReadLaterIsReadToItsEnd() {
        write(0, 10);
        Fault denied = bench.aws().faults().on(READ).accessDenied();
        LogFollower follower = follow();
        assertEquals(AwsFault.DENIED, reader.troubles.get(0).fault());
        bench.advance(Duration.ofMinutes(2));
        denied.times(0);
        bench.advance(Duration.ofMinutes(5));
        write(10, 20);
        drained(follower).join();
        assertRead(20);
        assertEquals(1, reader.readable);
    }

    @Test
    void failuresOfAwsLoseAndRepeatNothing() {
        Fault fault = bench.aws().faults().on(READ).error(503).probability(0.3);
        Fault cut =
                bench.aws().faults().on(READ).cutConnection().afterExecution().probability(0.2);
        Fault busy = bench.aws().faults().on(READ).throttle().probability(0.2);
        LogFollower follower = follow();
        for (int part = 0; part < 20; part++) {
            write(part * 700, (part + 1) * 700);
            bench.advance(3);
        }
        drained(follower).join();
        assertRead(14_000);
        assertTrue(fault.hits() + cut.hits() + busy.hits() > 0);
    }

    @Test
    void aQuietLogIsAskedForSeldom() {
        write(0, 10);
        follow();
        bench.advance(60);
        bench.aws().calls().reset();
        bench.advance(600);
        assertTrue(bench.aws().calls().count(READ) <= 61, bench.aws().calls().count(READ) + " calls in 10 minutes");
    }

    @Test
    void aFollowerThatIsClosedReadsNoMore() {
        LogFollower follower = follow();
        bench.advance(2);
        follower.close();
        write(0, 10);
        bench.advance(60);
        assertRead(0);
    }

    @Test
    void manyFollowersShareTheAccountsCallsAndThoseOfEndedJobsComeFirst() {
        int followers = 300;
        List<Reader> readers = new ArrayList<>();
        List<LogFollower> all = new ArrayList<>();
        for (int i = 0; i < followers; i++) {
            LogLocation where = new LogLocation("/aws/codebuild/web", "stream " + i);
            bench.aws().logs().append(where.group(), where.stream(), bench.now(), "first");
            Reader one = new Reader();
            readers.add(one);
            LogFollower follower = new LogFollower(bench.session(), bench.scheduler(), where, null, one);
            all.add(follower);
            follower.follow();
        }
        bench.advance(60);
        assertTrue(readers.stream().allMatch(one -> one.messages.size() == 1));
        bench.aws().calls().reset();
        bench.advance(60);
        long calls = bench.aws().calls().count(READ);
        assertTrue(calls >= 1250 && calls <= 1501, calls + " calls in a minute");

        bench.aws().logs().append("/aws/codebuild/web", "stream 7", bench.now(), "last");
        Instant begin = bench.now();
        CompletableFuture<Void> end = all.get(7)
                .drain(Duration.ofSeconds(5), () -> readers.get(7).messages.contains("last"));
        bench.advanceUntil(end::isDone, Duration.ofMinutes(1));
        Duration took = Duration.between(begin, bench.now());
        System.out.println(
                "A log drained in " + took.toMillis() / 1000.0 + " s beside " + followers + " that are followed");
        assertTrue(took.compareTo(Duration.ofSeconds(2)) <= 0, "It took " + took);
    }
}
