package io.jenkins.plugins.awscicd.engine.artifact;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Gives out generated content as S3 does, in ranges, and breaks off after each so many bytes of it, or falls silent. */
public final class BrokenServer implements AutoCloseable {

    public static final String TAG = "\"0123456789abcdef\"";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long size;
    private final long breakAfter;
    private final boolean silent;
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private volatile String tag = TAG;

    /** @param silent whether it says nothing more, instead of closing the connection */
    public BrokenServer(long size, long breakAfter, boolean silent) throws IOException {
        this.size = size;
        this.breakAfter = breakAfter;
        this.silent = silent;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The byte at a place. */
    public static byte at(long place) {
        return (byte) (place * 31 + (place >> 16));
    }

    public SignedRequest address() {
        return new SignedRequest("http://127.0.0.1:" + server.getAddress().getPort() + "/web.zip", Map.of());
    }

    List<String> ranges() {
        return List.copyOf(ranges);
    }

    void replaceAfterFirst() {
        tag = null;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        String now = tag == null ? (ranges.size() == 1 ? TAG : "\"other\"") : tag;
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        if (match != null && !match.equals(now)) {
            exchange.sendResponseHeaders(412, -1);
            exchange.close();
            return;
        }
        long from = range == null ? 0 : Long.parseLong(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders().add("ETag", now);
        exchange.sendResponseHeaders(range == null ? 200 : 206, size - from);
        OutputStream out = exchange.getResponseBody();
        byte[] buffer = new byte[1 << 16];
        long until = breakAfter == 0 ? size : Math.min(size, from + breakAfter);
        for (long place = from; place < until; ) {
            int count = (int) Math.min(buffer.length, until - place);
            for (int i = 0; i < count; i++) {
                buffer[i] = at(place + i);
            }
            out.write(buffer, 0, count);
            place += count;
        }
        out.flush();
        if (until < size && silent) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
