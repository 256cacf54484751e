package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import groovy.json.JsonOutput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of the file of {@link Deployments}: a deployment as it is from then on, or what has become of jobs and runs, as JSON.
 */
public sealed interface DeploymentLine {

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
        put(json, "version", deployment.version());
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
        put(json, "content", deployment.seen().content());
        put(json, "cname", deployment.seen().cname());
        put(json, "idle", deployment.seen().idle());
        put(json, "certain", deployment.seen().certain() ? true : null);
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
        LineFields json = LineFields.parse(line);
        if (json.has("moved")) {
            return new Moved(json.required("moved"), json.required("to"));
        }
        if (json.has("gone")) {
            return new Gone(json.required("gone"), (int) json.number("run"));
        }
        return new Told(read(json));
    }

    private static Deployment read(LineFields json) {
        return new DeploymentBuilder(
                        json.required("token"),
                        json.required("service"),
                        json.required("region"),
                        new Destination(json.text("stage"), json.required("application"), json.required("target")),
                        new Origin(
                                json.required("job"),
                                (int) json.number("number"),
                                json.required("url"),
                                json.texts("startedBy"),
                                json.word(Origin.Left.class, "left", Origin.Left.RUN)),
                        json.instant("started"))
                .id(json.text("id"))
                .whose(json.text("whose"))
                .revision(json.text("revision"))
                .version(json.text("version"))
                .commit(json.text("commit"))
                .ended(json.has("ended") ? json.instant("ended") : null)
                .verdict(json.word(DeploymentVerdict.class, "verdict", DeploymentVerdict.UNKNOWN))
                .cause(json.text("cause"))
                .approvals(json.objects("approvals").stream()
                        .map(approval -> new Deployment.Approval(approval.required("person"), approval.instant("when")))
                        .toList())
                .override(json.text("override"))
                .consoleUrl(json.text("consoleUrl"))
                .seen(new Deployment.Seen(
                        json.text("content"), json.text("cname"), json.text("idle"), json.flag("certain")))
                .build();
    }
}
