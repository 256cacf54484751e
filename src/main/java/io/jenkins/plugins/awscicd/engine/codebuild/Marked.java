package io.jenkins.plugins.awscicd.engine.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.ProjectEnvironment;

/**
 * What a step has started, known by a variable that each has from its start, and that what is tried again of it has as well. It is looked
 * for among the newest of the project.
 *
 * @param <T> what is looked for, as AWS gives it
 */
public final class Marked<T> {

    /** The environment variable that tells which Jenkins step something belongs to. */
    private static final String MARK = "JENKINS_CODEBUILD_TOKEN";

    /** So far this machine's clock may have been set since. What is looked for is known by its mark, not by when it was started. */
    private static final Duration SET_SINCE = Duration.ofHours(1);

    /** Of so many pages with 100 ids each; AWS keeps what a project has run in a year. */
    private static final int MOST_PAGES = 200;

    /** Some ids, newest first; {@code next} is null after the last. */
    public record Page(
            @NonNull List<String> ids, @CheckForNull String next) {}

    /**
     * How it is listed and read.
     *
     * @param noun what it is
     * @param listAction the call that lists it, as an IAM action
     * @param getAction the call that reads it
     * @param list gives a page of ids, from the token on, null for the first
     * @param get reads those of a page
     * @param newestFirst whether pages are in that order; then there is none that is looked for after one that is too old
     */
    public record Kind<T>(
            @NonNull String noun,
            @NonNull String listAction,
            @NonNull String getAction,
            @NonNull Function<String, Page> list,
            @NonNull Function<List<String>, List<T>> get,
            @NonNull Function<T, String> id,
            @NonNull Function<T, Instant> start,
            @NonNull Function<T, ProjectEnvironment> environment,
            boolean newestFirst) {}

    private final AwsSession session;
    private final Kind<T> kind;
    private final String project;
    private final String token;
    private final Instant since;

    /**
     * @param token the step's
     * @param since when, by this machine's clock, none of what is looked for had been started
     */
    public Marked(
            @NonNull AwsSession session,
            @NonNull Kind<T> kind,
            @NonNull String project,
            @NonNull String token,
            @NonNull Instant since) {
        this.session = session;
        this.kind = kind;
        this.project = project;
        this.token = token;
        this.since = since;
    }

    /** What marks something that is started. */
    @NonNull
    public static EnvironmentVariable mark(@NonNull String token) {
        return EnvironmentVariable.builder()
                .name(MARK)
                .value(token)
                .type("PLAINTEXT")
                .build();
    }

    /**
     * Looks for the first of them: what has been tried again has the same mark. Blocks, calls AWS.
     *
     * @param which of them are looked for
     * @return its id
     * @throws IllegalStateException if there are more than can be looked through, so that nobody knows whether there is one
     */
    @NonNull
    public Optional<String> first(@NonNull Predicate<T> which) {
        try {
            return search().stream()
                    .filter(which)
                    .min(Comparator.comparing(kind.start(), Comparator.nullsLast(Comparator.naturalOrder())))
                    .map(kind.id());
        } catch (SdkException e) {
            if (AwsFault.of(e) == AwsFault.DENIED) {
                throw AwsCallException.of(
                        kind.listAction() + " (or " + kind.getAction() + ")",
                        "project '" + project + "' in " + session.region() + ", when looking for the " + kind.noun()
                                + " that may have been started before",
                        e);
            }
            throw e;
        }
    }

    private List<T> search() {
        List<T> found = new ArrayList<>();
        String next = null;
        int pages = 0;
        do {
            if (++pages > MOST_PAGES) {
                throw new IllegalStateException(tooMany());
            }
            Page page = kind.list().apply(next);
            List<T> all = page.ids().isEmpty() ? List.of() : kind.get().apply(page.ids());
            all.stream().filter(this::isMarked).forEach(found::add);
            Instant from = session.time().at(since);
            boolean older = kind.newestFirst()
                    && from != null
                    && all.stream()
                            .map(kind.start())
                            .anyMatch(start -> start != null && start.isBefore(from.minus(SET_SINCE)));
            next = older ? null : page.next();
        } while (next != null);
        return found;
    }

    private String tooMany() {
        return String.format(
                Locale.ENGLISH,
                "The %s that may have been started before was not found: among more than %,d of project '%s' in %s it was"
                        + " not looked for any further. No other is started, and none is stopped: if AWS has it, it goes on;"
                        + " if not, run the step again",
                kind.noun(),
                MOST_PAGES * 100,
                project,
                session.region());
    }

    private boolean isMarked(T one) {
        ProjectEnvironment environment = kind.environment().apply(one);
        return environment != null
                && environment.environmentVariables().stream()
                        .anyMatch(variable -> MARK.equals(variable.name()) && token.equals(variable.value()));
    }
}
