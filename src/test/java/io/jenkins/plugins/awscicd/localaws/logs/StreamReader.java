package io.jenkins.plugins.awscicd.localaws.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Cuts a stream into pages as GetLogEvents does: at most 10,000 events and 1 MB in one; at the end the token that was sent comes back;
 * pages may be empty before the end.
 */
final class StreamReader {

    /** Of a page, in bytes. */
    private static final int PAGE_BYTES = 1024 * 1024;
    /** What an event counts beside its message, in bytes ("PutLogEvents" says 26). */
    private static final int EVENT_OVERHEAD = 26;

    record Page(List<LogEvent> events, PageToken forward, PageToken backward) {}

    private final LogStream stream;
    private final int visible;
    private final int limit;
    private final int emptyPages;
    private final int first;
    private final int end;

    /**
     * @param visible how many events can be read now
     * @param startTime inclusive, milliseconds
     * @param endTime exclusive, milliseconds
     */
    StreamReader(LogStream stream, int visible, int limit, int emptyPages, long startTime, long endTime) {
        this.stream = stream;
        this.visible = visible;
        this.limit = limit;
        this.emptyPages = emptyPages;
        first = startTime == 0 ? 0 : indexAt(startTime);
        end = endTime == Long.MAX_VALUE ? visible : indexAt(endTime);
    }

    /** @param token {@code null} for the first page */
    Page read(PageToken token, boolean fromHead) {
        if (token == null) {
            return fromHead ? forwards(new PageToken(true, first, 0)) : backwards(new PageToken(false, end, 0), true);
        }
        return token.forward() ? forwards(token) : backwards(token, false);
    }

    private Page forwards(PageToken token) {
        int from = Math.max(first, token.index());
        PageToken back = new PageToken(false, from, 0);
        if (from >= end) {
            return new Page(List.of(), token, back);
        }
        if (token.hop() < emptyPages) {
            return new Page(List.of(), new PageToken(true, from, token.hop() + 1), back);
        }
        List<LogEvent> events = new ArrayList<>();
        int bytes = 0;
        for (LogEvent event : stream.events(from, Math.min(end, from + limit))) {
            bytes += bytes(event);
            if (bytes > PAGE_BYTES && !events.isEmpty()) {
                break;
            }
            events.add(event);
        }
        return new Page(events, new PageToken(true, from + events.size(), 0), back);
    }

    private Page backwards(PageToken token, boolean firstPage) {
        int to = Math.min(token.index(), Math.max(first, end));
        PageToken forward = new PageToken(true, to, 0);
        if (to <= first) {
            return new Page(List.of(), forward, firstPage ? new PageToken(false, to, 0) : token);
        }
        List<LogEvent> events = new ArrayList<>();
        int bytes = 0;
        List<LogEvent> candidates = stream.events(Math.max(first, to - limit), to);
        for (int i = candidates.size() - 1; i >= 0; i--) {
            bytes += bytes(candidates.get(i));
            if (bytes > PAGE_BYTES && !events.isEmpty()) {
                break;
            }
            events.add(candidates.get(i));
        }
        Collections.reverse(events);
        return new Page(events, forward, new PageToken(false, to - events.size(), 0));
    }

    /** The index of the first event that is not before a time. */
    private int indexAt(long timestamp) {
        int low = 0;
        int high = visible;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stream.event(middle).timestamp() < timestamp) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int bytes(LogEvent event) {
        return event.message().getBytes(StandardCharsets.UTF_8).length + EVENT_OVERHEAD;
    }
}
