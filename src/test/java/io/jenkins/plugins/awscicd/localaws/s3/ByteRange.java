package io.jenkins.plugins.awscicd.localaws.s3;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an object.
 *
 * @param first byte, inclusive
 * @param last byte, inclusive
 */
record ByteRange(long first, long last) {

    private static final Pattern HEADER = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** @return {@code null} for the whole, also where the header makes no sense: S3 ignores it then */
    static ByteRange parse(String header, long size) throws AwsError {
        Matcher matcher = HEADER.matcher(header == null ? "" : header);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return null;
        }
        long first;
        long last = size - 1;
        if (matcher.group(1).isEmpty()) {
            first = Math.max(0, size - Long.parseLong(matcher.group(2)));
        } else {
            first = Long.parseLong(matcher.group(1));
            if (!matcher.group(2).isEmpty()) {
                last = Math.min(last, Long.parseLong(matcher.group(2)));
            }
        }
        if (first > last) {
            throw new AwsError(416, "InvalidRange", "The requested range is not satisfiable");
        }
        return new ByteRange(first, last);
    }

    long length() {
        return last - first + 1;
    }
}
