package io.jenkins.plugins.awscicd.engine.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.Sha256;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** A byte a time, before each of which something happens; for ever. */
    private static InputStream trickle(Runnable before) {
        return new InputStream() {
            @Override
            public int read() {
                before.run();
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int most) {
                into[from] = (byte) read();
                return 1;
            }
        };
    }

    private S3Content seen() {
        bench.aws().s3().put("artifacts", "web.zip", new byte[20]);
        return S3Content.read(bench.session(), "artifacts", "web.zip");
    }

    @Test
    void whatComesByDropsIsGivenUpInTheEnd() {
        S3Content content = seen();
        Moment begin = bench.session().time().moment();
        Moment last = begin.plus(S3Content.PATIENCE);
        String said = assertThrows(
                        AwsCallException.class,
                        () -> content.add(
                                bench.session(),
                                trickle(() -> bench.advance(Duration.ofSeconds(50))),
                                new Sha256(),
                                last))
                .getMessage();
        assertEquals(Duration.ofSeconds(350), begin.until(bench.session().time().moment()));
        assertTrue(said.contains("s3://artifacts/web.zip: it could not be read within 5 minutes"), said);
    }

    @Test
    void whatNobodyWaitsForIsReadNoFurther() {
        S3Content content = seen();
        AtomicInteger reads = new AtomicInteger();
        InputStream in = trickle(() -> {
            if (reads.incrementAndGet() == 3) {
                Thread.currentThread().interrupt();
            }
        });
        Moment last = bench.session().time().moment().plus(S3Content.PATIENCE);
        try {
            assertThrows(CancellationException.class, () -> content.add(bench.session(), in, new Sha256(), last));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(3, reads.get());
    }
}
