package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.SteppedScheduler;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Which addresses are called: AWS's, its FIPS and dual-stack ones, those of single services; and never those for a named endpoint. */
class AddressesTest {

    private static final String OWN = "https://vpce-1.codebuild.example.com";

    /** Keeps where it is called, and reaches nothing. */
    private static final class Nowhere implements SdkHttpClient {

        private final List<URI> called = new ArrayList<>();

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            called.add(request.httpRequest().getUri());
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    throw new IOException("nowhere");
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    private final Nowhere http = new Nowhere();
    private Addresses addresses = Addresses.DEFAULT;
    private final AwsClients clients = new AwsClients(
            new SteppedScheduler(SimulatedTime.stepped()), http, endpoint -> false, () -> addresses, "engine-tests/1");

    @AfterEach
    void close() {
        clients.close();
    }

    private AwsSession session(String region, String role, String endpoint) {
        return clients.open(new AwsAccess(region, null, role, null, null, endpoint), Bench.ALICE);
    }

    private String builds(String region, String role, String endpoint) {
        CodeBuildClient client =
                session(region, role, endpoint).client(CodeBuildClient.class, CodeBuildClient::builder);
        assertThrows(SdkClientException.class, client::listBuilds);
        return host();
    }

    private String host() {
        assertEquals(1, http.called.size());
        return http.called.remove(0).getHost();
    }

    private static Addresses of(boolean fips, boolean dualStack, Addresses.Own... own) {
        return new Addresses(fips, dualStack, List.of(own));
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, codebuild.us-east-1.amazonaws.com, bucket.s3.us-east-1.amazonaws.com",
        "true, false, codebuild-fips.us-east-1.amazonaws.com, bucket.s3-fips.us-east-1.amazonaws.com",
        "false, true, codebuild.us-east-1.api.aws, bucket.s3.dualstack.us-east-1.amazonaws.com",
        "true, true, codebuild-fips.us-east-1.api.aws, bucket.s3-fips.dualstack.us-east-1.amazonaws.com",
    })
    void theKindOfAwssOwnAddressesIsChosen(boolean fips, boolean dualStack, String codeBuild, String s3) {
        addresses = of(fips, dualStack);
        assertEquals(codeBuild, builds("us-east-1", null, null));
        assertThrows(
                SdkClientException.class,
                () -> session("us-east-1", null, null)
                        .client(S3Client.class, S3Client::builder)
                        .listObjectsV2(request -> request.bucket("bucket")));
        assertEquals(s3, host().replace("bucket.s3.amazonaws.com", "bucket.s3.us-east-1.amazonaws.com"));
        assertEquals(
                s3,
                presigned("us-east-1")
                        .getHost()
                        .replace("bucket.s3.amazonaws.com", "bucket.s3.us-east-1.amazonaws.com"));
    }

    private URI presigned(String region) {
        AwsSession session = session(region, null, null);
        try (S3Presigner presigner = session.presigner(session.credentials())) {
            return URI.create(presigner
                    .presignGetObject(request -> request.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(get -> get.bucket("bucket").key("key")))
                    .url()
                    .toString());
        }
    }

    @Test
    void aServiceMayHaveAnAddressOfItsOwnInOneRegionOrInAll() {
        addresses = of(
                true,
                true,
                new Addresses.Own("codebuild", null, "https://everywhere.example.com"),
                new Addresses.Own("codebuild", "eu-west-1", OWN),
                new Addresses.Own("s3", "eu-west-1", "https://bucket.vpce-2.s3.example.com"));
        assertEquals("vpce-1.codebuild.example.com", builds("eu-west-1", null, null));
        assertEquals("everywhere.example.com", builds("eu-central-1", null, null));
        URI signed = presigned("eu-west-1");
        assertEquals("bucket.vpce-2.s3.example.com/bucket/key", signed.getHost() + signed.getPath());
        assertEquals(
                "bucket.s3-fips.dualstack.us-east-1.amazonaws.com",
                presigned("us-east-1").getHost());
    }

    @Test
    void rolesAreAssumedAtTheAddressOfSts() {
        addresses = of(false, false, new Addresses.Own("sts", null, "https://sts.example.com"));
        assertEquals("sts.example.com", builds("eu-west-1", "arn:aws:iam::123456789012:role/delivery", null));
    }

    @Test
    void anEndpointThatIsNamedIsForAllServices() {
        addresses = of(true, true, new Addresses.Own("codebuild", null, OWN));
        assertEquals("localhost", builds("eu-west-1", null, "http://localhost:4566"));
        assertEquals(
                "localhost", builds("eu-west-1", "arn:aws:iam::123456789012:role/delivery", "http://localhost:4566"));
    }

    @Test
    void whatIsChangedCountsForNewSessions() {
        assertEquals("codebuild.eu-west-1.amazonaws.com", builds("eu-west-1", null, null));
        addresses = of(false, false, new Addresses.Own("codebuild", null, OWN));
        assertEquals("vpce-1.codebuild.example.com", builds("eu-west-1", null, null));
    }

    @Test
    void noAddressLeadsToTheControllersOwnCredentials() {
        addresses = of(false, false, new Addresses.Own("codebuild", null, "http://169.254.169.254"));
        AwsSession session = session("eu-west-1", null, null);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> session.client(CodeBuildClient.class, CodeBuildClient::builder));
        assertTrue(refused.getMessage().contains("169.254.169.254"), refused.getMessage());
        assertEquals(List.of(), http.called);
    }

    @ParameterizedTest
    @CsvSource({
        "codebiuld, , https://vpce.example.com, did you mean 'codebuild'?",
        "codebuild, eu-west-1a, https://vpce.example.com, availability zone",
        "codebuild, , vpce.example.com, https://vpce.example.com",
        "codebuild, , ' ', required",
        "codebuild, , http://vpce.example.com, not an https URL",
        "codebuild, , ftp://vpce.example.com, https",
    })
    void whatIsWrongIsSaid(String service, String region, String url, String said) {
        List<String> problems = new Addresses.Own(service, region, url).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains(said), problems.toString());
    }
}
