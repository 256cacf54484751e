package io.jenkins.plugins.awscicd.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Something between the engine and AWS, by raw sockets: passes each request on, and the answer back, or says something of its own. */
public final class Relay implements AutoCloseable {

    /** Sends a request on. */
    public interface Onward {
        byte[] answer();
    }

    private final ServerSocket door;
    private final List<Socket> callers = new CopyOnWriteArrayList<>();
    private final URI aws;
    private final BiFunction<String, Onward, byte[]> answers;

    /**
     * @param aws null if nothing is behind it
     * @param answers gives the bytes that answer a request, after which the connection is closed; null for silence
     */
    public Relay(URI aws, BiFunction<String, Onward, byte[]> answers) {
        this.aws = aws;
        this.answers = answers;
        try {
            door = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        start(() -> {
            while (!door.isClosed()) {
                try {
                    Socket caller = door.accept();
                    callers.add(caller);
                    start(() -> serve(caller));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket caller) {
        try {
            InputStream in = caller.getInputStream();
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            if (head.toLowerCase(Locale.ROOT).contains("\r\nexpect: 100")) {
                caller.getOutputStream().write(raw("HTTP/1.1 100 Continue\r\n\r\n"));
            }
            int length = 0;
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).trim());
                }
            }
            byte[] body = in.readNBytes(length);
            String all = head + new String(body, StandardCharsets.ISO_8859_1);
            byte[] answer = answers.apply(all, () -> pass(head, body));
            if (answer != null) {
                caller.getOutputStream().write(closing(answer));
                caller.getOutputStream().flush();
                caller.shutdownOutput();
            }
        } catch (IOException e) {
            // gone
        }
    }

    private static byte[] closing(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1)
                .replaceFirst("\r\n", "\r\nConnection: close\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                return "";
            }
            head.write(one);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] pass(String head, byte[] body) {
        try (Socket socket = new Socket(aws.getHost(), aws.getPort())) {
            String closing = head.replaceAll("(?i)\r\n(connection|expect): [^\r]*", "")
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n");
            socket.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    public static byte[] answer(String statusAndHeaders, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return raw("HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    public static byte[] raw(String all) {
        return all.getBytes(StandardCharsets.UTF_8);
    }

    /** The head of an answer alone. */
    public static byte[] headOf(byte[] answer) {
        String all = new String(answer, StandardCharsets.ISO_8859_1);
        return all.substring(0, all.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket caller : callers) {
                caller.close();
            }
        } catch (IOException e) {
            // gone
        }
    }
}
