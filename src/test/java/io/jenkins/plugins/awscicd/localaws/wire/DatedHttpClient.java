package io.jenkins.plugins.awscicd.localaws.wire;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A caller that gets its answers dated by local AWS's clock, as AWS dates them: the JDK's HTTP server dates them by the machine's and
 * lets nobody else do so.
 */
public final class DatedHttpClient implements SdkHttpClient {

    private final SdkHttpClient http;
    private final Supplier<Instant> time;

    /**
     * @param http closed with this
     * @param time AWS's; null for an answer without a date
     */
    public DatedHttpClient(SdkHttpClient http, Supplier<Instant> time) {
        this.http = http;
        this.time = time;
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
        Instant now = time.get();
        var head = answer.httpResponse().toBuilder();
        return HttpExecuteResponse.builder()
                .response((now == null ? head.removeHeader("Date") : head.putHeader("Date", date(now))).build())
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
