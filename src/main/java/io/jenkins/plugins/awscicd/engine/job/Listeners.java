package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Calls those who hear of a job: whoever cannot changes nothing about it. */
public final class Listeners {

    private static final Logger LOGGER = Logger.getLogger(Listeners.class.getName());

    private Listeners() {}

    /** @param id the job's; null if it is not known yet */
    public static void call(@CheckForNull String id, @NonNull Runnable listener) {
        ask(
                id,
                () -> {
                    listener.run();
                    return true;
                },
                false);
    }

    /**
     * @param id the job's; null if it is not known yet
     * @param otherwise what whoever cannot answer is taken to say
     */
    @NonNull
    static <T> T ask(@CheckForNull String id, @NonNull Supplier<T> listener, @NonNull T otherwise) {
        try {
            return listener.get();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot tell what becomes of " + (id == null ? "a job" : id));
            return otherwise;
        }
    }
}
