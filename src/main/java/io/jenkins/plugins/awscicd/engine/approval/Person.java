package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.List;

/**
 * Who answers, as known to whoever has checked the person's login.
 *
 * @param id the user's id; null if it is not known, as for somebody who has not logged in
 * @param groups the groups that the person is in
 * @param permitted whether the person may answer where no approvers are named
 * @param administrator whether the person administers the controller
 */
public record Person(
        @CheckForNull String id, @NonNull Collection<String> groups, boolean permitted, boolean administrator) {

    public Person {
        groups = List.copyOf(groups);
    }

    /** How the person is called in sentences. */
    @NonNull
    String name() {
        return id == null ? "Somebody who is not logged in" : id;
    }
}
