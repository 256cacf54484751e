package io.jenkins.plugins.awscicd.localaws.logs;

/**
 * One event of a log stream.
 *
 * @param timestamp milliseconds since the epoch, as the writer said
 * @param ingested milliseconds since the epoch, when CloudWatch Logs took it in
 */
public record LogEvent(long timestamp, long ingested, String message) {}
