package io.jenkins.plugins.awscicd.localaws.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An HTTP response.
 *
 * @param outcome {@code ok} or the error code, for the record of calls
 * @param error what it refuses with; {@code null} if it does not
 */
public record Response(int status, Map<String, String> headers, Body body, String outcome, AwsError error) {

    /** What is sent after the headers. */
    public interface Body {
        /** In bytes. */
        long length();

        void writeTo(OutputStream out) throws IOException;
    }

    /** What the caller gets as what it is, without a text of it; for those who make a {@link DirectCall}. */
    public interface Members extends Body {
        /** Sets them in the builder of the SDK's response. */
        void into(SdkPojo builder);

        /** The same as they are now, whatever becomes of them. */
        Members kept();

        @Override
        default long length() {
            throw new UnsupportedOperationException("Nobody sends this");
        }

        @Override
        default void writeTo(OutputStream out) {
            throw new UnsupportedOperationException("Nobody sends this");
        }
    }

    private static final Body EMPTY = bytes(new byte[0]);

    public static Response ok(String contentType, byte[] body) {
        return new Response(200, new LinkedHashMap<>(), bytes(body), "ok", null).with("Content-Type", contentType);
    }

    /** For somebody in this process. */
    static Response members(Members members) {
        return new Response(200, new LinkedHashMap<>(), members, "ok", null);
    }

    public static Response xml(String document) {
        return ok("application/xml", document.getBytes(StandardCharsets.UTF_8));
    }

    public static Response empty(int status) {
        return new Response(status, new LinkedHashMap<>(), EMPTY, "ok", null);
    }

    /** A response that refuses. */
    public static Response error(AwsError error, String contentType, byte[] body) {
        return new Response(error.status(), new LinkedHashMap<>(), bytes(body), error.code(), error)
                .with("Content-Type", contentType);
    }

    /** Part of a file. */
    public static Response file(int status, Path file, long offset, long length) {
        return new Response(status, new LinkedHashMap<>(), part(file, offset, length), "ok", null);
    }

    /** Adds a header, unless the value is {@code null}. */
    public Response with(String header, String value) {
        if (value != null) {
            headers.put(header, value);
        }
        return this;
    }

    /** The same once more, for another request. */
    public Response again() {
        Body same = body instanceof Members members ? members.kept() : body;
        return new Response(status, new LinkedHashMap<>(headers), same, outcome, error);
    }

    /** The same, but the connection is closed when half of the body has been sent. */
    public Response torn() {
        Body half = new Body() {
            @Override
            public long length() {
                return body.length();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                body.writeTo(whole);
                out.write(whole.toByteArray(), 0, whole.size() / 2);
                out.flush();
                throw new IOException("cut on purpose");
            }
        };
        return new Response(status, headers, half, outcome, error);
    }

    private static Body bytes(byte[] content) {
        return new Body() {
            @Override
            public long length() {
                return content.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(content);
            }
        };
    }

    private static Body part(Path file, long offset, long length) {
        return new Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                try (InputStream in = Files.newInputStream(file)) {
                    in.skipNBytes(offset);
                    byte[] buffer = new byte[64 * 1024];
                    for (long left = length; left > 0; ) {
                        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                        if (count < 0) {
                            throw new IOException(file + " is shorter than its record");
                        }
                        out.write(buffer, 0, count);
                        left -= count;
                    }
                }
            }
        };
    }
}
