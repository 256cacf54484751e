package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.Map;

/**
 * Which environment is live before a blue/green deployment, and which is to be: kept in the journal.
 *
 * @param blueId of the live one
 * @param blue its name
 * @param blueLabel the version that it runs; empty if none
 * @param cname what customers come by
 * @param cloned whether green is made for this deployment
 */
public record Sides(
        @NonNull String blueId,
        @NonNull String blue,
        @NonNull String blueLabel,
        @NonNull String cname,
        boolean cloned) {

    private static final String BLUE_ID = "blueId";
    private static final String BLUE = "blue";
    private static final String BLUE_LABEL = "blueLabel";
    private static final String CNAME = "cname";
    private static final String CLONED = "cloned";

    public static Sides of(@NonNull EnvironmentSnapshot blue, boolean cloned) {
        return new Sides(blue.id(), blue.name(), blue.versionLabel(), blue.cname(), cloned);
    }

    /** Null until it is known. */
    @CheckForNull
    public static Sides kept(@NonNull Journal journal) {
        Map<String, String> marks = journal.read();
        String id = marks.get(BLUE_ID);
        return id == null
                ? null
                : new Sides(
                        id,
                        marks.getOrDefault(BLUE, ""),
                        marks.getOrDefault(BLUE_LABEL, ""),
                        marks.getOrDefault(CNAME, ""),
                        Boolean.parseBoolean(marks.get(CLONED)));
    }

    public void report(@NonNull JobConsole console) {
        console.line("Live is " + blue + " with " + (blueLabel.isEmpty() ? "no version" : blueLabel) + ": " + cname);
    }

    public void keep(@NonNull Journal journal) {
        journal.write(Map.of(
                BLUE_ID, blueId, BLUE, blue, BLUE_LABEL, blueLabel, CNAME, cname, CLONED, Boolean.toString(cloned)));
    }
}
