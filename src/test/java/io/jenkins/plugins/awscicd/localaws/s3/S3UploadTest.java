package io.jenkins.plugins.awscicd.localaws.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Checksum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3UploadTest {

    private static final int PART = 5 * 1024 * 1024;

    private final SteppedTime time = SimulatedTime.stepped();
    private LocalAws aws;
    private S3Client s3;

    @BeforeEach
    void start() {
        aws = LocalAws.builder().time(time).start();
        aws.s3().createBucket("things", false);
        s3 = Clients.of(aws).s3();
    }

    @AfterEach
    void stop() {
        s3.close();
        aws.close();
    }

    @Test
    void partsBecomeOneObject() throws NoSuchAlgorithmException, IOException {
        byte[] first = bytes(PART);
        byte[] second = bytes(1000);
        String id = s3.createMultipartUpload(
                        request -> request.bucket("things").key("big").checksumAlgorithm(ChecksumAlgorithm.CRC32))
                .uploadId();
        CompletedPart one = upload(id, 1, first);
        CompletedPart two = upload(id, 2, second);
        assertEquals(
                2,
                s3.listParts(request -> request.bucket("things").key("big").uploadId(id))
                        .parts()
                        .size());
        String etag = s3.completeMultipartUpload(request -> request.bucket("things")
                        .key("big")
                        .uploadId(id)
                        .multipartUpload(upload -> upload.parts(one, two)))
                .eTag();
        ByteArrayOutputStream md5s = new ByteArrayOutputStream();
        md5s.write(md5(first));
        md5s.write(md5(second));
        assertEquals("\"" + HexFormat.of().formatHex(md5(md5s.toByteArray())) + "-2\"", etag);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(first);
        whole.write(second);
        assertArrayEquals(
                whole.toByteArray(),
                s3.getObjectAsBytes(request -> request.bucket("things").key("big"))
                        .asByteArray());
        assertEquals(0, aws.s3().openUploads("things"));
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        String id = s3.createMultipartUpload(request -> request.bucket("things").key("big"))
                .uploadId();
        CompletedPart small = upload(id, 1, bytes(1000));
        CompletedPart last = upload(id, 2, bytes(1000));
        assertEquals("EntityTooSmall", complete(id, small, last));
        assertEquals("InvalidPartOrder", complete(id, last, small));
        assertEquals(
                "InvalidPart",
                complete(
                        id,
                        CompletedPart.builder().partNumber(3).eTag("\"none\"").build()));
        s3.abortMultipartUpload(request -> request.bucket("things").key("big").uploadId(id));
        assertThrows(
                NoSuchUploadException.class,
                () -> s3.listParts(
                        request -> request.bucket("things").key("big").uploadId(id)));
        assertEquals(0, aws.s3().openUploads("things"));
    }

    @Test
    void presignedPartsAreUploadedWithoutTheSdk() throws IOException, InterruptedException {
        String id = s3.createMultipartUpload(request -> request.bucket("things").key("big"))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        HttpClient http = HttpClient.newHttpClient();
        try (S3Presigner presigner = Clients.of(aws).presigner()) {
            for (int number = 1; number <= 2; number++) {
                int partNumber = number;
                URI url = URI.create(presigner
                        .presignUploadPart(presign -> presign.signatureDuration(Duration.ofMinutes(10))
                                .uploadPartRequest(part -> part.bucket("things")
                                        .key("big")
                                        .uploadId(id)
                                        .partNumber(partNumber)))
                        .url()
                        .toString());
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(url)
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes(PART)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertEquals(200, response.statusCode(), response.body());
                parts.add(CompletedPart.builder()
                        .partNumber(number)
                        .eTag(response.headers().firstValue("ETag").orElseThrow())
                        .build());
            }
        }
        s3.completeMultipartUpload(request ->
                request.bucket("things").key("big").uploadId(id).multipartUpload(upload -> upload.parts(parts)));
        assertEquals(2 * PART, aws.s3().object("things", "big").orElseThrow().size());
    }

    @Test
    void aPresignedUrlExpiresAndWantsItsHeaders() throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        try (S3Presigner presigner = Clients.of(aws).presigner()) {
            URI url = URI.create(presigner
                    .presignPutObject(presign -> presign.signatureDuration(Duration.ofMinutes(10))
                            .putObjectRequest(
                                    put -> put.bucket("things").key("k").contentType("text/plain")))
                    .url()
                    .toString());
            HttpRequest.Builder put = HttpRequest.newBuilder(url).PUT(HttpRequest.BodyPublishers.ofString("hello"));
            HttpResponse<String> unsigned = http.send(put.copy().build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(403, unsigned.statusCode());
            assertTrue(unsigned.body().contains("<Code>SignatureDoesNotMatch</Code>"), unsigned.body());
            HttpRequest.Builder signed = put.copy().header("Content-Type", "text/plain");
            HttpResponse<String> foreign = http.send(
                    signed.copy().header("x-amz-acl", "public-read").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(403, foreign.statusCode());
            assertEquals(
                    200,
                    http.send(signed.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode());
            assertEquals("hello", new String(aws.s3().bytes("things", "k"), StandardCharsets.UTF_8));
            time.advance(Duration.ofMinutes(11));
            HttpResponse<String> late = http.send(signed.build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(403, late.statusCode());
            assertTrue(late.body().contains("Request has expired"), late.body());
        }
    }

    @Test
    void aRequestThatNobodySignedIsRefused() throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(aws.endpoint().resolve("/things/k"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(403, response.statusCode());
        assertTrue(response.body().contains("<Code>AccessDenied</Code>"), response.body());
    }

    @Test
    void theChecksumOfS3sOwn() {
        // The check value of CRC-64/NVME in the catalogue of parametrised CRC algorithms.
        Checksum checksum = new Crc64Nvme();
        checksum.update("123456789".getBytes(StandardCharsets.US_ASCII));
        assertEquals(0xae8b14860a799888L, checksum.getValue());
    }

    private String complete(String id, CompletedPart... parts) {
        return assertThrows(
                        S3Exception.class,
                        () -> s3.completeMultipartUpload(request -> request.bucket("things")
                                .key("big")
                                .uploadId(id)
                                .multipartUpload(upload -> upload.parts(parts))))
                .awsErrorDetails()
                .errorCode();
    }

    private CompletedPart upload(String id, int number, byte[] bytes) {
        UploadPartResponse part = s3.uploadPart(
                request -> request.bucket("things").key("big").uploadId(id).partNumber(number),
                RequestBody.fromBytes(bytes));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumCRC32(part.checksumCRC32())
                .build();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static byte[] md5(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("MD5").digest(bytes);
    }
}
