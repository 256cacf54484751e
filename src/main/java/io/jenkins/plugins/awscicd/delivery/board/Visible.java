package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.approval.Audience;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Destination;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What whoever asks may see of the deployments, of the jobs of a folder alone: as it is at one moment. */
final class Visible {

    private final Deployments deployments = Deployments.get();
    private final Audience audience = new Audience();
    private final String folder;

    /** @param folder the full name; empty for all */
    Visible(@NonNull String folder) {
        this.folder = folder;
    }

    private boolean includes(Deployment deployment) {
        return deployment.origin().isBelow(folder) && audience.maySee(deployment);
    }

    /** What is where. */
    @NonNull
    Map<Destination, BoardCell.Place> places() {
        Map<Destination, BoardCell.Place> places = new LinkedHashMap<>();
        deployments.byDestination().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Destination::target)))
                .forEach(entry -> {
                    BoardCell.Place place = place(entry.getValue());
                    if (place != null) {
                        places.put(entry.getKey(), place);
                    }
                });
        return places;
    }

    @CheckForNull
    private BoardCell.Place place(List<Deployment> newestFirst) {
        Deployment latest = null;
        boolean newer = false;
        for (Deployment deployment : newestFirst) {
            if (!includes(deployment)) {
                newer |= latest == null;
            } else {
                latest = latest == null ? deployment : latest;
                if (deployment.succeeded()) {
                    return new BoardCell.Place(latest, deployment, newer);
                }
            }
        }
        return latest == null ? null : new BoardCell.Place(latest, null, newer);
    }

    /** Those of an application in a stage, the newest first. */
    @NonNull
    List<Deployment> history(@CheckForNull String stage, @NonNull String application, @CheckForNull String target) {
        return deployments.history(stage, application).stream()
                .filter(deployment ->
                        target == null || target.equals(deployment.destination().target()))
                .filter(this::includes)
                .toList();
    }

    /** What waits for people. */
    @NonNull
    List<WaitingApproval> waiting() {
        List<WaitingApproval> waiting = new ArrayList<>(WaitingApproval.all());
        waiting.removeIf(approval -> !folder.isEmpty() && !(approval.getJob() + "/").startsWith(folder + "/"));
        return waiting;
    }
}
