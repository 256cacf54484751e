package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.logs.LogEvent;
import io.jenkins.plugins.awscicd.localaws.logs.LogSection;

/**
 * The numbered lines of a simulated build, made up when they are read. Line {@code i} of {@code n} comes when {@code (i + 1) / n} of
 * the time is over, so the last comes at the end.
 */
final class SimulatedLines implements LogSection {

    private final long begin;
    private final long length;
    private final int total;
    private final int lineLength;
    private volatile int count;

    /**
     * @param begin of the time over which the lines come, milliseconds since the epoch
     * @param length of that time in milliseconds; 0 for lines of one timestamp
     * @param lineLength in characters, without the line end; lines are never shorter than their number
     */
    SimulatedLines(long begin, long length, int count, int lineLength) {
        this.begin = begin;
        this.length = length;
        this.count = count;
        total = count;
        this.lineLength = lineLength;
    }

    /** No more lines come. */
    void end(long millis) {
        count = size(millis);
    }

    @Override
    public int size(long millis) {
        if (millis == Long.MAX_VALUE || millis >= begin + length) {
            return count;
        }
        return millis <= begin ? 0 : (int) Math.min(count, (millis - begin) * total / length);
    }

    @Override
    public LogEvent event(int index) {
        long time = begin + ((index + 1L) * length + total - 1) / total;
        StringBuilder text = new StringBuilder(Math.max(lineLength, 12) + 1).append("line ");
        String number = Integer.toString(index + 1);
        text.append("0".repeat(Math.max(0, 6 - number.length()))).append(number);
        if (text.length() < lineLength) {
            text.append(' ');
            while (text.length() < lineLength) {
                text.append((char) ('a' + text.length() % 26));
            }
        }
        return new LogEvent(time, time, text.append('\n').toString());
    }
}
