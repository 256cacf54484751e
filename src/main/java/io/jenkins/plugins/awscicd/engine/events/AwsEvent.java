package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event as EventBridge delivers it ("AWS service event metadata"): what it says is what somebody says, whoever may send to the queue. Its
 * values may be secret, such as environment variables of builds; so it has no text of its own that could be logged.
 */
public final class AwsEvent {

    /** EventBridge gives UUIDs; ids are kept, so that whoever may send to a queue must not fill the memory with them. */
    private static final int LONGEST_ID = 200;

    private final String json;
    private final Map<?, ?> members;

    private AwsEvent(String json, Map<?, ?> members) {
        this.json = json;
        this.members = members;
    }

    /** @throws IllegalArgumentException if it is no event; names no value */
    @NonNull
    public static AwsEvent of(@NonNull String json) {
        if (!(Json.read(json) instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("Not an event: no JSON object");
        }
        AwsEvent event = new AwsEvent(json, members);
        for (String needed : new String[] {"id", "source", "detail-type"}) {
            if (event.member(needed).isEmpty()) {
                throw new IllegalArgumentException("Not an event: without " + needed);
            }
        }
        if (event.id().length() > LONGEST_ID) {
            throw new IllegalArgumentException("Not an event: its id is too long");
        }
        return event;
    }

    Map<?, ?> members() {
        return members;
    }

    private String member(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    /** By which two copies of it are known; not that of the message. */
    @NonNull
    public String id() {
        return member("id");
    }

    /** Such as {@code aws.codebuild}. */
    @NonNull
    public String source() {
        return member("source");
    }

    /** Such as {@code CodeBuild Build State Change}. */
    @NonNull
    public String detailType() {
        return member("detail-type");
    }

    /** The number of the AWS account; empty if it names none. */
    @NonNull
    public String account() {
        return member("account");
    }

    /** Empty if it names none. */
    @NonNull
    public String region() {
        return member("region");
    }

    /** A text of the detail; null if there is none of that name. */
    @CheckForNull
    public String detail(@NonNull String name) {
        return members.get("detail") instanceof Map<?, ?> detail && detail.get(name) instanceof String text
                ? text
                : null;
    }

    /** The whole event as plain maps, lists, texts, numbers and Booleans that can be stored. Not to be logged. */
    @NonNull
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        members.forEach((name, value) -> map.put(String.valueOf(name), plain(value)));
        return map;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> inner) {
            Map<String, Object> map = new LinkedHashMap<>();
            inner.forEach((name, one) -> map.put(String.valueOf(name), plain(one)));
            return map;
        }
        if (value instanceof List<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(plain(item)));
            return list;
        }
        return value instanceof Json.Number number ? number.value() : value;
    }

    /** The whole event as it came. Not to be logged. */
    @NonNull
    public String json() {
        return json;
    }
}
