package io.jenkins.plugins.awscicd.engine.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.net.URL;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What people write in a script, whatever Groovy, JSON or YAML has made of it. */
public final class Written {

    private Written() {}

    /**
     * The text that something stands for; null if it is no text. A {@link java.util.Date}, which YAML reads 2024-01-31 as, is none: it
     * shows itself otherwise than it was written.
     */
    @CheckForNull
    public static String text(@CheckForNull Object given) {
        boolean isText = given instanceof CharSequence
                || given instanceof Number
                || given instanceof Boolean
                || given instanceof Character
                || given instanceof Enum<?>
                || given instanceof UUID
                || given instanceof URL
                || given instanceof URI
                || given instanceof TemporalAccessor;
        return isText ? given.toString() : null;
    }

    /** A text of one line without what is blank around it, such as the line break that {@code sh} returns; others as they are. */
    @NonNull
    public static String line(@NonNull String text) {
        String line = text.strip();
        return line.indexOf('\n') < 0 ? line : text;
    }

    /** What something is, in a word that says nothing of its value. */
    @NonNull
    public static String kind(@NonNull Object given) {
        if (given instanceof CharSequence) {
            return "text";
        }
        if (given instanceof Collection || given.getClass().isArray()) {
            return "list";
        }
        return given instanceof Map ? "map" : given.getClass().getSimpleName();
    }
}
