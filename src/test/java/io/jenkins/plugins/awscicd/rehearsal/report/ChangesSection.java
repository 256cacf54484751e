package io.jenkins.plugins.awscicd.rehearsal.report;

import io.jenkins.plugins.awscicd.engine.cloudformation.PropertyChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.changeset.ChangeTable;
import java.util.List;

/** What a change set does, as a table in which what may hurt comes first. */
final class ChangesSection {

    private static final int MOST_RESOURCES = 100;

    private ChangesSection() {}

    static void write(Html page, List<ResourceChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        page.raw("<div class=\"wide\"><table class=\"changes\"><caption>Change set: ")
                .text(ChangeTable.inWords(changes))
                .raw("</caption><tbody>");
        ChangeTable.sorted(changes).stream().limit(MOST_RESOURCES).forEach(change -> row(page, change));
        page.raw("</tbody></table></div>");
        if (changes.size() > MOST_RESOURCES) {
            page.element("p", "why", "and " + (changes.size() - MOST_RESOURCES) + " more");
        }
    }

    private static void row(Html page, ResourceChange change) {
        String verb = verb(change);
        page.raw("<tr class=\"" + tone(verb) + "\"><td class=\"verb\">")
                .text(verb)
                .raw("</td><td>");
        page.element("b", "", change.getLogicalId()).raw(" ").element("small", "", change.getType());
        if (!change.getAction().equals("Add") && !change.getAction().equals("Remove")) {
            change.getProperties().forEach(property -> property(page, property));
        }
        page.raw("</td></tr>");
    }

    private static String verb(ResourceChange change) {
        return switch (change.getReplacement()) {
            case "True" -> "replace";
            case "Conditional" -> "replace?";
            default ->
                switch (change.getAction()) {
                    case "Add" -> "add";
                    case "Remove" -> "remove";
                    case "Import" -> "import";
                    default -> "change";
                };
        };
    }

    private static String tone(String verb) {
        return switch (verb) {
            case "replace", "remove" -> "bad";
            case "replace?" -> "shaky";
            case "add", "import" -> "good";
            default -> "stopped";
        };
    }

    private static void property(Html page, PropertyChange property) {
        page.raw("<div class=\"property\">").text(property.getName());
        if (property.getBefore() != null || property.getAfter() != null) {
            page.raw(" ");
            value(page, "del", property.getBefore(), property.getAfter());
            page.raw(property.getBefore() != null && property.getAfter() != null ? " → " : "");
            value(page, "ins", property.getAfter(), property.getBefore());
        }
        String replaces =
                switch (property.getRecreation()) {
                    case "Always" -> "replaces it";
                    case "Conditionally" -> "may replace it";
                    default -> "";
                };
        if (!replaces.isEmpty()) {
            page.raw(" ").element("em", "", replaces);
        }
        if (!property.getCause().isEmpty()) {
            page.raw(" ").element("small", "", "from " + property.getCause());
        }
        page.raw("</div>");
    }

    private static void value(Html page, String element, String value, String other) {
        if (value != null) {
            page.element(element, "", ChangeTable.shown(value, other));
        }
    }
}
