package io.jenkins.plugins.awscicd.localaws.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to a server on which its answers are dated by another clock: the JDK's HTTP server dates them by the machine's and lets nobody
 * else do so. One request for each connection.
 */
public final class OtherClock implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern DATE = Pattern.compile("(?im)^date:[^\r\n]*");
    private static final Pattern CONNECTION = Pattern.compile("(?im)^connection:[^\r\n]*");

    private final ServerSocket door;
    private final URI server;
    private final Duration ahead;

    /** @param ahead how far the clock is ahead of this machine's */
    public OtherClock(URI server, Duration ahead) throws IOException {
        this.server = server;
        this.ahead = ahead;
        door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::serve, "local-aws-other-clock");
        thread.setDaemon(true);
        thread.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket client = door.accept();
                    Socket behind = new Socket(server.getHost(), server.getPort())) {
                behind.getOutputStream().write(request(client.getInputStream()));
                client.getOutputStream().write(redated(behind.getInputStream().readAllBytes()));
            } catch (IOException e) {
                // the client sees a connection that is cut
            }
        }
    }

    private static byte[] request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The request has no end");
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return joined(CONNECTION.matcher(text).replaceFirst("Connection: close"), body);
    }

    private byte[] redated(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(ahead).atZone(ZoneOffset.UTC));
        return joined(DATE.matcher(text).replaceFirst("Date: " + date + "\r\nConnection: close"), new byte[0]);
    }

    private static byte[] joined(String head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
