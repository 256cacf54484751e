package io.jenkins.plugins.awscicd.localaws.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Takes {@code aws-chunked} apart: chunks with their size in hexadecimal, perhaps signed, then trailing headers such as a checksum
 * ("Signature calculations: transferring payload in multiple chunks" in the S3 API reference). Signatures are not checked.
 */
final class ChunkedBody extends InputStream {

    private final InputStream in;
    private final Map<String, String> trailers = new HashMap<>();
    private long left;
    private boolean first = true;
    private boolean end;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    /** The trailing headers, names in lower case; complete once the body has been read. */
    Map<String, String> trailers() {
        return trailers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !end) {
            nextChunk();
        }
        if (end) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The body ends within a chunk");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (!first) {
            line();
        }
        first = false;
        String head = line();
        int semicolon = head.indexOf(';');
        try {
            left = Long.parseLong((semicolon < 0 ? head : head.substring(0, semicolon)).trim(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("No chunk size: " + head, e);
        }
        if (left == 0) {
            end = true;
            readTrailers();
        }
    }

    private void readTrailers() throws IOException {
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                trailers.put(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
    }

    /** A line without its end; empty at the end of the stream. */
    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (text.length() > 8192) {
                throw new IOException("A chunk head of more than 8 KB");
            }
            text.append((char) b);
        }
        int length = text.length();
        return length > 0 && text.charAt(length - 1) == '\r' ? text.substring(0, length - 1) : text.toString();
    }
}
