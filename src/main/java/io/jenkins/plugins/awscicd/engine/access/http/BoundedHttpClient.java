package io.jenkins.plugins.awscicd.engine.access.http;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Calls of which no answer can fill the memory: the SDK reads each as a whole, however long it is, and whoever names an endpoint can
 * have it say what he likes. What comes packed is counted unpacked.
 */
public final class BoundedHttpClient implements SdkHttpClient {

    private static final String PACKED = "Content-Encoding";
    private static final List<String> REQUEST_IDS = List.of("x-amzn-RequestId", "x-amz-request-id");

    private final SdkHttpClient http;
    private final int most;
    private final Consumer<SdkHttpResponse> answered;

    /**
     * @param http not closed with this
     * @param most bytes of an answer
     * @param answered told of each answer
     */
    public BoundedHttpClient(@NonNull SdkHttpClient http, int most, @NonNull Consumer<SdkHttpResponse> answered) {
        this.http = http;
        this.most = most;
        this.answered = answered;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest wanted) {
        ExecutableHttpRequest request = http.prepareRequest(wanted);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                HttpExecuteResponse answer = request.call();
                checkSender(answer);
                answered.accept(answer.httpResponse());
                boolean piece =
                        wanted.httpRequest().firstMatchingHeader("Range").isPresent();
                return bounded(answer, piece);
            }

            @Override
            public void abort() {
                request.abort();
            }
        };
    }

    /**
     * A page of a proxy, or nothing at all, would be read as an answer in which all is left out. AWS's have a request id; what only speaks
     * like AWS may have none, but says what it answers with.
     */
    private static void checkSender(HttpExecuteResponse answer) throws IOException {
        SdkHttpResponse head = answer.httpResponse();
        boolean isNamed = REQUEST_IDS.stream()
                .anyMatch(name -> head.firstMatchingHeader(name).isPresent());
        String type = head.firstMatchingHeader("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (head.isSuccessful() && !isNamed && (type.isEmpty() || type.contains("html"))) {
            answer.responseBody().ifPresent(AbortableInputStream::abort);
            throw new IOException("The answer is not AWS's: it has no request id");
        }
    }

    /** @param piece whether it is a piece of something that is kept, which is wanted as it is kept */
    private HttpExecuteResponse bounded(HttpExecuteResponse answer, boolean piece) throws IOException {
        AbortableInputStream body = answer.responseBody().orElse(null);
        if (body == null) {
            return answer;
        }
        SdkHttpResponse head = answer.httpResponse();
        boolean packed = !piece
                && head.firstMatchingHeader(PACKED)
                        .filter("gzip"::equalsIgnoreCase)
                        .isPresent();
        InputStream plain;
        try {
            plain = packed ? new GZIPInputStream(body) : body;
        } catch (IOException e) {
            body.abort(); // else nobody would give the connection back
            throw e;
        }
        return HttpExecuteResponse.builder()
                .response(packed ? head.toBuilder().removeHeader(PACKED).build() : head)
                .responseBody(AbortableInputStream.create(new Counted(plain, body), body))
                .build();
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        // it belongs to all sessions
    }

    private final class Counted extends FilterInputStream {

        private final AbortableInputStream connection;
        private long read;

        Counted(InputStream body, AbortableInputStream connection) {
            super(body);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = super.read(into, offset, length);
            count(Math.max(some, 0));
            return some;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            count(skipped);
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false; // what is read twice would be counted twice
        }

        private void count(long more) {
            read += more;
            if (read > most) {
                connection.abort(); // else the rest would be read before the connection is used again
                throw SdkClientException.create("The answer has more than " + (most >> 20) + " MB");
            }
        }
    }
}
