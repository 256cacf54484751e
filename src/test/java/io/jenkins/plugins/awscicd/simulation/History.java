package io.jenkins.plugins.awscicd.simulation;

import io.jenkins.plugins.awscicd.localaws.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What has happened in a world and what its steps have told, for people to read, with the calls by which something was changed in AWS, or was to be: of what is refused again and again the first. */
final class History {

    private static final Pattern READS =
            Pattern.compile("\\w+\\.(Describe|Get|List|BatchGet|Head|Validate|Check|Filter).*");

    private record Line(Instant at, String text) {}

    private final Instant begin;
    private final List<Line> lines = new ArrayList<>();

    History(Instant begin) {
        this.begin = begin;
    }

    void add(Instant at, String text) {
        lines.add(new Line(at, text));
    }

    /** All of it in order. AWS's calls come after what was told at the same moment. */
    List<String> with(List<Call> calls) {
        Set<String> repeated = new HashSet<>();
        return Stream.concat(
                        lines.stream(),
                        calls.stream()
                                .filter(call -> !READS.matcher(call.operation()).matches())
                                .map(call -> new Line(call.time(), inWords(call)))
                                .filter(line -> line.text().endsWith(": ok") || repeated.add(line.text())))
                .sorted(Comparator.comparing(Line::at))
                .map(line -> Duration.between(begin, line.at()).toMillis() / 1000.0 + " " + line.text())
                .toList();
    }

    private static String inWords(Call call) {
        return "          AWS: " + call.operation() + " " + call.resource() + " by " + call.accessKeyId() + " in "
                + call.region() + ": " + call.outcome();
    }
}
