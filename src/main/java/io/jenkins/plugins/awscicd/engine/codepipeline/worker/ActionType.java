package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codepipeline.model.ActionOwner;
import software.amazon.awssdk.services.codepipeline.model.ActionTypeId;

/**
 * A custom action type (<a href="https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionTypeId.html">ActionTypeId</a>
 * of owner Custom).
 *
 * @param category {@code Build}, {@code Test}, {@code Deploy} or {@code Invoke}
 */
public record ActionType(
        @NonNull String category,
        @NonNull String provider,
        @NonNull String version) {

    /** Those for which AWS's guide has custom actions made. */
    public static final List<String> CATEGORIES = List.of("Build", "Test", "Deploy", "Invoke");

    private static final Pattern PROVIDER = Pattern.compile("[0-9A-Za-z_-]{1,35}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z_-]{1,9}");

    /** What is wrong with it, a sentence each that begins with the field's name; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!CATEGORIES.contains(category)) {
            problems.add("category: '" + category + "' is none of " + String.join(", ", CATEGORIES));
        }
        if (!PROVIDER.matcher(provider).matches()) {
            problems.add("provider: up to 35 letters, digits, hyphens and underscores");
        }
        if (!VERSION.matcher(version).matches()) {
            problems.add("version: up to 9 letters, digits, hyphens and underscores");
        }
        return problems;
    }

    /** Such as {@code Build/Jenkins/1}. */
    @Override
    public String toString() {
        return category + "/" + provider + "/" + version;
    }

    @NonNull
    public static ActionType parse(@NonNull String text) {
        String[] parts = text.split("/", -1);
        return new ActionType(parts[0], parts[1], parts[2]);
    }

    @NonNull
    ActionTypeId id() {
        return ActionTypeId.builder()
                .category(category)
                .owner(ActionOwner.CUSTOM)
                .provider(provider)
                .version(version)
                .build();
    }
}
