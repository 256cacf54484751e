package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.PropertyChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a change set does, for a person to judge: what may hurt comes first. */
public final class ChangeTable {

    /** Longer values are cut. */
    private static final int LONGEST_VALUE = 80;

    /** What AWS shows of what it finds out only when the change set is executed. */
    private static final String KNOWN_LATER = "{{changeSet:KNOWN_AFTER_APPLY}}";

    /** How much is shown before and behind what differs. */
    private static final int CONTEXT = 20;

    private static final int MOST_PROPERTIES = 12;
    private static final int MOST_RESOURCES = 200;

    /** Who may do what, and who reaches what. */
    private static final Pattern GUARDS = Pattern.compile(
            "AWS::IAM::.*|AWS::EC2::SecurityGroup.*|AWS::EC2::NetworkAcl.*|AWS::KMS::.*|AWS::Lambda::Permission|.*Policy");

    /** In the order in which they are shown. */
    enum Group {
        REPLACED("replaced", "! replace"),
        REMOVED("removed", "- remove"),
        GUARDS("with changed permissions", "~"),
        UNDECIDED("possibly replaced", "? maybe"),
        CHANGED("changed", "~ change"),
        ADDED("added", "+ add"),
        IMPORTED("imported", "< import");

        private final String words;
        private final String mark;

        Group(String words, String mark) {
            this.words = words;
            this.mark = mark;
        }

        String inWords() {
            return words;
        }

        static Group of(ResourceChange change) {
            if (change.replaces()) {
                return REPLACED;
            }
            if (change.getAction().equals("Remove")) {
                return REMOVED;
            }
            if (ChangeTable.GUARDS.matcher(change.getType()).matches()) {
                return GUARDS;
            }
            return byAction(change);
        }

        static Group byAction(ResourceChange change) {
            return switch (change.getAction()) {
                case "Add" -> ADDED;
                case "Import" -> IMPORTED;
                case "Dynamic" -> UNDECIDED;
                case "Remove" -> REMOVED;
                default -> CHANGED;
            };
        }
    }

    private ChangeTable() {}

    /** What it does, in a few words, such as {@code 1 replaced, 2 changed}. */
    @NonNull
    public static String inWords(@NonNull List<ResourceChange> changes) {
        Map<Group, Long> counts =
                changes.stream().collect(Collectors.groupingBy(Group::of, TreeMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "no resource changes"
                : counts.entrySet().stream()
                        .map(it -> it.getValue() + " " + it.getKey().inWords())
                        .collect(Collectors.joining(", "));
    }

    /** What may hurt first. */
    @NonNull
    public static List<ResourceChange> sorted(@NonNull List<ResourceChange> changes) {
        return changes.stream()
                .sorted(Comparator.comparing(Group::of)) // stable: within a group as AWS has them
                .toList();
    }

    /** A line for each resource, and below it one for each property that is changed. */
    @NonNull
    public static List<String> lines(@NonNull List<ResourceChange> changes) {
        List<ResourceChange> sorted = sorted(changes);
        int width = sorted.stream()
                .limit(MOST_RESOURCES)
                .mapToInt(change -> change.getLogicalId().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (ResourceChange change : sorted.subList(0, Math.min(sorted.size(), MOST_RESOURCES))) {
            lines.add(line(change, Math.min(width, 48)));
            if (!change.getAction().equals("Add") && !change.getAction().equals("Remove")) {
                properties(change, lines);
            }
        }
        if (sorted.size() > MOST_RESOURCES) {
            lines.add("  and " + (sorted.size() - MOST_RESOURCES) + " more");
        }
        return lines;
    }

    private static String line(ResourceChange change, int width) {
        Group group = Group.of(change);
        String mark = group == Group.GUARDS ? Group.byAction(change).mark : group.mark;
        String said = change.getReplacement().equals("Conditional") ? "may be replaced" : policy(change);
        return String.format("  %-9s  %-" + Math.max(1, width) + "s  %s", mark, change.getLogicalId(), change.getType())
                + (change.getPhysicalId().isEmpty() || change.getPhysicalId().startsWith("arn:")
                        ? ""
                        : " " + change.getPhysicalId())
                + (said.isEmpty() ? "" : ", " + said);
    }

    private static String policy(ResourceChange change) {
        return switch (change.getPolicyAction()) {
            case "Retain" -> "which is retained";
            case "Snapshot" -> "after a snapshot";
            case "ReplaceAndRetain" -> "the old one is retained";
            case "ReplaceAndSnapshot" -> "after a snapshot of the old one";
            default -> "";
        };
    }

    private static void properties(ResourceChange change, List<String> lines) {
        List<PropertyChange> properties = change.getProperties();
        for (PropertyChange property : properties.subList(0, Math.min(properties.size(), MOST_PROPERTIES))) {
            lines.add("               " + property.getName() + value(property)
                    + switch (property.getRecreation()) {
                        case "Always" -> " (replaces it)";
                        case "Conditionally" -> " (may replace it)";
                        default -> "";
                    }
                    + (property.getCause().isEmpty() ? "" : ", from " + property.getCause()));
        }
        if (properties.size() > MOST_PROPERTIES) {
            lines.add("               and " + (properties.size() - MOST_PROPERTIES) + " more");
        }
    }

    private static String value(PropertyChange property) {
        String before = property.getBefore();
        String after = property.getAfter();
        if (before == null && after == null) {
            return "";
        }
        String shownBefore = shown(before, after);
        String shownAfter = shown(after, before);
        return before == null
                ? ": " + shownAfter
                : after == null ? ": " + shownBefore + " is removed" : ": " + shownBefore + " \u2192 " + shownAfter;
    }

    /**
     * A value of a property in one line, not longer than people read: of a long one the part in which it is not as the other one.
     *
     * @param value null if there is none
     * @param other null if there is none
     */
    @NonNull
    public static String shown(@CheckForNull String value, @CheckForNull String other) {
        String line = line(value);
        String otherLine = line(other);
        if (other == null || line.length() <= LONGEST_VALUE && otherLine.length() <= LONGEST_VALUE) {
            return cut(line);
        }
        int same = 0;
        while (same < Math.min(line.length(), otherLine.length()) && line.charAt(same) == otherLine.charAt(same)) {
            same++;
        }
        int rest = 0;
        while (rest < Math.min(line.length(), otherLine.length()) - same
                && line.charAt(line.length() - 1 - rest) == otherLine.charAt(otherLine.length() - 1 - rest)) {
            rest++;
        }
        int from = Math.max(0, same - CONTEXT);
        int to = Math.min(line.length(), line.length() - rest + CONTEXT);
        String part = cut(line.substring(from, to));
        return (from > 0 ? "…" : "") + part + (to < line.length() && !part.endsWith("…") ? "…" : "");
    }

    private static String line(@CheckForNull String value) {
        return String.valueOf(value).strip().replaceAll("\\s+", " ").replace(KNOWN_LATER, "(known afterwards)");
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "…";
    }
}
