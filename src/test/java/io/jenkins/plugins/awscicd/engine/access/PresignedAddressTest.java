package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.Bench;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Addresses in S3, signed by a machine whose clock may be anything. */
class PresignedAddressTest {

    private static final Duration LIFE = Duration.ofHours(2);

    private static PresignedRequest part(S3Presigner presigner, String key, String id) {
        return presigner.presignUploadPart(sign -> sign.signatureDuration(LIFE)
                .uploadPartRequest(
                        part -> part.bucket("bucket").key(key).uploadId(id).partNumber(3)));
    }

    /** By whatever date: what is signed is the same. */
    @Test
    void itIsSignedAsTheSdkSignsIt() {
        for (AwsCredentials by : List.of(
                AwsBasicCredentials.create("AKIAALICE00000000000", "secret"),
                AwsSessionCredentials.create("ASIAALICE00000000000", "secret", "token+/="))) {
            for (String key : List.of("web.zip", "a b/ü+%25/~web.zip", "/first//web.zip")) {
                try (S3Presigner presigner = S3Presigner.builder()
                        .region(Region.of("eusc-de-east-1"))
                        .credentialsProvider(StaticCredentialsProvider.create(by))
                        .build()) {
                    PresignedRequest request = part(presigner, key, "an id/+=");
                    Instant at = request.expiration().minus(LIFE).truncatedTo(ChronoUnit.SECONDS);
                    assertEquals(
                            sorted(request.url().toString()),
                            sorted(PresignedAddress.sign(request.httpRequest(), by, "eusc-de-east-1", at, LIFE)));
                }
            }
        }
    }

    private static List<String> sorted(String address) {
        return List.of(address.split("[?&]")).stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {-100_000, -200, -20, 0, 20, 200, 100_000})
    void s3TakesItWhateverThisMachinesClockShows(long minutesOfAwsAhead) throws IOException, InterruptedException {
        try (Bench bench = Bench.stepped(Instant.now().plus(Duration.ofMinutes(minutesOfAwsAhead)))) {
            bench.aws().s3().createBucket("bucket", false);
            AwsSession session = bench.session();
            String id = session.client(S3Client.class, S3Client::builder)
                    .createMultipartUpload(create -> create.bucket("bucket").key("web.zip"))
                    .uploadId();
            try (S3Presigner presigner = session.presigner(session.credentials())) {
                String address = PresignedAddress.of(session, part(presigner, "web.zip", id), LIFE);
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(address))
                                        .PUT(HttpRequest.BodyPublishers.ofString("content"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertEquals(200, answer.statusCode(), answer.body());
            }
        }
    }
}
