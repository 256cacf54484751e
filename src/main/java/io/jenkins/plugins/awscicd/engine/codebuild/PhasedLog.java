package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A build's log and its phases, printed in the order in which they happened: AWS reports the phases by one way and the log by another, and
 * either may be late. The log says itself which phase it enters and which is complete. What it says after entering a phase is held until
 * AWS has reported the end of the phase before, and a phase that the log is still in is held until the log has left it, but neither for
 * long.
 */
final class PhasedLog {

    /** Always over at once, or not worth a line. */
    private static final Set<String> UNREPORTED = Set.of("SUBMITTED", "COMPLETED");
    /** Those of which the log tells. */
    private static final Set<String> IN_LOG =
            Set.of("DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD", "UPLOAD_ARTIFACTS");

    private static final Pattern ENTERING =
            Pattern.compile("\\[Container] \\S+ \\S+ (?:Entering phase|Phase is) (\\w+)\\s*");
    private static final Pattern COMPLETE = Pattern.compile("\\[Container] \\S+ \\S+ Phase complete: (\\w+) .*\\s*");
    /** In which phase a log begins. */
    private static final String FIRST = "PROVISIONING";

    /** So many messages are not held, whatever the phases are. */
    private static final int MOST_HELD = 2000;
    /** How often the log is looked at again in vain before what is held of it is printed. */
    private static final int MOST_LOOKS = 2;
    /** How long after its end a phase may wait for the log to leave it. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private record Page(List<String> messages, String next) {}

    private final JobConsole console;
    private final Supplier<Instant> awsTime;
    private final Deque<Page> pages = new ArrayDeque<>();
    private final Set<String> complete = new HashSet<>();

    /** Behind the last page that was printed; null at the log's beginning. */
    private String token;
    /** How many messages of the first page are printed. */
    private int printed;
    /** How many phases are printed. */
    private int reported;

    private List<BuildSnapshot.Phase> phases = List.of();
    private boolean marked;
    private int looks;

    /**
     * @param token where an earlier reader stopped; null for the log's beginning
     * @param printed how many messages after it that reader has printed
     * @param reported how many phases it has
     */
    PhasedLog(JobConsole console, Supplier<Instant> awsTime, @CheckForNull String token, int printed, int reported) {
        this.console = console;
        this.awsTime = awsTime;
        this.token = token;
        this.printed = printed;
        this.reported = reported;
    }

    @CheckForNull
    String token() {
        return token;
    }

    int printed() {
        return printed;
    }

    int reported() {
        return reported;
    }

    /** AWS reports these phases. */
    void phases(@NonNull List<BuildSnapshot.Phase> now) {
        phases = now;
        looks = 0;
        printHeld();
    }

    void page(@NonNull List<String> messages, @NonNull String next) {
        pages.add(new Page(messages, next));
        printHeld();
        if (pages.stream().mapToInt(page -> page.messages().size()).sum() - printed > MOST_HELD) {
            printAll();
        }
        reportLeft();
    }

    /** The log has nothing more at the moment. */
    void caughtUp() {
        if (!pages.isEmpty() && ++looks >= MOST_LOOKS) {
            printAll();
        }
        reportLeft();
    }

    /** Nothing more is to be waited for: prints all that there is, in the best order. */
    void close() {
        printAll();
        reportOver();
    }

    /** The log is read from its beginning again. */
    void again() {
        printAll();
        token = null;
        printed = 0;
    }

    /** The phases that are over, whatever the log says. */
    void reportOver() {
        while (reported < phases.size() && phases.get(reported).took() != null) {
            report(phases.get(reported++));
        }
    }

    /** The phases that are over and that the log has left. */
    private void reportLeft() {
        while (pages.isEmpty()
                && reported < phases.size()
                && phases.get(reported).took() != null
                && isLeft(phases.get(reported))) {
            report(phases.get(reported++));
        }
    }

    private boolean isLeft(BuildSnapshot.Phase phase) {
        if (!marked || !IN_LOG.contains(phase.type()) || complete.contains(phase.type())) {
            return true;
        }
        Instant start = phase.start();
        Duration took = phase.took();
        return start == null
                || took == null
                || awsTime.get().isAfter(start.plus(took).plus(LATE));
    }

    private void printAll() {
        while (!pages.isEmpty()) {
            Page page = pages.peek();
            print(page, page.messages().size());
            looks = 0;
        }
    }

    private void printHeld() {
        while (!pages.isEmpty()) {
            Page page = pages.peek();
            int end = Math.min(printed, page.messages().size());
            boolean held = false;
            while (!held && end < page.messages().size()) {
                String entered = entered(page.messages().get(end), token == null && end == 0);
                if (entered != null) {
                    print(page, end);
                    held = !reportBefore(entered);
                }
                end += held ? 0 : 1;
            }
            print(page, end);
            if (held) {
                return;
            }
        }
    }

    @CheckForNull
    private static String entered(String message, boolean first) {
        Matcher entering = ENTERING.matcher(message);
        return entering.matches() ? entering.group(1) : first ? FIRST : null;
    }

    /** Whether all phases before this one are reported. */
    private boolean reportBefore(String type) {
        int at = reported;
        while (at < phases.size() && !phases.get(at).type().equals(type)) {
            at++;
        }
        boolean passed = phases.subList(0, Math.min(reported, phases.size())).stream()
                .anyMatch(phase -> phase.type().equals(type));
        if (!passed && at == phases.size()) {
            return false;
        }
        while (!passed && reported < at) {
            report(phases.get(reported++));
        }
        return true;
    }

    /** Prints a page's messages up to this one, and leaves the page behind if that was all. */
    private void print(Page page, int end) {
        if (end > printed) {
            List<String> messages = page.messages().subList(printed, end);
            console.raw(messages);
            messages.forEach(this::read);
            printed = end;
        }
        if (end == page.messages().size()) {
            pages.remove();
            token = page.next();
            printed = 0;
        }
    }

    private void read(String message) {
        marked |= ENTERING.matcher(message).matches();
        Matcher left = COMPLETE.matcher(message);
        if (left.matches()) {
            complete.add(left.group(1));
        }
    }

    private void report(BuildSnapshot.Phase phase) {
        Duration took = phase.took();
        if (took != null && !UNREPORTED.contains(phase.type())) {
            String line = String.format("%-16s %9s", phase.type(), Durations.inWords(took));
            console.line(phase.failed() ? line + "  " + phase.status() : line);
        }
    }
}
