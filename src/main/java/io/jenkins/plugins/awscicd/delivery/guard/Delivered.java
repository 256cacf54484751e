package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a step is about to deploy.
 *
 * @param revision its name, in one line; null if nothing new is deployed
 * @param content finds out what that stands for at this moment; gives null if nothing pins it. May call AWS
 * @param options what else changes what goes live, by name; values that may be secrets as digests
 */
public record Delivered(
        @CheckForNull String revision,
        @NonNull Supplier<String> content,
        @NonNull Map<String, String> options) {

    static final Delivered NOTHING = new Delivered(null, () -> null, Map.of());
}
