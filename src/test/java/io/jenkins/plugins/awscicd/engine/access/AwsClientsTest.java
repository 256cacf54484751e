package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.SteppedScheduler;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.access.http.HttpProxy;
import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

class AwsClientsTest {

    private static final String ROLE = "arn:aws:iam::210987654321:role/deployer";

    @AutoClose
    private final Bench bench = Bench.stepped();

    private AwsAccess access(String role, String externalId, String sessionName) {
        return new AwsAccess(
                Bench.REGION,
                null,
                role,
                externalId,
                sessionName,
                bench.aws().endpoint().toString());
    }

    private AwsSession open(AwsAccess access) {
        return bench.clients().open(access, Bench.ALICE);
    }

    /** Who the session is to AWS. */
    private String arn(AwsSession session) {
        CompletableFuture<String> call = session.call(
                "sts:GetCallerIdentity",
                Duration.ofMinutes(1),
                RetryListener.NONE,
                () -> session.client(StsClient.class, StsClient::builder)
                        .getCallerIdentity()
                        .arn());
        bench.advanceUntil(call::isDone, Duration.ofMinutes(2));
        return call.join();
    }

    private long assumed() {
        return bench.aws().calls().count("STS.AssumeRole");
    }

    @Test
    void sessionsWithTheSameAccessAreOne() {
        AwsSession first = open(access(null, null, null));
        assertSame(first, open(access(null, null, null)));
        assertSame(first, open(access(null, null, "a name without a role")));
        assertNotSame(first, bench.clients().open(access(null, null, null), Bench.BOB));
        assertNotSame(first, bench.clients().open(bench.access("us-east-1"), Bench.ALICE));
        assertNotSame(first, open(access(ROLE, null, null)));
    }

    @Test
    void sessionsOfOneRoleUnderSeveralNamesAreOneAccount() {
        AwsSession one = open(access(ROLE, null, "web-1"));
        AwsSession two = open(access(ROLE, null, "web-2"));
        assertNotSame(one, two);
        assertSame(one.account(), two.account());
        assertNotSame(one.account(), open(access(null, null, null)).account());
    }

    @Test
    void equalKeysAreOneIdentityAndGiveNothingAway() {
        Identity again = Identity.ofKeys("AKIAALICE00000000000", "alice's secret", null);
        assertEquals(Bench.ALICE.key(), again.key());
        assertFalse(again.key().contains("alice"));
        assertFalse(again.toString().contains("alice's secret"), again.toString());
        assertFalse(Bench.ALICE
                .key()
                .equals(Identity.ofKeys("AKIAALICE00000000000", "another secret", null)
                        .key()));
        assertFalse(new HttpProxy(URI.create("http://proxy:3128"), "me", "proxy secret", Set.of())
                .toString()
                .contains("proxy secret"));
    }

    @Test
    void aSessionIsClosedWhenNobodyHasAskedForItForAWhile() {
        AwsSession session = open(access(null, null, null));
        CodeBuildClient client = session.client(CodeBuildClient.class, CodeBuildClient::builder);
        session.close();
        bench.advance(Duration.ofMinutes(9));
        assertSame(session, open(access(null, null, null)));
        bench.advance(Duration.ofMinutes(9)); // held: the first release no longer counts
        assertSame(client, session.client(CodeBuildClient.class, CodeBuildClient::builder));
        session.close();
        bench.advance(Duration.ofMinutes(9));
        AwsSession stillThere = open(access(null, null, null));
        assertSame(session, stillThere, "Closed by the first release's time, not by its own");
        stillThere.close();
        bench.advance(Duration.ofMinutes(11));
        assertNotSame(session, open(access(null, null, null)));
    }

    @Test
    void accountsThatNobodyUsesAreForgotten() {
        for (int run = 0; run < 50; run++) {
            Identity once = new Identity("made for run " + run, () -> AwsBasicCredentials.create("AKIA", "x"), null);
            bench.clients().open(access(null, null, null), once).close();
        }
        AwsSession held = open(access(ROLE, null, "web-1"));
        AwsSession other = open(access(ROLE, null, "web-2"));
        other.close();
        bench.advance(Duration.ofMinutes(11));
        assertEquals(1, bench.clients().accounts());
        assertSame(held.account(), open(access(ROLE, null, "web-3")).account());
    }

    @Test
    void providersThatAreMadeAnewForEachRunAreOneIdentityWhileTheirKeysAreTheSame() {
        Identity first = Identity.of("deployer", () -> AwsBasicCredentials.create("AKIA1", "one"));
        Identity second = Identity.of("deployer", () -> AwsBasicCredentials.create("AKIA1", "one"));
        Identity renewed = Identity.of("deployer", () -> AwsBasicCredentials.create("AKIA2", "two"));
        Identity temporary = Identity.of("deployer", () -> AwsSessionCredentials.create("ASIA1", "one", "token"));
        assertEquals(first.key(), second.key());
        assertEquals(Identity.ofKeys("AKIA1", "one", null).key(), first.key());
        assertNotEquals(first.key(), renewed.key());
        assertNotEquals(first.key(), temporary.key());
        assertEquals(
                temporary.key(),
                Identity.of("deployer", () -> AwsSessionCredentials.create("ASIA1", "one", "token"))
                        .key());
        assertSame(
                bench.clients().open(access(null, null, null), first),
                bench.clients().open(access(null, null, null), second));
    }

