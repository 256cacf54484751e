package io.jenkins.plugins.awscicd.engine.cloudformation.event;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Which events were told before a restart: all before an instant of AWS's clock, and some of that instant. */
public final class Shown {

    private final Instant reported;
    private final Set<String> reportedThen = new LinkedHashSet<>();
    private Instant last = Instant.MIN;
    private final Set<String> lastThen = new LinkedHashSet<>();

    /** @param kept as {@link #toString} gives it; empty if nothing was told */
    public Shown(String kept) {
        String[] parts = kept.split(" ");
        reported = kept.isEmpty() ? Instant.MIN : Instant.parse(parts[0]);
        reportedThen.addAll(Arrays.asList(parts).subList(1, parts.length));
    }

    public boolean isNew(@NonNull StackEvent event) {
        return event.timestamp().isAfter(reported)
                || event.timestamp().equals(reported) && !reportedThen.contains(event.eventId());
    }

    public void add(@NonNull StackEvent event) {
        if (event.timestamp().isAfter(last)) {
            last = event.timestamp();
            lastThen.clear();
        }
        if (event.timestamp().equals(last)) {
            lastThen.add(event.eventId());
        }
    }

    @Override
    public String toString() {
        return last.isBefore(reported) || last.equals(Instant.MIN)
                ? reported.equals(Instant.MIN) ? "" : reported + " " + String.join(" ", reportedThen)
                : last + " " + String.join(" ", lastThen);
    }
}
