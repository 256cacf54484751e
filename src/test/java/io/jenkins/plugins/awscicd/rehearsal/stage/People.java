package io.jenkins.plugins.awscicd.rehearsal.stage;

import io.jenkins.plugins.awscicd.engine.approval.Person;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who takes part in a delivery.
 *
 * @param starter who has started it
 * @param approvers who answers questions, in this order; empty if nobody is named
 * @param comment what they say with it; null for nothing
 */
public record People(String starter, List<Person> approvers, String comment) {

    public People {
        approvers = List.copyOf(approvers);
    }

    /** With one more who answers. */
    public People with(Person approver) {
        List<Person> more = new ArrayList<>(approvers);
        more.add(approver);
        return new People(starter, more, comment);
    }

    /** Started by somebody else. */
    public People startedBy(String user) {
        return new People(user, approvers, comment);
    }

    /** Saying something with each answer. */
    public People saying(String text) {
        return new People(starter, approvers, text);
    }

    /**
     * @param text such as {@code bob}, or {@code bob:release-managers,ops} with groups that the user is in
     * @throws IllegalArgumentException if it names nobody
     */
    public static Person person(String text) {
        String[] parts = text.split(":", 2);
        String user = parts[0].strip();
        if (user.isEmpty() || user.matches(".*[\\s,].*")) {
            throw new IllegalArgumentException("'" + text
                    + "' names nobody; write a user, or USER:GROUP,GROUP with the groups that the user is in");
        }
        List<String> groups = parts.length < 2
                ? List.of()
                : Arrays.stream(parts[1].split(","))
                        .map(String::strip)
                        .filter(group -> !group.isEmpty())
                        .toList();
        return new Person(user, groups, true, false);
    }
}