    @Test
    void credentialsThatAreNotThereYetAreSaidToPass() {
        RuntimeException why = assertThrows(
                RuntimeException.class,
                () -> Identity.of("deployer", () -> {
                    throw new IllegalStateException("The vault is sealed");
                }));
        assertEquals(AwsFault.NO_CREDENTIALS, AwsFault.of(why));
    }

    @Test
    void aSessionIsHeldByAllWhoAskedForIt() {
        AwsSession session = open(access(null, null, null));
        open(access(null, null, null));
        session.close();
        bench.advance(Duration.ofHours(1));
        assertSame(session, open(access(null, null, null)));
    }

    @Test
    void aRoleIsAssumedOnceWithItsExternalIdAndUnderItsName() {
        bench.aws().sts().role(ROLE, "agreed");
        AwsSession session = open(access(ROLE, "agreed", "web-42"));
        assertEquals("arn:aws:sts::210987654321:assumed-role/deployer/web-42", arn(session));
        arn(session);
        arn(open(access(ROLE, "agreed", "web-42")));
        assertEquals(1, assumed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder/Web App » main #42", "x", "äöü"})
    void anyNameBecomesOneThatAwsTakes(String name) {
        String arn = arn(open(access(ROLE, null, name)));
        String session = arn.substring(arn.lastIndexOf('/') + 1);
        assertTrue(session.matches("[\\w+=,.@-]{2,64}"), session);
    }

    @Test
    void ofALongNameTheEndIsKept() {
        String arn = arn(open(access(ROLE, null, "jenkins-" + "very-long-".repeat(10) + "name-42")));
        assertTrue(arn.endsWith("very-long-name-42"), arn);
    }

    @Test
    void theCredentialsOwnRoleIsAssumedFirst() {
        Identity viaRole = Identity.ofKeys(
                "AKIAALICE00000000000",
                "alice's secret",
                new Identity.AssumedRole("arn:aws:iam::123456789012:role/hub", "hub id", 3600));
        bench.aws().sts().role("arn:aws:iam::123456789012:role/hub", "hub id").role(ROLE, "agreed");
        AwsSession session = bench.clients().open(access(ROLE, "agreed", "web-42"), viaRole);
        assertEquals("arn:aws:sts::210987654321:assumed-role/deployer/web-42", arn(session));
        List<Call> calls = bench.aws().calls().of("STS.AssumeRole");
        assertEquals(2, calls.size());
        assertEquals("arn:aws:iam::123456789012:role/hub", calls.get(0).resource());
        assertTrue(calls.get(1).accessKeyId().startsWith("ASIA"), "The second role is not assumed from the first");
    }

    @Test
    void aRoleThatDoesNotTrustIsSaidToBeTheTrouble() {
        bench.aws().sts().role(ROLE, "agreed");
        AwsSession session = open(access(ROLE, "wrong", "web-42"));
        CompletionException failure = assertThrows(CompletionException.class, () -> arn(session));
        AwsCallException why = AwsCallException.of("codebuild:StartBuild", "project 'web'", failure);
        assertEquals(AwsFault.DENIED, why.fault());
        assertTrue(why.getMessage().contains("sts:AssumeRole on resource: " + ROLE), why.getMessage());
        assertTrue(why.getMessage().contains("external ID"), why.getMessage());
        assertFalse(why.getMessage().contains("allow the IAM action codebuild:StartBuild"), why.getMessage());
    }

    @Test
    void credentialsThatHaveExpiredAreRenewedAndTheCallPasses() {
        AwsSession session = open(access(ROLE, null, "web-42"));
        arn(session);
        bench.aws()
                .sts()
                .expire(bench.aws().calls().of("STS.GetCallerIdentity").get(0).accessKeyId());
        assertEquals("arn:aws:sts::210987654321:assumed-role/deployer/web-42", arn(session));
        assertEquals(2, assumed());
    }

    @Test
    void callsThatFindTheCredentialsExpiredTogetherRenewThemOnce() {
        AwsSession session = open(access(ROLE, null, "web-42"));
        arn(session);
        bench.aws()
                .sts()
                .expire(bench.aws().calls().of("STS.GetCallerIdentity").get(0).accessKeyId());
        // Three lanes of the session, one within the other: each is under way before the first learns of it.
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (String action : List.of("a:One", "a:Two", "a:Three")) {
            int[] attempt = new int[1];
            calls.add(session.call(action, Duration.ofMinutes(1), RetryListener.NONE, () -> {
                StsClient client = session.client(StsClient.class, StsClient::builder);
                if (attempt[0]++ == 0) {
                    bench.advance(Duration.ZERO);
                }
                return client.getCallerIdentity().arn();
            }));
        }
        bench.advance(30);
        calls.forEach(CompletableFuture::join);
        assertEquals(2, assumed());
    }

    @Test
    void aJobOutlivesItsFirstCredentials() {
        AwsSession session = open(access(ROLE, null, "web-42"));
        for (int hour = 0; hour < 5; hour++) {
            assertTrue(arn(session).endsWith("/web-42"));
            bench.advance(Duration.ofMinutes(61));
        }
        assertEquals(5, assumed());
    }

    /** Stands still at a moment that can be set: what is left of a session by the SDK's clock, which is the machine's own. */
    static final class ShiftedTime implements SimulatedTime {
        final SteppedTime still = SimulatedTime.stepped();
        volatile Duration behind = Duration.ZERO;

        @Override
        public Instant now() {
            return still.now();
        }

        @Override
        public Instant clientNow() {
            return Instant.now().minus(behind);
        }

        @Override
        public Alarm after(Duration delay, Runnable task) {
            return still.after(delay, task);
        }

        @Override
        public void close() {
            still.close();
        }
    }

    @Test
    void credentialsAreRenewedBeforeTheyExpire() {
        ShiftedTime time = new ShiftedTime();
        try (LocalAws aws = LocalAws.builder().time(time).start();
                AwsClients clients = new AwsClients(
                        new SteppedScheduler(time.still), () -> null, endpoint -> true, "engine-tests/1")) {
            AwsAccess access = new AwsAccess(
                    Bench.REGION, null, ROLE, null, "web-42", aws.endpoint().toString());
            StsClient client = clients.open(access, Bench.ALICE).client(StsClient.class, StsClient::builder);
            time.behind = Duration.ofMinutes(58); // the hour's credentials have two minutes left
            client.getCallerIdentity();
            assertEquals(1, aws.calls().count("STS.AssumeRole"));
            time.behind = Duration.ZERO;
            client.getCallerIdentity();
            assertEquals(2, aws.calls().count("STS.AssumeRole"), "Not renewed before the end");
            client.getCallerIdentity();
            assertEquals(2, aws.calls().count("STS.AssumeRole"));
            assertTrue(
                    aws.calls().all().stream().allMatch(Call::ok),
                    aws.calls().all().toString());
        }
    }

    @Test
    void credentialsThatWereGivenAreNotClosedWithASession() {
        AtomicInteger closed = new AtomicInteger();
        class Given implements AwsCredentialsProvider, SdkAutoCloseable {
            @Override
            public AwsCredentials resolveCredentials() {
                return AwsBasicCredentials.create("AKIAGIVEN00000000000", "secret");
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }
        AwsSession session = bench.clients().open(access(null, null, null), new Identity("given", new Given(), null));
        bench.aws().faults().on("STS.GetCallerIdentity").expiredToken().times(1);
        arn(session);
        session.close();
        bench.advance(Duration.ofMinutes(11));
        bench.clients().close();
        assertEquals(0, closed.get());
    }

    @Test
    @Timeout(30)
    void credentialsMayExpireWhileClientsAreBeingMade() throws InterruptedException {
        // The lock of the clients and that of the credentials must not be taken crosswise.
        AwsSession session = open(access(ROLE, null, "web-42"));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            boolean closing = t % 2 == 0;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 40; i++) {
                    if (closing) {
                        session.closeClients();
                    } else {
                        session.client(StsClient.class, StsClient::builder);
                        session.client(CodeBuildClient.class, CodeBuildClient::builder);
                    }
                }
            });
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        arn(session);
    }

