package io.jenkins.plugins.awscicd.localaws.sts;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who the access keys are: those of assumed roles, and all others, which belong to the user "local" of the home account. */
public final class Sessions {

    /**
     * Temporary credentials.
     *
     * @param arn of the assumed role's session
     * @param expires by the clients' clock
     */
    public record Session(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            String userId,
            String arn,
            Instant expires) {}

    private final Place home;
    private final SimulatedTime time;
    private final Chance chance;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    /** By access key: the objects that it is good for; of others there is no limit. */
    private final Map<String, Set<String>> objects = new ConcurrentHashMap<>();

    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    public Sessions(Place home, SimulatedTime time, Chance chance) {
        this.chance = chance;
        this.home = home;
        this.time = time;
    }

    /** Where users are who have no session. */
    public Place home() {
        return home;
    }

    /** The secret of an access key, if it is known: that of a session, or of a user who {@linkplain Sts#user has told it}. */
    public Optional<String> secret(String accessKeyId) {
        return session(accessKeyId)
                .map(Session::secretAccessKey)
                .or(() -> Optional.ofNullable(secrets.get(accessKeyId)));
    }

    void user(String accessKeyId, String secretAccessKey) {
        secrets.put(accessKeyId, secretAccessKey);
    }

    String newUserId() {
        return chance.upper("AROA", 21);
    }

    /**
     * Credentials that are good for some objects alone.
     *
     * @param reachable each as {@code bucket/key}
     */
    public Session open(String arn, Duration duration, Set<String> reachable) {
        Session session = open(newUserId(), arn, duration);
        objects.put(session.accessKeyId(), Set.copyOf(reachable));
        return session;
    }

    /** Whether an access key reaches an object, as far as anybody has limited it. */
    public boolean reaches(String accessKeyId, String object) {
        Set<String> limit = accessKeyId == null ? null : objects.get(accessKeyId);
        return limit == null || limit.contains(object);
    }

    Session open(String userId, String arn, Duration duration) {
        Session session = new Session(
                chance.upper("ASIA", 20),
                chance.mixed(40),
                "IQoJb3JpZ2lu" + chance.mixed(340),
                userId,
                arn,
                time.clientNow().plus(duration));
        sessions.put(session.accessKeyId(), session);
        return session;
    }

    /** The session of an access key, if it belongs to one. */
    public Optional<Session> session(String accessKeyId) {
        return Optional.ofNullable(sessions.get(accessKeyId));
    }

    /** Ends a session before its time, as an expiry does. */
    public void expire(String accessKeyId) {
        sessions.computeIfPresent(
                accessKeyId,
                (key, session) -> new Session(
                        key,
                        session.secretAccessKey(),
                        session.sessionToken(),
                        session.userId(),
                        session.arn(),
                        Instant.EPOCH));
    }

    public boolean expired(String accessKeyId) {
        return session(accessKeyId)
                .map(session -> !time.clientNow().isBefore(session.expires()))
                .orElse(false);
    }

    public Optional<Scope> scope(Request request) {
        return Scope.of(request);
    }

    /** @param scope {@code null} when the request was not signed */
    public Caller caller(Scope scope) {
        if (scope == null) {
            return new Caller(null, "anonymous", home, "");
        }
        Optional<Session> session = session(scope.accessKeyId());
        String account = session.map(known -> known.arn().split(":")[4]).orElse(home.account());
        Place place = new Place(account, scope.region());
        String arn = session.map(Session::arn).orElse("arn:" + place.partition() + ":iam::" + account + ":user/local");
        return new Caller(scope.accessKeyId(), arn, place, scope.service());
    }
}
