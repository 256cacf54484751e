package io.jenkins.plugins.awscicd.engine.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What is in an object of a bucket that keeps no versions, of which S3 has no SHA-256: it is read. */
class S3ContentTest {

    @AutoClose
    private final Bench bench = Bench.stepped();

    @BeforeEach
    void bucket() {
        bench.aws().s3().createBucket("artifacts", false);
    }

    private String pinned() {
        return S3Content.read(bench.session(), "artifacts", "web.zip").pinned(bench.session());
    }

    private static String expected(byte[] content) {
        return "s3://artifacts/web.zip @ SHA-256 "
                + new Sha256().add(content, content.length).end();
    }

    /** Longer than any other answer may be. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8 << 20, (8 << 20) + 1, 70 << 20})
    void itIsReadHoweverLongItIs(int bytes) {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) 'x');
        bench.aws().s3().put("artifacts", "web.zip", content);
        assertEquals(expected(content), pinned());
    }

    /** Whoever has uploaded it may have said that it is packed, and it is deployed as it is kept. */
    @Test
    void whatIsPackedIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("web: ./run\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        bench.session()
                .client(S3Client.class, S3Client::builder)
                .putObject(
                        put -> put.bucket("artifacts").key("web.zip").contentEncoding("gzip"),
                        RequestBody.fromBytes(packed.toByteArray()));
        assertEquals(expected(packed.toByteArray()), pinned());
    }

    @Test
    void whatWasOverwrittenMeanwhileIsNotWhatWasSeen() {
        bench.aws().s3().put("artifacts", "web.zip", new byte[20 << 20]);
        S3Content seen = S3Content.read(bench.session(), "artifacts", "web.zip");
        bench.aws().s3().put("artifacts", "web.zip", new byte[21 << 20]);
        assertNull(seen.pinned(bench.session()));
    }
}
