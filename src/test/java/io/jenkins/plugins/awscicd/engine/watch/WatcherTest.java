package io.jenkins.plugins.awscicd.engine.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Identity;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.Fault;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatcherTest {

    private static final String POLL = "CodeBuild.BatchGetBuilds";

    @AutoClose
    private final Bench bench = Bench.stepped(it -> it.accountConcurrency(1000));

    private final BareBuilds service = new BareBuilds();

    /** One job, and when its observer heard of what. */
    private final class Job implements Observer<BareBuilds.Seen> {
        final AwsSession session;
        final String id;
        final List<String> stages = new ArrayList<>();
        final List<Instant> heard = new ArrayList<>();
        final Map<AwsFault, Integer> retries = new HashMap<>();
        Instant end;
        Instant lostAt;
        AwsCallException lost;
        Watcher.Handle handle;

        Job(AwsSession session, String id) {
            this.session = session;
            this.id = id;
        }

        Job watch() {
            handle = bench.watcher().watch(session, service, id, this);
            return this;
        }

        @Override
        public void observed(BareBuilds.Seen snapshot) {
            assertFalse(isOver(), "Told after the end");
            stages.add(snapshot.stage());
            heard.add(bench.now());
            if (snapshot.ended()) {
                end = bench.now();
            }
        }

        @Override
        public void lost(AwsCallException why) {
            assertFalse(isOver(), "Told after the end");
            lost = why;
            lostAt = bench.now();
        }

        @Override
        public void onRetry(AwsFault fault, Throwable failure) {
            retries.merge(fault, 1, Integer::sum);
        }

        boolean isOver() {
            return end != null || lost != null;
        }

        Duration delay() {
            Build build = bench.aws()
                    .codeBuild(new Place("123456789012", session.region().id()))
                    .build(id);
            return Duration.between(build.endTime(), end);
        }
    }

    private Job start(AwsSession session) {
        return new Job(
                        session,
                        BareBuilds.client(session)
                                .startBuild(it -> it.projectName("web"))
                                .build()
                                .id())
                .watch();
    }

    private long polls() {
        return bench.aws().calls().count(POLL);
    }

    private List<Duration> pauses() {
        List<Call> calls = bench.aws().calls().of(POLL);
        List<Duration> pauses = new ArrayList<>();
        for (int i = 1; i < calls.size(); i++) {
            pauses.add(Duration.between(calls.get(i - 1).time(), calls.get(i).time()));
        }
        return pauses;
    }

    private static boolean within(Duration pause, double least, double most) {
        return pause.toMillis() >= least * 1000 && pause.toMillis() <= most * 1000;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 250, 300})
    void jobsAreWatchedInFewCallsAndTheirEndsNoticedSoon(int count) {
        bench.simulatedProject("web");
        // Started at the pace of the lane, as steps do.
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(start(bench.session()));
            bench.advance(Duration.ofMillis(100));
        }
        bench.advanceUntil(() -> jobs.stream().allMatch(Job::isOver), Duration.ofMinutes(3));

        double perJob = (polls() + count) / (double) count;
        List<Duration> delays = jobs.stream().map(Job::delay).sorted().toList();
        System.out.printf(
                "%d jobs of 60 s: %d polls, %.2f calls per job, largest batch %d, delay of the end median %.1f s, longest %.1f s%n",
                count,
                polls(),
                perJob,
                service.batches.stream().max(Integer::compare).orElseThrow(),
                delays.get(count / 2).toMillis() / 1000.0,
                delays.get(count - 1).toMillis() / 1000.0);
        assertTrue(service.batches.stream().allMatch(size -> size <= 100));
        assertTrue(delays.get(count - 1).compareTo(Duration.ofSeconds(6)) <= 0, "Delay: " + delays.get(count - 1));
        assertTrue(delays.get(count / 2).compareTo(Duration.ofSeconds(3)) <= 0, "Median: " + delays.get(count / 2));
        if (count >= 100) {
            assertTrue(perJob <= (count >= 300 ? 1.2 : 1.3), perJob + " calls per job");
        }
        assertTrue(jobs.stream().allMatch(job -> job.lost == null && job.stages.contains("BUILD")));
        assertEquals(0, bench.watcher().size());
        bench.aws().calls().reset();
        bench.advance(60);
        assertEquals(0, bench.aws().calls().total(), "Polls on with nothing to watch");
    }

    @Test
    void looksOftenWhenThingsHappenAndSeldomInALongPhase() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 300));
        Job job = start(bench.session());
        bench.advanceUntil(job::isOver, Duration.ofMinutes(6));

        List<Duration> pauses = pauses();
        assertTrue(within(pauses.get(0), 1.7, 2.3), "First: " + pauses);
        assertTrue(
                pauses.subList(pauses.size() - 20, pauses.size() - 1).stream().allMatch(it -> within(it, 4.4, 5.6)));
        assertTrue(pauses.stream().distinct().count() > 10, "No jitter: " + pauses);
        assertEquals(List.of("QUEUED", "PROVISIONING", "BUILD", "COMPLETED"), job.stages);
    }

    @Test
    void aJobInAHurryIsLookedAtAtOnceAndOften() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 300));
        Job job = start(bench.session());
        bench.advance(120);
        bench.aws().calls().reset();
        job.handle.expedite();
        bench.advance(Duration.ZERO);
        assertEquals(1, polls());
        bench.advance(60);
        assertTrue(pauses().stream().allMatch(it -> within(it, 0.8, 1.2)), pauses().toString());
    }

    @Test
    void aHurryEnds() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 900));
        Job job = start(bench.session());
        bench.advance(120);
        job.handle.expedite();
        bench.advance(180);
        bench.aws().calls().reset();
        bench.advance(60);
        assertTrue(pauses().stream().allMatch(it -> within(it, 4.4, 5.6)), pauses().toString());
    }

    @Test
    void aJobThatIsNotVisibleYetIsWaitedFor() {
        bench.simulatedProject("web");
        Fault unseen = bench.aws().faults().on(POLL).notYetVisible();
        Job job = start(bench.session());
        bench.advance(45);
        assertEquals(List.of(), job.stages);
        assertFalse(job.isOver());
        unseen.times(0);
        bench.advanceUntil(() -> job.end != null, Duration.ofMinutes(2));
        assertEquals(0, job.retries.size());
    }

    @Test
    void aJobThatVanishesForAMomentIsNotLost() {
        bench.simulatedProject("web");
        Job job = start(bench.session());
        bench.advance(20);
        bench.aws().faults().on(POLL).notYetVisible().times(3);
        bench.advanceUntil(() -> job.end != null, Duration.ofMinutes(2));
    }

    @Test
    void aJobThatNobodyKnowsIsLostAfterItsGrace() {
        bench.simulatedProject("web");
        Job known = start(bench.session());
        Instant begin = bench.now();
        Job unknown = new Job(bench.session(), "web:00000000-0000-0000-0000-000000000000").watch();
        bench.advanceUntil(() -> unknown.lost != null, Duration.ofMinutes(2));

        assertTrue(
                within(Duration.between(begin, unknown.lostAt), 60, 66),
                "Lost after " + Duration.between(begin, unknown.lostAt));
        assertEquals(
                "codebuild:BatchGetBuilds failed for web:00000000-0000-0000-0000-000000000000 in eu-west-1: "
                        + "AWS no longer knows it, or never did.",
                unknown.lost.getMessage());
        bench.advanceUntil(() -> known.end != null, Duration.ofMinutes(2));
    }

    @Test
    void timeInWhichAwsCouldNotBeAskedIsNoTimeOfMissing() {
        bench.simulatedProject("web");
        Job job = start(bench.session());
        bench.advance(20);
        Fault outage = bench.aws().faults().on(POLL).error(500);
        bench.advance(180);
        outage.times(0);
        bench.aws().faults().on(POLL).notYetVisible().times(2);
        bench.advanceUntil(() -> job.end != null, Duration.ofMinutes(2));
    }

    @Test
    void accountsAndRegionsArePolledApart() {
        bench.simulatedProject("web");
        bench.aws().codeBuild(new Place("123456789012", "us-east-1")).project(ProjectSpec.simulated("web"));
        AwsSession alice = bench.session(Bench.ALICE, "eu-west-1");
        AwsSession bob = bench.session(Bench.BOB, "eu-west-1");
        AwsSession far = bench.session(Bench.ALICE, "us-east-1");
        List<Job> jobs = List.of(start(alice), start(alice), start(bob), start(far));
        bench.advance(Duration.ofMillis(500));

        List<Call> calls = bench.aws().calls().of(POLL);
        assertEquals(3, calls.size(), calls.toString());
        assertEquals(
                List.of(
                        "AKIAALICE00000000000 eu-west-1",
                        "AKIAALICE00000000000 us-east-1",
                        "AKIABOB0000000000000 eu-west-1"),
                calls.stream()
                        .map(call -> call.accessKeyId() + " " + call.region())
                        .sorted()
                        .toList());
        bench.advanceUntil(() -> jobs.stream().allMatch(Job::isOver), Duration.ofMinutes(2));
        assertTrue(jobs.stream().allMatch(job -> job.lost == null));
    }

    @Test
    void anAccountThatIsDownHoldsNoOtherUp() {
        bench.simulatedProject("web");
        bench.aws().codeBuild(new Place("123456789012", "us-east-1")).project(ProjectSpec.simulated("web"));
        Job near = start(bench.session());
        Job unknown =
                new Job(bench.session(Bench.BOB, "us-east-1"), "web:00000000-0000-0000-0000-000000000000").watch();
        bench.advanceUntil(() -> near.end != null, Duration.ofMinutes(2));
        assertTrue(within(near.delay(), 0, 6));
        assertTrue(unknown.lost != null || !unknown.isOver());
    }

    @Test
    void throttlingSlowsThePollsDownAndFailsNothing() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 600));
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            jobs.add(start(bench.session()));
        }
        bench.advance(30);
        bench.aws().calls().reset();
        Fault busy = bench.aws().faults().on(POLL).throttle();
        bench.advance(120);
        assertTrue(polls() <= 61, polls() + " calls while AWS refuses all of them");
        assertTrue(jobs.stream().noneMatch(Job::isOver));
        assertTrue(jobs.get(0).retries.containsKey(AwsFault.BUSY));

        busy.times(0);
        bench.aws().calls().reset();
        bench.advance(60);
        long passed = bench.aws().calls().matching(Call::ok).size();
        assertTrue(passed >= 10, passed + " polls in a minute after it");
        bench.advanceUntil(() -> jobs.stream().allMatch(job -> job.end != null), Duration.ofMinutes(12));
        assertTrue(jobs.stream().allMatch(job -> within(job.delay(), 0, 6)));
    }

    @Test
    void failuresOfAwsAndOfTheNetworkAreOutlived() {
        bench.simulatedProject("web", it -> it.variable("SIMULATED_SECONDS", 600));
        Job job = start(bench.session());
        bench.advance(20);
        bench.aws().faults().on(POLL).error(500).times(2);
        bench.advance(30);
        bench.aws().faults().on(POLL).cutConnection().times(2);
        bench.advance(30);
        bench.aws().faults().on(POLL).expiredToken().times(1);
        bench.advance(30);
        bench.aws().faults().on(POLL).stall(Duration.ofMillis(300)).times(1);
        bench.advanceUntil(() -> job.end != null, Duration.ofMinutes(12));

        assertEquals(Map.of(AwsFault.TRANSIENT, 4, AwsFault.EXPIRED, 1), job.retries);
        assertTrue(within(job.delay(), 0, 6));
    }

    @Test
    void aPermissionThatIsMissingEndsTheWatchAtOnce() {
        bench.simulatedProject("web");
        Job job = start(bench.session());
        bench.advance(10);
        bench.aws().faults().on(POLL).accessDenied();
        bench.advance(6);
        assertEquals(AwsFault.DENIED, job.lost.fault());
        assertTrue(job.lost.getMessage().contains("IAM action codebuild:BatchGetBuilds"));
    }

    @Test
    void aBatchThatIsRefusedForOneOfItsJobsIsAskedForInParts() {
        bench.simulatedProject("web");
        List<Job> jobs = List.of(start(bench.session()), start(bench.session()), start(bench.session()));
        bench.advance(10);
        // The batch of three, then the first of its halves, which is one job.
        bench.aws().faults().on(POLL).accessDenied().times(2);

        bench.advance(90);

        assertEquals(1, jobs.stream().filter(job -> job.lost != null).count(), "lost");
        assertEquals(2, jobs.stream().filter(job -> job.end != null).count(), "seen to their end");
    }

    @Test
    void aJobThatIsForgottenIsNeitherToldNorAskedFor() {
        bench.simulatedProject("web");
        Job forgotten = start(bench.session());
        Job kept = start(bench.session());
        bench.advance(3);
        int reported = forgotten.stages.size();
        forgotten.handle.forget();
        forgotten.handle.expedite();
        service.batches.clear();
        bench.advanceUntil(() -> kept.end != null, Duration.ofMinutes(2));
        assertEquals(reported, forgotten.stages.size());
        assertTrue(service.batches.stream().allMatch(size -> size == 1), service.batches.toString());
        assertEquals(0, bench.watcher().size());
    }

    @Test
    void accountsWithoutJobsAreForgotten() {
        bench.simulatedProject("web");
        for (int run = 0; run < 5; run++) {
            Identity once = new Identity("made for run " + run, Bench.ALICE.credentials(), null);
            start(bench.session(once, Bench.REGION));
            bench.advance(120);
        }
        Job last = start(bench.session());
        assertEquals(1, bench.watcher().accounts());
        bench.advanceUntil(last::isOver, Duration.ofMinutes(2));
        assertEquals("COMPLETED", last.stages.get(last.stages.size() - 1));
    }

    @Test
    void jobsThatComeWhileAwsIsBeingAskedAreAskedForNext() {
        bench.simulatedProject("web");
        bench.aws().faults().on(POLL).error(503).times(1);
        Job first = start(bench.session());
        bench.advance(Duration.ZERO); // the first poll is under way, and is going to be tried again
        Job second = start(bench.session());
        bench.advance(3);
        assertFalse(first.stages.isEmpty(), "The first job was forgotten");
        assertFalse(second.stages.isEmpty(), "The second job was never asked for");
    }
}
