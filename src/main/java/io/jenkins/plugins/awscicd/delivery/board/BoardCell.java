package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What of an application is in one column of the board. */
@ExportedBean(defaultVisibility = 3)
public final class BoardCell {

    private final BoardColumn column;
    private final List<Place> places = new ArrayList<>();
    private final List<WaitingApproval> waiting = new ArrayList<>();

    BoardCell(@NonNull BoardColumn column) {
        this.column = column;
    }

    void add(@NonNull Place place) {
        places.add(place);
    }

    void add(@NonNull WaitingApproval approval) {
        waiting.add(approval);
    }

    @Exported
    @NonNull
    public BoardColumn getColumn() {
        return column;
    }

    /** One for each deployment group or environment. */
    @Exported
    @NonNull
    public List<Place> getPlaces() {
        return List.copyOf(places);
    }

    /** Whether it has to be said which target a place is. */
    public boolean isSeveral() {
        return places.size() > 1;
    }

    @Exported
    @NonNull
    public List<WaitingApproval> getWaiting() {
        return List.copyOf(waiting);
    }

    /** A deployment group or an environment, and what is there. */
    @ExportedBean(defaultVisibility = 4)
    public static final class Place {

        private final Deployment latest;
        private final Deployment current;
        private final Duration usual;
        private final boolean newer;

        /**
         * @param latest the newest deployment
         * @param current the newest that succeeded; null if none is known
         * @param newer whether there is a newer one that is not to be shown
         */
        Place(@NonNull Deployment latest, @CheckForNull Deployment current, boolean newer) {
            this.latest = latest;
            this.current = current;
            this.usual = current == null ? Duration.ZERO : new ShownDeployment(current).took();
            this.newer = newer;
        }

        @Exported
        @NonNull
        public String getTarget() {
            return latest.destination().target();
        }

        /** What runs there, as far as Jenkins knows; null if nothing has succeeded there yet. */
        @Exported
        @CheckForNull
        public ShownDeployment getCurrent() {
            return current == null ? null : new ShownDeployment(current);
        }

        /** The newest, if it is not what runs there: under way, or failed since. Null if it is. */
        @Exported
        @CheckForNull
        public ShownDeployment getLatest() {
            return latest.succeeded() ? null : new ShownDeployment(latest);
        }

        /** Whether there is a newer one, of a job that is not shown here. */
        @Exported
        public boolean isNewerHidden() {
            return newer;
        }

        /** How far the one that is under way is, in percent, by how long the last one took; -1 if that is not known. */
        @Exported
        public int getProgress() {
            if (!latest.isRunning() || usual.isZero()) {
                return -1;
            }
            long percent = 100 * new ShownDeployment(latest).took().toMillis() / Math.max(1, usual.toMillis());
            return (int) Math.min(99, percent);
        }

        boolean hasFailed() {
            return latest.verdict() == DeploymentVerdict.FAILURE || latest.verdict() == DeploymentVerdict.ROLLED_BACK;
        }

        boolean isOf(@NonNull String job) {
            return latest.origin().job().equals(job)
                    || current != null && current.origin().job().equals(job);
        }
    }
}
