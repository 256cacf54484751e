package io.jenkins.plugins.awscicd.engine.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of the week in which nothing is deployed, such as {@code Fri 16:00 - Mon 06:00 Europe/Berlin} or
 * {@code Mon-Fri 11:30-13:00 UTC; daily 23:00-01:00 UTC}. Hours are those of the wall clock in their time zone.
 *
 * @param windows in the order in which they are written
 */
public record ClosedHours(@NonNull List<Window> windows) {

    private static final Texts TEXTS = Texts.of(ClosedHours.class);

    /**
     * Hours that belong together.
     *
     * @param text as it is written
     * @param days in minutes since the beginning of Monday: where a stretch begins, and where it ends; the end may come first, when
     *     the week's end is in between
     */
    record Window(
            @NonNull String text,
            @NonNull ZoneId zone,
            @NonNull List<Stretch> days) {

        boolean contains(Instant when) {
            ZonedDateTime there = when.atZone(zone);
            int minute = (there.getDayOfWeek().ordinal() * 24 + there.getHour()) * 60 + there.getMinute();
            return days.stream().anyMatch(stretch -> stretch.contains(minute));
        }
    }

    record Stretch(int from, int to) {

        boolean contains(int minute) {
            return from < to ? from <= minute && minute < to : from <= minute || minute < to;
        }
    }

    /** What is longer was not typed by anybody, and expressions below take their time with it. */
    private static final int LONGEST = 4_000;

    private static final int LONGEST_WINDOW = 200;
    private static final int DAY = 24 * 60;
    private static final int WEEK = 7 * DAY;
    private static final String NAME = "([A-Za-z]{3,9})";
    private static final String TIME = "(\\d{1,2}):(\\d{2})";
    private static final Pattern SPAN =
            Pattern.compile(NAME + "\\s+" + TIME + "\\s*[-–]\\s*" + NAME + "\\s+" + TIME + "\\s+(\\S+)");
    private static final Pattern DAYS =
            Pattern.compile("([A-Za-z,\\s–-]+?)\\s+" + TIME + "\\s*[-–]\\s*" + TIME + "\\s+(\\S+)");

    public ClosedHours {
        windows = List.copyOf(windows);
    }

    /**
     * Reads hours, separated by semicolons or line ends.
     *
     * @param text null for none; at most 4,000 characters, and 200 for each
     * @throws IllegalArgumentException saying what is wrong
     */
    @NonNull
    public static ClosedHours of(@CheckForNull String text) {
        if (text != null && text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    TEXTS.get("hours", String.valueOf(text.length()), String.valueOf(LONGEST)));
        }
        return new ClosedHours(
                text == null
                        ? List.of()
                        : Arrays.stream(text.split("[;\\n]"))
                                .map(String::strip)
                                .filter(window -> !window.isEmpty())
                                .map(ClosedHours::window)
                                .toList());
    }

    /** The hours that an instant lies in, as they are written; empty if it lies in none. */
    @NonNull
    public Optional<String> closedAt(@NonNull Instant when) {
        return windows.stream()
                .filter(window -> window.contains(when))
                .map(Window::text)
                .findFirst();
    }

    /** When it opens or closes next, to the minute; empty if it never does. Takes a moment, so it is for forms. */
    @NonNull
    public Optional<Instant> changesAfter(@NonNull Instant when) {
        boolean closed = closedAt(when).isPresent();
        Instant minute = when.truncatedTo(ChronoUnit.MINUTES);
        for (int i = 0; i <= WEEK + DAY && !windows.isEmpty(); i++) { // clocks may be put forward or back in between
            minute = minute.plus(1, ChronoUnit.MINUTES);
            if (closedAt(minute).isPresent() != closed) {
                return Optional.of(minute);
            }
        }
        return Optional.empty();
    }

    /** The time zone of the first hours; UTC if there are none. */
    @NonNull
    public ZoneId zone() {
        return windows.isEmpty() ? ZoneOffset.UTC : windows.get(0).zone();
    }

    private static Window window(String text) {
        if (text.length() > LONGEST_WINDOW) {
            throw new IllegalArgumentException(TEXTS.get(
                    "window", text.substring(0, 40), String.valueOf(text.length()), String.valueOf(LONGEST_WINDOW)));
        }
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            int from = day(span.group(1)).ordinal() * DAY + minutes(span.group(2), span.group(3));
            int to = day(span.group(4)).ordinal() * DAY + minutes(span.group(5), span.group(6));
            if (from % WEEK == to % WEEK) {
                throw new IllegalArgumentException(TEXTS.get("empty", text));
            }
            return new Window(text, zone(span.group(7)), List.of(new Stretch(from % WEEK, to)));
        }
        Matcher daily = DAYS.matcher(text);
        if (!daily.matches()) {
            throw new IllegalArgumentException(TEXTS.get("unknown", text));
        }
        int from = minutes(daily.group(2), daily.group(3));
        int to = minutes(daily.group(4), daily.group(5));
        if (from == to) {
            throw new IllegalArgumentException(TEXTS.get("emptyDay", text));
        }
        List<Stretch> stretches = new ArrayList<>();
        for (DayOfWeek day : days(daily.group(1))) {
            int midnight = day.ordinal() * DAY;
            int end = midnight + (to > from ? to : to + DAY);
            stretches.add(new Stretch(midnight + from, end > WEEK ? end - WEEK : end));
        }
        return new Window(text, zone(daily.group(6)), stretches);
    }

    private static Collection<DayOfWeek> days(String text) {
        if (text.strip().equalsIgnoreCase("daily")) {
            return List.of(DayOfWeek.values());
        }
        Collection<DayOfWeek> days = new TreeSet<>();
        for (String part : text.split(",")) {
            String[] ends = part.strip().split("\\s*[-–]\\s*");
            if (ends.length > 2) {
                throw new IllegalArgumentException(TEXTS.get("days", part.strip()));
            }
            DayOfWeek day = day(ends[0]);
            DayOfWeek last = day(ends[ends.length - 1]);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String name) {
        String lower = name.strip().toLowerCase(Locale.ENGLISH);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> lower.length() >= 3
                        && day.name().toLowerCase(Locale.ENGLISH).startsWith(lower))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(TEXTS.get("day", name.strip())));
    }

    private static int minutes(String hours, String minutes) {
        int total = Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
        if (Integer.parseInt(minutes) > 59 || total > DAY) {
            throw new IllegalArgumentException(TEXTS.get("time", hours + ":" + minutes));
        }
        return total;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(TEXTS.get("zone", name), e);
        }
    }

    @Override
    public String toString() {
        return String.join("; ", windows.stream().map(Window::text).toList());
    }
}
