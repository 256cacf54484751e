package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.stage.ClosedHours;
import java.util.List;

/** Nothing is deployed in closed hours, nor if those cannot be read. */
record HoursGuard(@CheckForNull String hours) implements Guard {

    @Override
    @NonNull
    public List<String> missing(@NonNull Attempt attempt) {
        try {
            return ClosedHours.of(hours).closedAt(attempt.now()).stream()
                    .map(Messages::Guard_closed)
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of(Messages.Guard_badHours(e.getMessage()));
        }
    }
}
