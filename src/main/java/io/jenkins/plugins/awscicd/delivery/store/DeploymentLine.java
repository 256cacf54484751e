package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.json.JsonException;
import groovy.json.JsonOutput;
import groovy.json.JsonSlurper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of {@link DeploymentLog}: a deployment as it is from then on, or what has become of jobs and runs, as JSON.
 *
 * <p>Properties that are not known are passed over, and those that are missing have a default: older and newer versions of the plugin
 * can read each other's lines.
 */
public sealed interface DeploymentLine {

    /** The end of the year 9999, in milliseconds since the epoch. */
    long END_OF_TIME = 253_402_300_799_999L;

    /** A deployment as it is from this line on. */
    record Told(@NonNull Deployment deployment) implements DeploymentLine {}

    /** A job or a folder was renamed or moved. */
    record Moved(@NonNull String from, @NonNull String to) implements DeploymentLine {}

    /**
     * Something was deleted.
     *
     * @param item a job or a folder
     * @param run the run that was deleted; 0 if it was the item
     */
    record Gone(@NonNull String item, int run) implements DeploymentLine {}

    /** In one line. */
    @NonNull
    default String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (this instanceof Told told) {
            write(told.deployment(), json);
        } else if (this instanceof Moved moved) {
            json.put("moved", moved.from());
            json.put("to", moved.to());
        } else if (this instanceof Gone gone) {
            json.put("gone", gone.item());
            json.put("run", gone.run());
        }
        return JsonOutput.toJson(json);
    }

    private static void write(Deployment deployment, Map<String, Object> json) {
        Destination destination = deployment.destination();
        Origin origin = deployment.origin();
        json.put("token", deployment.token());
        put(json, "id", deployment.id());
        json.put("service", deployment.service());
        json.put("region", deployment.region());
        put(json, "whose", deployment.whose());
        put(json, "stage", destination.stage());
        json.put("application", destination.application());
        json.put("target", destination.target());
        put(json, "revision", deployment.revision());
        put(json, "commit", deployment.commit());
        json.put("job", origin.job());
        json.put("number", origin.number());
        json.put("url", origin.url());
        json.put("startedBy", origin.startedBy());
        json.put("left", origin.left().name());
        json.put("started", deployment.started().toEpochMilli());
        put(json, "ended", millis(deployment.ended()));
        json.put("verdict", deployment.verdict().name());
        put(json, "cause", deployment.cause());
        json.put(
                "approvals",
                deployment.approvals().stream()
                        .map(approval -> Map.of(
                                "person",
                                approval.person(),
                                "when",
                                approval.when().toEpochMilli()))
                        .toList());
        put(json, "override", deployment.override());
        put(json, "consoleUrl", deployment.consoleUrl());
    }

    private static void put(Map<String, Object> json, String name, @CheckForNull Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    @CheckForNull
    private static Long millis(@CheckForNull Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none of ours, or torn
     */
    @NonNull
    static DeploymentLine parse(@NonNull String line) {
        try {
            Object parsed = new JsonSlurper().parseText(line);
            if (!(parsed instanceof Map<?, ?> json)) {
                throw new IllegalArgumentException("not an object");
            }
            if (json.containsKey("moved")) {
                return new Moved(required(json, "moved"), required(json, "to"));
            }
            if (json.containsKey("gone")) {
                return new Gone(required(json, "gone"), (int) number(json, "run"));
            }
            return new Told(read(json));
        } catch (JsonException | DateTimeException | ClassCastException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Deployment read(Map<?, ?> json) {
        List<Deployment.Approval> approvals = new ArrayList<>();
        for (Object item : list(json, "approvals")) {
            Map<?, ?> approval = (Map<?, ?>) item;
            approvals.add(new Deployment.Approval(required(approval, "person"), instant(approval, "when")));
        }
        return new Deployment(
                required(json, "token"),
                text(json, "id"),
                required(json, "service"),
                required(json, "region"),
                text(json, "whose"),
                new Destination(text(json, "stage"), required(json, "application"), required(json, "target")),
                text(json, "revision"),
                text(json, "commit"),
                new Origin(
                        required(json, "job"),
                        (int) number(json, "number"),
                        required(json, "url"),
                        list(json, "startedBy").stream().map(String::valueOf).toList(),
                        word(Origin.Left.class, json, "left", Origin.Left.RUN)),
                instant(json, "started"),
                json.containsKey("ended") ? instant(json, "ended") : null,
                word(DeploymentVerdict.class, json, "verdict", DeploymentVerdict.UNKNOWN),
                text(json, "cause"),
                approvals,
                text(json, "override"),
                text(json, "consoleUrl"));
    }

    private static String required(Map<?, ?> json, String name) {
        String value = text(json, name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    @CheckForNull
    private static String text(Map<?, ?> json, String name) {
        Object value = json.get(name);
        return value == null ? null : value.toString();
    }

    private static long number(Map<?, ?> json, String name) {
        return json.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** No calendar holds what is further away, and pages reckon with it. */
    private static Instant instant(Map<?, ?> json, String name) {
        long millis = number(json, name);
        if (millis < 0 || millis > END_OF_TIME) {
            throw new IllegalArgumentException(name + " is no time: " + millis);
        }
        return Instant.ofEpochMilli(millis);
    }

    private static List<?> list(Map<?, ?> json, String name) {
        return json.get(name) instanceof List<?> list ? list : List.of();
    }

    private static <E extends Enum<E>> E word(Class<E> words, Map<?, ?> json, String name, E otherwise) {
        String value = text(json, name);
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(value)) {
                return word;
            }
        }
        return otherwise;
    }
}