    @Test
    void awsIsToldWhoCalls() {
        arn(open(access(null, null, null)));
        assertTrue(bench.aws().calls().all().get(0).userAgent().contains("engine-tests/1"));
    }

    @Test
    void eachCallIsMadeOnceByTheSdk() {
        bench.aws().faults().on("*").error(500);
        AwsSession session = open(access(null, null, null));
        CompletableFuture<Caller> call = Caller.of(session);
        bench.advance(10);
        AwsCallException why = assertInstanceOf(
                AwsCallException.class,
                assertThrows(CompletionException.class, call::join).getCause());
        assertEquals(AwsFault.TRANSIENT, why.fault());
        assertEquals(1, bench.aws().calls().total(), "Nobody is to wait for an answer that will not come");
    }

    @Test
    void aCallerIsWhoTheSessionIs() {
        CompletableFuture<Caller> call = Caller.of(open(access(ROLE, null, "web-42")));
        bench.advance(1);
        assertEquals(new Caller("210987654321", "arn:aws:sts::210987654321:assumed-role/deployer/web-42"), call.join());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vpce-0123.example.com", "ftp://example.com", "http://", "not a url", "http:/x"})
    void anEndpointThatIsNoUrlIsSaid(String endpoint) {
        AwsAccess access = new AwsAccess(Bench.REGION, null, null, null, null, endpoint);
        IllegalArgumentException why = assertThrows(
                IllegalArgumentException.class, () -> bench.clients().open(access, Bench.ALICE));
        assertTrue(
                why.getMessage().startsWith("endpoint: '" + endpoint + "' is not an http or https URL"),
                why.getMessage());
    }
}
