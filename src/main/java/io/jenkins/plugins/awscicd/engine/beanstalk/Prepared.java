package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A green environment that waits for its swap, as {@code continueBlueGreen} and {@code discardBlueGreen} name it.
 *
 * @param green its id or name
 * @param versionLabel what was approved; null if only the environment was named
 * @param cname the CNAME that it is to take over; null if only the environment was named
 * @param blueId the environment that was live when it was prepared; null if only the environment was named
 * @param blueLabel what that ran; null if only the environment was named, or if it ran nothing
 * @param update the call that has prepared it; null if only the environment was named, or if that was not kept
 */
public record Prepared(
        @NonNull String green,
        @CheckForNull String versionLabel,
        @CheckForNull String cname,
        @CheckForNull String blueId,
        @CheckForNull String blueLabel,
        @CheckForNull String update) {

    private static final String GREEN = "green";
    private static final String VERSION = "versionLabel";
    private static final String CNAME = "cname";
    private static final String BLUE = "blueId";
    private static final String BLUE_LABEL = "blueLabel";
    private static final String UPDATE = "update";
    private static final String UNFIT = "unfit";

    /** Plain data, to be kept with the request, of what {@code beanstalkDeploy} returned. */
    @NonNull
    static Map<String, String> toContinue(@NonNull BeanstalkResult result) {
        return result.getCause() == null
                ? plain(result, "prepare it with swap: false")
                : Map.of(UNFIT, "'" + result + "': only a successful deployment can be continued");
    }

    /** The same of what is not wanted any more, whether it was deployed well or not. */
    @NonNull
    static Map<String, String> toDiscard(@NonNull BeanstalkResult result) {
        return plain(result, "it can no longer be discarded");
    }

    private static Map<String, String> plain(BeanstalkResult result, String cureOfLive) {
        Map<String, String> plain = new LinkedHashMap<>();
        String cname = result.getCname();
        String blue = result.getOldEnvironmentId();
        if (cname == null || blue == null) {
            plain.put(UNFIT, "'" + result + "' was deployed in place; name what strategy: 'blueGreen' returned");
        } else if (result.isSwapped()) {
            plain.put(UNFIT, "'" + result + "' is live already; " + cureOfLive);
        } else {
            plain.put(GREEN, result.getEnvironmentId());
            plain.put(VERSION, result.getVersionLabel());
            plain.put(CNAME, cname);
            plain.put(BLUE, blue);
            String before = result.getPreviousVersionLabel();
            if (before != null) {
                plain.put(BLUE_LABEL, before);
            }
            String update = result.update();
            if (update != null) {
                plain.put(UPDATE, update);
            }
        }
        return plain;
    }

    /** Fails with {@link IllegalArgumentException} saying what is wanted. */
    @NonNull
    static Prepared read(@NonNull Object given) {
        if (given instanceof Map<?, ?> map) {
            String unfit = text(map, UNFIT);
            if (unfit != null) {
                throw new IllegalArgumentException(unfit);
            }
            String green = text(map, GREEN);
            if (green != null) {
                return new Prepared(
                        green,
                        text(map, VERSION),
                        text(map, CNAME),
                        text(map, BLUE),
                        text(map, BLUE_LABEL),
                        text(map, UPDATE));
            }
        }
        if (given instanceof CharSequence) {
            return new Prepared(given.toString().strip(), null, null, null, null, null);
        }
        throw new IllegalArgumentException("is a " + given.getClass().getSimpleName()
                + "; use the result of beanstalkDeploy, or the green environment's id or name");
    }

    @CheckForNull
    private static String text(Map<?, ?> map, String name) {
        Object value = map.get(name);
        return value == null ? null : value.toString();
    }

    /** The CNAME that it is about. */
    @NonNull
    public String cname(@NonNull BlueGreenArguments arguments) {
        return cname == null ? Objects.requireNonNull(arguments.cname(), "checked before") : cname;
    }
}
