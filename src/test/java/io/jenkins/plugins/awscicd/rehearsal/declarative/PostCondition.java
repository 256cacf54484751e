package io.jenkins.plugins.awscicd.rehearsal.declarative;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** When a block of {@code post} runs, in the order in which Jenkins looks at them. There is no earlier run to compare with. */
enum PostCondition {
    ALWAYS(result -> true),
    CHANGED(result -> true),
    FIXED(result -> false),
    REGRESSION(result -> false),
    ABORTED(result -> result == Result.ABORTED),
    FAILURE(result -> result == Result.FAILURE),
    SUCCESS(result -> result == Result.SUCCESS),
    UNSTABLE(result -> result == Result.UNSTABLE),
    UNSUCCESSFUL(result -> result != Result.SUCCESS),
    NOT_BUILT(result -> result == Result.NOT_BUILT),
    CLEANUP(result -> true);

    private final Predicate<Result> met;

    PostCondition(Predicate<Result> met) {
        this.met = met;
    }

    /** As a Jenkinsfile writes it. */
    String word() {
        return this == NOT_BUILT ? "notBuilt" : name().toLowerCase(Locale.ROOT);
    }

    boolean met(Result result) {
        return met.test(result);
    }

    static List<String> names() {
        return Arrays.stream(values()).map(PostCondition::word).toList();
    }
}
