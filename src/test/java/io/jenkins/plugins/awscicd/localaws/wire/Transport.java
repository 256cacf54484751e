package io.jenkins.plugins.awscicd.localaws.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** HTTP on the loopback interface: requests in, responses out, and connections cut when that is asked for. */
public final class Transport implements AutoCloseable {

    /** The date of an answer by local AWS's clock: in {@code Date} the JDK's server puts the machine's. */
    static final String DATE = "x-local-aws-date";

    private static final Logger LOGGER = Logger.getLogger(Transport.class.getName());

    /** Answers requests. */
    @FunctionalInterface
    public interface Handler {
        /** The response, or {@code null} to close the connection without one. */
        Response answer(Request request) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Handler handler;
    private final SimulatedTime time;

    /**
     * Begins to listen.
     *
     * @param port 0 for any free one
     * @param time dates the answers, for callers that take it from {@link #DATE}
     */
    public Transport(int port, Handler handler, SimulatedTime time) throws IOException {
        // Without it each small answer waits for the client's delayed acknowledgement: 40 ms a call.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.handler = handler;
        this.time = time;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1024);
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "local-aws-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange http) {
        try (http) {
            Request request = Request.of(
                    UUID.randomUUID().toString(),
                    http.getRequestMethod(),
                    http.getRequestURI(),
                    http.getRequestHeaders(),
                    http.getRequestBody());
            Response response = handler.answer(request);
            if (response != null) {
                // A client that is still sending would see a reset connection instead of the answer.
                drain(http.getRequestBody());
                send(http, response);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The client has gone, or is to be left: " + http.getRequestURI(), e);
            throw new UncheckedIOException(
                    e); // else the connection would stay open, and whoever waits at its other end with it
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "Local AWS failed at " + http.getRequestMethod() + " " + http.getRequestURI(), e);
        }
    }

    private static void drain(InputStream body) throws IOException {
        body.transferTo(OutputStream.nullOutputStream());
    }

    private void send(HttpExchange http, Response response) throws IOException {
        response.headers().forEach(http.getResponseHeaders()::set);
        http.getResponseHeaders().set(DATE, DatedHttpClient.date(time.now()));
        long length = response.body().length();
        if (http.getRequestMethod().equals("HEAD")) {
            http.getResponseHeaders().putIfAbsent("Content-Length", List.of(Long.toString(length)));
            http.sendResponseHeaders(response.status(), -1);
            return;
        }
        http.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
        if (length > 0) {
            try (OutputStream out = http.getResponseBody()) {
                response.body().writeTo(out);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS); // what is being written is to be deleted next
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
