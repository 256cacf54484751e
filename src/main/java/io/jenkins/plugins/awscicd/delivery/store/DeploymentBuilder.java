package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.List;

/** Makes a {@link Deployment} of what is known: one that runs, of which nothing else is known until it is said. */
public final class DeploymentBuilder {

    private final String token;
    private String id;
    private final String service;
    private final String region;
    private String whose;
    private Destination destination;
    private String revision;
    private String version;
    private String commit;
    private Origin origin;
    private Instant started;
    private Instant ended;
    private DeploymentVerdict verdict = DeploymentVerdict.RUNNING;
    private String cause;
    private List<Deployment.Approval> approvals = List.of();
    private String override;
    private String consoleUrl;
    private Deployment.Seen seen = Deployment.Seen.NOTHING;

    public DeploymentBuilder(
            @NonNull String token,
            @NonNull String service,
            @NonNull String region,
            @NonNull Destination destination,
            @NonNull Origin origin,
            @NonNull Instant started) {
        this.token = token;
        this.service = service;
        this.region = region;
        this.destination = destination;
        this.origin = origin;
        this.started = started;
    }

    DeploymentBuilder(@NonNull Deployment like) {
        this(like.token(), like.service(), like.region(), like.destination(), like.origin(), like.started());
        id = like.id();
        whose = like.whose();
        revision = like.revision();
        version = like.version();
        commit = like.commit();
        ended = like.ended();
        verdict = like.verdict();
        cause = like.cause();
        approvals = like.approvals();
        override = like.override();
        consoleUrl = like.consoleUrl();
        seen = like.seen();
    }

    @NonNull
    public DeploymentBuilder id(@CheckForNull String value) {
        id = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder whose(@CheckForNull String value) {
        whose = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder destination(@NonNull Destination value) {
        destination = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder revision(@CheckForNull String value) {
        revision = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder version(@CheckForNull String value) {
        version = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder commit(@CheckForNull String value) {
        commit = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder origin(@NonNull Origin value) {
        origin = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder started(@NonNull Instant value) {
        started = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder ended(@CheckForNull Instant value) {
        ended = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder verdict(@NonNull DeploymentVerdict value) {
        verdict = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder cause(@CheckForNull String value) {
        cause = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder approvals(@NonNull List<Deployment.Approval> value) {
        approvals = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder override(@CheckForNull String value) {
        override = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder consoleUrl(@CheckForNull String value) {
        consoleUrl = value;
        return this;
    }

    @NonNull
    public DeploymentBuilder seen(@NonNull Deployment.Seen value) {
        seen = value;
        return this;
    }

    @NonNull
    public Deployment build() {
        return new Deployment(
                token,
                id,
                service,
                region,
                whose,
                destination,
                revision,
                version,
                commit,
                origin,
                started,
                ended,
                verdict,
                cause,
                approvals,
                override,
                consoleUrl,
                seen);
    }
}
