package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.SteppedScheduler;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.localaws.Call;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.wire.DatedHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;

/** Credentials that are not there for the moment, and clocks that differ: whoever calls waits, and the call passes. */
@Isolated("sets system properties and the SDK's clock")
class PassingFaultsTest {

    private static final String WEB_ROLE = "arn:aws:iam::123456789012:role/eks";

    @AutoClose
    private final Bench bench = Bench.stepped();

    private final Set<AwsFault> heard = EnumSet.noneOf(AwsFault.class);
    private final List<String> set = new ArrayList<>();

    @TempDir
    private Path directory;

    private CompletableFuture<String> arn(AwsSession session) {
        return session.call(
                "sts:GetCallerIdentity",
                AwsSession.PATIENCE,
                (fault, failure) -> heard.add(fault),
                () -> session.client(StsClient.class, StsClient::builder)
                        .getCallerIdentity()
                        .arn());
    }

    private String untilReported(AwsSession session) {
        CompletableFuture<String> call = arn(session);
        bench.advanceUntil(call::isDone, Duration.ofMinutes(12));
        return call.join();
    }

    static List<RuntimeException> waysToHaveNoCredentials() {
        return List.of(
                SdkClientException.create("Unable to load credentials from any of the providers in the chain"),
                SdkClientException.create("Failed to load credentials from IMDS."),
                new IllegalStateException("Failed to refresh process-based credentials."),
                new UncheckedIOException(new IOException("token file")),
                new NullPointerException("a plugin's own"));
    }

    @ParameterizedTest
    @MethodSource("waysToHaveNoCredentials")
    void credentialsThatCannotBeLoadedAreWaitedFor(RuntimeException trouble) {
        int[] left = {4};
        AwsCredentialsProvider given = () -> {
            if (left[0]-- > 0) {
                throw trouble;
            }
            return AwsBasicCredentials.create("AKIAGIVEN00000000000", "secret");
        };
        AwsSession session = bench.session(new Identity("given", given, null), Bench.REGION);
        assertEquals("arn:aws:iam::123456789012:user/local", untilReported(session));
        assertEquals(Set.of(AwsFault.NO_CREDENTIALS), heard);
    }

    @Test
    void credentialsThatNeverComeAreSaidToBeMissing() {
        AwsCredentialsProvider given = () -> {
            throw SdkClientException.create("Unable to load credentials");
        };
        CompletableFuture<String> call = arn(bench.session(new Identity("given", given, null), Bench.REGION));
        bench.advance(AwsSession.PATIENCE.minusSeconds(1));
        assertFalse(call.isDone());
        bench.advance(60);
        AwsCallException why = AwsCallException.of("a:B", "c", assertThrows(CompletionException.class, call::join));
        assertEquals(AwsFault.NO_CREDENTIALS, why.fault());
        assertTrue(why.getMessage().contains("Unable to load credentials"), why.getMessage());
        assertTrue(why.getMessage().contains("Name credentials"), why.getMessage());
        assertEquals(0, bench.aws().calls().total());
    }

    @Test
    void theRoleOfASessionWaitsForTheCredentialsItIsAssumedWith() {
        int[] left = {2};
        AwsCredentialsProvider given = () -> {
            if (left[0]-- > 0) {
                throw SdkClientException.create("Unable to load credentials");
            }
            return AwsBasicCredentials.create("AKIAGIVEN00000000000", "secret");
        };
        AwsAccess access = new AwsAccess(
                Bench.REGION,
                null,
                "arn:aws:iam::210987654321:role/deployer",
                null,
                "web-42",
                bench.aws().endpoint().toString());
        AwsSession session = bench.clients().open(access, new Identity("given", given, null));
        assertEquals("arn:aws:sts::210987654321:assumed-role/deployer/web-42", untilReported(session));
    }

    @ParameterizedTest
    @ValueSource(ints = {-20, 20})
    void aClockThatDiffersFromAwsIsCorrectedByTheNextCall(int minutes) {
        Duration ahead = Duration.ofMinutes(minutes);
        bench.aws().faults().on("*").clockAhead(ahead);
        try (AwsClients clients = new AwsClients(
                bench.scheduler(),
                new DatedHttpClient(
                        ApacheHttpClient.create(), () -> Instant.now().plus(ahead)),
                endpoint -> true,
                "engine-tests/1")) {
            correctedByTheNextCall(clients.open(bench.access(), Bench.ALICE));
        }
    }

