package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.store.Commits;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An application in two stages. */
@ExportedBean(defaultVisibility = 2)
public final class DifferenceRow {

    /** What the one stage is to the other. */
    public enum Relation {
        SAME,
        /** It has something that the other does not have yet. */
        AHEAD,
        /** The other has something that it does not have. */
        BEHIND,
        /** They have different revisions, and which is newer is not known. */
        DIFFERENT,
        /** The other has nothing. */
        ONLY_FROM,
        /** It has nothing. */
        ONLY_TO
    }

    private final String application;
    private final ShownDeployment from;
    private final ShownDeployment to;
    private final Relation relation;
    private final Commits commits;
    private final boolean complete;

    DifferenceRow(
            @NonNull String application,
            @CheckForNull ShownDeployment from,
            @CheckForNull ShownDeployment to,
            @NonNull Changes changes) {
        this.application = application;
        this.from = from;
        this.to = to;
        this.relation = relation(from, to);
        Changes.Between between =
                switch (relation) {
                    case AHEAD -> changes.between(to, from);
                    case BEHIND -> changes.between(from, to);
                    default -> Changes.NONE;
                };
        this.commits = between.commits();
        this.complete = between.complete();
    }

    private static Relation relation(@CheckForNull ShownDeployment from, @CheckForNull ShownDeployment to) {
        if (from == null || to == null) {
            return to == null ? Relation.ONLY_FROM : Relation.ONLY_TO;
        }
        String revision = from.getRevision();
        if (revision != null && Objects.equals(revision, to.getRevision())) {
            return Relation.SAME;
        }
        boolean sameRun = from.getJob().equals(to.getJob()) && from.getNumber() == to.getNumber();
        String version = from.getVersion();
        if (sameRun && version != null && version.equals(to.getVersion())) {
            return Relation.SAME; // the one archive in S3, and a version of Elastic Beanstalk that was made of it
        }
        if (!from.getJob().equals(to.getJob()) || from.getNumber() == to.getNumber()) {
            return Relation.DIFFERENT;
        }
        return from.getNumber() > to.getNumber() ? Relation.AHEAD : Relation.BEHIND;
    }

    @Exported
    @NonNull
    public String getApplication() {
        return application;
    }

    /** What runs in the first stage; null if nothing does. */
    @Exported
    @CheckForNull
    public ShownDeployment getFrom() {
        return from;
    }

    /** What runs in the other; null if nothing does. */
    @Exported
    @CheckForNull
    public ShownDeployment getTo() {
        return to;
    }

    @Exported
    @NonNull
    public Relation getRelation() {
        return relation;
    }

    public boolean isSame() {
        return relation == Relation.SAME;
    }

    @NonNull
    public String getRelationInWords(@NonNull String fromStage, @NonNull String toStage) {
        return switch (relation) {
            case SAME -> Messages.DifferenceRow_same();
            case AHEAD -> Messages.DifferenceRow_ahead(fromStage);
            case BEHIND -> Messages.DifferenceRow_ahead(toStage);
            case DIFFERENT -> Messages.DifferenceRow_different();
            case ONLY_FROM -> Messages.DifferenceRow_only(fromStage);
            case ONLY_TO -> Messages.DifferenceRow_only(toStage);
        };
    }

    /** The commits of the runs in between, as far as they are known: a line each, the newest first. */
    @Exported
    @NonNull
    public List<String> getCommits() {
        return commits.lines();
    }

    /** How many commits there are besides. */
    @Exported
    public int getFurtherCommits() {
        return commits.further();
    }

    /** Whether all runs in between were looked at: some may be deleted, or be too many. */
    @Exported
    public boolean isComplete() {
        return complete;
    }
}
