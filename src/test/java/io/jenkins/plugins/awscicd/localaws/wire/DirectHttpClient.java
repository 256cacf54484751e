package io.jenkins.plugins.awscicd.localaws.wire;

import com.sun.net.httpserver.Headers;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Hands requests to local AWS and takes its answers, on the caller's thread: what {@link Transport} does over a network. */
public final class DirectHttpClient implements SdkHttpClient {

    private final Transport.Handler handler;
    private final Chance chance;
    private final SimulatedTime time;

    /**
     * @param chance makes up the ids of requests
     * @param time dates the answers
     */
    public DirectHttpClient(Transport.Handler handler, Chance chance, SimulatedTime time) {
        this.handler = handler;
        this.chance = chance;
        this.time = time;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {
                // it takes no time
            }
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest execute) throws IOException {
        SdkHttpRequest http = execute.httpRequest();
        Headers headers = new Headers();
        http.forEachHeader((name, values) -> values.forEach(value -> headers.add(name, value)));
        InputStream body = execute.contentStreamProvider().isPresent()
                ? execute.contentStreamProvider().get().newStream()
                : InputStream.nullInputStream();
        Response response;
        try (body) {
            response = handler.answer(Request.of(chance.uuid(), http.method().name(), http.getUri(), headers, body));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (response == null) {
            throw new SocketException("Connection reset");
        }
        SdkHttpFullResponse.Builder answer =
                SdkHttpFullResponse.builder().statusCode(response.status()).statusText("");
        response.headers().forEach(answer::putHeader);
        answer.putHeader("Date", DatedHttpClient.date(time.now()));
        HttpExecuteResponse.Builder executed = HttpExecuteResponse.builder();
        if (!http.method().name().equals("HEAD")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            response.body().writeTo(bytes);
            answer.putHeader("Content-Length", Integer.toString(bytes.size()));
            executed.responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes.toByteArray())));
        } else {
            answer.putHeader("Content-Length", Long.toString(response.body().length()));
        }
        return executed.response(answer.build()).build();
    }

    @Override
    public String clientName() {
        return "local-aws";
    }

    @Override
    public void close() {
        // there is nothing to close
    }
}
