package io.jenkins.plugins.awscicd.localaws.logs;

import java.util.ArrayList;
import java.util.List;

/** Events that were written one by one. Guarded by its stream. */
final class WrittenSection implements LogSection {

    private final List<LogEvent> events = new ArrayList<>();

    void add(LogEvent event) {
        events.add(event);
    }

    @Override
    public int size(long millis) {
        int low = 0;
        int high = events.size();
        // Mostly everything is there: look at the last before searching.
        if (high == 0 || events.get(high - 1).ingested() <= millis) {
            return high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).ingested() <= millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public LogEvent event(int index) {
        return events.get(index);
    }
}
