package io.jenkins.plugins.awscicd.localaws.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unstructured filter patterns of FilterLogEvents: terms that must all occur, {@code "quoted terms"}, {@code -excluded} ones and
 * {@code ?either ?or} ("Filter pattern syntax" in the user guide). JSON and space-delimited patterns are not offered.
 */
record FilterPattern(List<String> all, List<String> none, List<String> any) {

    private static final Pattern TERM = Pattern.compile("([-?]?)(?:\"([^\"]*)\"|(\\S+))");

    static FilterPattern parse(String text) {
        FilterPattern pattern = new FilterPattern(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Matcher matcher = TERM.matcher(text);
        while (matcher.find()) {
            String term = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            switch (matcher.group(1)) {
                case "-" -> pattern.none.add(term);
                case "?" -> pattern.any.add(term);
                default -> pattern.all.add(term);
            }
        }
        return pattern;
    }

    boolean fits(String message) {
        return all.stream().allMatch(message::contains)
                && none.stream().noneMatch(message::contains)
                && (any.isEmpty() || any.stream().anyMatch(message::contains));
    }
}
