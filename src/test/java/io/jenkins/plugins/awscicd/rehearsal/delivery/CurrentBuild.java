package io.jenkins.plugins.awscicd.rehearsal.delivery;

import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A Jenkinsfile's {@code currentBuild}: the first run of a job. */
public final class CurrentBuild {

    private final String fullName;
    private final String projectName;
    private static final String USER_ID_CAUSE = "hudson.model.Cause$UserIdCause";

    private final String starter;
    private final Instant start = Instant.now();
    private Result result;
    private String cause;
    private String displayName = "#1";
    private String description;

    /**
     * @param fullName the job's, with the folders that it is in
     * @param starter who has started it
     */
    public CurrentBuild(String fullName, String starter) {
        this.fullName = fullName;
        this.starter = starter;
        projectName = fullName.substring(fullName.lastIndexOf('/') + 1);
    }

    /** Makes the result worse, never better. The first cause of the worst result is the one that is told at the end. */
    public void worsen(Result to, String why) {
        if (result == null || to.compareTo(result) > 0) {
            result = to;
            cause = why;
        }
    }

    /** The script has ended with a failure: it is the cause, unless there is a worse one. */
    public void conclude(Result to, String why) {
        if (to.compareTo(result()) >= 0) {
            result = to;
            cause = why;
        }
    }

    public Result result() {
        return result == null ? Result.SUCCESS : result;
    }

    /** Why the result is what it is; null for a success. */
    public String cause() {
        return cause;
    }

    public Duration elapsed() {
        return Duration.between(start, Instant.now());
    }

    /** Null as long as nothing has set it, as in Jenkins. */
    public String getResult() {
        return result == null ? null : result.name();
    }

    public void setResult(String word) {
        worsen(Result.of(word), "currentBuild.result was set to " + word);
    }

    public String getCurrentResult() {
        return result().name();
    }

    public boolean resultIsBetterOrEqualTo(String other) {
        return result().compareTo(Result.of(other)) <= 0;
    }

    public boolean resultIsWorseOrEqualTo(String other) {
        return result().compareTo(Result.of(other)) >= 0;
    }

    public int getNumber() {
        return 1;
    }

    public String getId() {
        return "1";
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String name) {
        displayName = name;
    }

    public String getFullDisplayName() {
        return fullName.replace("/", " » ") + " " + displayName;
    }

    public String getProjectName() {
        return projectName;
    }

    public String getFullProjectName() {
        return fullName;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String text) {
        description = text;
    }

    public long getStartTimeInMillis() {
        return start.toEpochMilli();
    }

    public long getDuration() {
        return elapsed().toMillis();
    }

    /** There is none: it is the first run. */
    public Object getPreviousBuild() {
        return null;
    }

    public List<Object> getChangeSets() {
        return List.of();
    }

    /** The first run of a job that somebody has started. */
    public List<Map<String, Object>> getBuildCauses() {
        return List.of(Map.of(
                "_class",
                USER_ID_CAUSE,
                "shortDescription",
                "Started by user " + starter,
                "userId",
                starter,
                "userName",
                starter));
    }

    /** @param type a cause's class, or what it extends */
    public List<Map<String, Object>> getBuildCauses(Object type) {
        String name = type instanceof Class<?> known ? known.getName() : String.valueOf(type);
        return List.of(USER_ID_CAUSE, "hudson.model.Cause").contains(name) ? getBuildCauses() : List.of();
    }

    public List<Object> getUpstreamBuilds() {
        return List.of();
    }

    public Map<String, Object> getBuildVariables() {
        return Map.of();
    }

    public String getAbsoluteUrl() {
        return "http://localhost/job/" + fullName.replace("/", "/job/") + "/1/";
    }

    public String getDurationString() {
        return Durations.inWords(elapsed());
    }

    public long getTimeInMillis() {
        return getStartTimeInMillis();
    }

    public Object getPreviousSuccessfulBuild() {
        return null;
    }

    public Object getPreviousCompletedBuild() {
        return null;
    }

    public Object getRawBuild() {
        throw new StepFailure(
                "currentBuild.rawBuild is not available in a rehearsal, because it belongs to Jenkins; use the properties of"
                        + " currentBuild instead");
    }
}