    private void correctedByTheNextCall(AwsSession session) {
        untilReported(session);
        for (CompletableFuture<?> call : List.of(
                session.call(
                        "codebuild:ListProjects",
                        AwsSession.PATIENCE,
                        (fault, why) -> heard.add(fault),
                        () -> session.client(CodeBuildClient.class, CodeBuildClient::builder)
                                .listProjects()),
                session.call(
                        "s3:ListAllMyBuckets",
                        AwsSession.PATIENCE,
                        (fault, why) -> heard.add(fault),
                        () -> session.client(S3Client.class, S3Client::builder).listBuckets()))) {
            bench.advanceUntil(call::isDone, Duration.ofMinutes(1));
            call.join();
        }
        assertEquals(Set.of(AwsFault.CLOCK), heard);
        long calls = bench.aws().calls().total();
        assertEquals(4, calls, "One refused, and one that passes for each service");
        untilReported(session);
        assertEquals(calls + 1, bench.aws().calls().total(), "What was learnt is forgotten");
    }

    /** As in a pod of EKS. */
    private AwsSession webIdentity() throws IOException {
        webIdentityFrom(bench.aws());
        return bench.session(Identity.defaultChain(), Bench.REGION);
    }

    private void webIdentityFrom(LocalAws aws) throws IOException {
        property(
                "aws.webIdentityTokenFile",
                Files.writeString(directory.resolve("token"), "web identity").toString());
        property("aws.roleArn", WEB_ROLE);
        property("aws.roleSessionName", "pod");
        property("aws.region", Bench.REGION);
        property("aws.endpointUrlSts", aws.endpoint().toString());
    }

    private void property(String name, String value) {
        set.add(name);
        System.setProperty(name, value);
    }

    @AfterEach
    void unset() {
        set.forEach(System::clearProperty);
        SdkGlobalTime.setGlobalTimeOffset(0); // the SDK keeps what it learns for all that comes
    }

    private long identities() {
        return bench.aws().calls().count("STS.AssumeRoleWithWebIdentity");
    }

    @Test
    void whoeverClosesAPresignerOrAClientOfASessionLeavesItsCredentialsAlone() throws IOException {
        AwsClientsTest.ShiftedTime time = new AwsClientsTest.ShiftedTime();
        time.behind = Duration.ofMinutes(58); // the hour's credentials have two minutes left
        try (LocalAws aws = LocalAws.builder().time(time).start();
                AwsClients clients = new AwsClients(
                        new SteppedScheduler(time.still), () -> null, endpoint -> true, "engine-tests/1")) {
            webIdentityFrom(aws);
            AwsSession session = clients.open(
                    new AwsAccess(
                            Bench.REGION, null, null, null, null, aws.endpoint().toString()),
                    Identity.defaultChain());
            session.client(StsClient.class, StsClient::builder).getCallerIdentity();
            try (S3Presigner presigner = session.presigner(session.credentials())) {
                presigner.presignGetObject(it -> it.signatureDuration(Duration.ofMinutes(1))
                        .getObjectRequest(get -> get.bucket("bucket").key("key")));
            }
            session.client(CodeBuildClient.class, CodeBuildClient::builder).close();
            time.behind = Duration.ZERO; // within the hour after an upload
            long before = aws.calls().count("STS.AssumeRoleWithWebIdentity");
            assertEquals(
                    "arn:aws:sts::123456789012:assumed-role/eks/pod",
                    session.client(StsClient.class, StsClient::builder)
                            .getCallerIdentity()
                            .arn());
            assertTrue(aws.calls().count("STS.AssumeRoleWithWebIdentity") > before, "Not renewed");
        }
    }

    @Test
    void allSessionsOfTheDefaultChainShareOneAndItsCredentials() throws IOException {
        AwsSession first = webIdentity();
        untilReported(first);
        List<String> regions = List.of("us-east-1", "us-west-2", "eu-central-1");
        for (String region : regions) {
            untilReported(bench.session(Identity.defaultChain(), region));
        }
        assertEquals(1, identities());
        first.close();
        bench.advance(Duration.ofMinutes(11)); // it is closed
        untilReported(bench.session(Identity.defaultChain(), "us-east-1"));
        assertEquals(1, identities(), "The end of one session has ended the credentials of the others");
    }

    @Test
    void credentialsOfTheDefaultChainThatHaveExpiredAreRenewedOnceForAllSessions() throws IOException {
        AwsSession near = webIdentity();
        AwsSession far = bench.session(Identity.defaultChain(), "us-east-1");
        untilReported(near);
        untilReported(far);
        bench.aws().calls().of("STS.GetCallerIdentity").stream()
                .map(Call::accessKeyId)
                .distinct()
                .forEach(key -> bench.aws().sts().expire(key));
        CompletableFuture<String> one = arn(near);
        CompletableFuture<String> two = arn(far);
        bench.advance(30);
        assertEquals(one.join(), two.join());
        assertEquals(2, identities());
        bench.advance(Duration.ofMinutes(5)); // the old chain is closed
        untilReported(near);
        assertEquals(Map.of(AwsFault.EXPIRED, 1).keySet(), heard);
    }
}
