package io.jenkins.plugins.awscicd.localaws;

import java.time.Instant;

/**
 * One API call that local AWS has answered, or refused.
 *
 * @param time when it came in, simulated
 * @param operation service and operation, such as {@code CodeBuild.StartBuild}
 * @param resource what it was about: the project, the ids, the bucket and key, …; empty when nothing can be named
 * @param accessKeyId who signed it; {@code null} when it was not signed
 * @param region the region of its credential scope; {@code null} when it was not signed
 * @param userAgent the client's user agent; empty when it sent none
 * @param outcome {@code ok}, the error code, or {@code cut} for a connection that was closed without an answer
 */
public record Call(
        Instant time,
        String operation,
        String resource,
        String accessKeyId,
        String region,
        String userAgent,
        String outcome) {

    public boolean ok() {
        return outcome.equals("ok");
    }
}
