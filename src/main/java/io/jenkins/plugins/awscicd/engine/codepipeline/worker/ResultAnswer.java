package io.jenkins.plugins.awscicd.engine.codepipeline.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import software.amazon.awssdk.services.codepipeline.model.InvalidJobStateException;
import software.amazon.awssdk.services.codepipeline.model.JobNotFoundException;
import software.amazon.awssdk.services.codepipeline.model.OutputVariablesSizeExceededException;
import software.amazon.awssdk.services.codepipeline.model.ValidationException;

/** What AWS makes of a result. */
enum ResultAnswer {
    TAKEN,
    /** The job has ended already, by this result or by something else. */
    ENDED,
    /** There is something wrong with the output variables. */
    REFUSED,
    LATER;

    /** @param failure null if there is none */
    @NonNull
    static ResultAnswer of(@NonNull WorkResult result, @CheckForNull Throwable failure) {
        if (failure == null) {
            return TAKEN;
        }
        if (failure instanceof InvalidJobStateException || failure instanceof JobNotFoundException) {
            return ENDED;
        }
        boolean invalid =
                failure instanceof OutputVariablesSizeExceededException || failure instanceof ValidationException;
        return invalid && result.succeeded() ? REFUSED : LATER;
    }
}
