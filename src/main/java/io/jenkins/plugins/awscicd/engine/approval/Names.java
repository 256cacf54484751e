package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * When two names mean the same: that is for whoever keeps the users to say.
 *
 * @param user a user's id in the form in which equal ones are equal
 * @param group the same of a group's name
 */
public record Names(
        @NonNull UnaryOperator<String> user, @NonNull UnaryOperator<String> group) {

    /** Upper and lower case are the same, as they are to Jenkins unless its users are kept elsewhere. */
    public static final Names CASE_INSENSITIVE =
            new Names(name -> name.toLowerCase(Locale.ENGLISH), name -> name.toLowerCase(Locale.ENGLISH));

    boolean sameUser(String one, String other) {
        return user.apply(one).equals(user.apply(other));
    }

    boolean sameGroup(String one, String other) {
        return group.apply(one).equals(group.apply(other));
    }
}
