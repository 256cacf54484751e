package io.jenkins.plugins.awscicd.localaws.wire;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A caller that gets its answers dated by local AWS's clock, as AWS dates them: the JDK's HTTP server dates them by the machine's and
 * lets nobody else do so.
 */
public final class DatedHttpClient implements SdkHttpClient {

    private static final String DATE = "Date";

    private final SdkHttpClient http;
    private final UnaryOperator<SdkHttpResponse.Builder> dating;

    /**
     * @param http closed with this
     * @param time AWS's; null for an answer without a date
     */
    public DatedHttpClient(SdkHttpClient http, Supplier<Instant> time) {
        this(http, (SdkHttpResponse.Builder head) -> {
            Instant now = time.get();
            return now == null ? head.removeHeader(DATE) : head.putHeader(DATE, date(now));
        });
    }

    private DatedHttpClient(SdkHttpClient http, UnaryOperator<SdkHttpResponse.Builder> dating) {
        this.http = http;
        this.dating = dating;
    }

    /**
     * For whichever local AWS it calls, and whatever else.
     *
     * @param http closed with this
     */
    public static SdkHttpClient ofNetwork(SdkHttpClient http) {
        return new DatedHttpClient(
                http,
                (SdkHttpResponse.Builder head) -> head.firstMatchingHeader(Transport.DATE)
                        .map(date -> head.putHeader(DATE, date))
                        .orElse(head));
    }

    static String date(Instant now) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC));
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest wanted) {
        ExecutableHttpRequest request = http.prepareRequest(wanted);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return dated(request.call());
            }

            @Override
            public void abort() {
                request.abort();
            }
        };
    }

    private HttpExecuteResponse dated(HttpExecuteResponse answer) {
        return HttpExecuteResponse.builder()
                .response(dating.apply(answer.httpResponse().toBuilder()).build())
                .responseBody(answer.responseBody().orElse(null))
                .build();
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
    }
}
