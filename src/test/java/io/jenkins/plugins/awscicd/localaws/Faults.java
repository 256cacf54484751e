package io.jenkins.plugins.awscicd.localaws;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;

/**
 * Faults on demand: {@code faults.on("CodeBuild.StartBuild").throttle().times(3)}. Operations are named as in {@link Call}; a service
 * ({@code "CodeBuild.*"}) or everything ({@code "*"}) can be named too. The first fault in force that hits a call decides.
 */
public final class Faults {
    /** Whose calls are not hit; null for nobody's. */
    private volatile String spared;

    private record Rule(String operation, Fault fault) {

        boolean covers(String called) {
            return operation.equals("*")
                    || operation.equals(called)
                    || (operation.endsWith(".*") && called.startsWith(operation.substring(0, operation.length() - 1)));
        }
    }

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Chance chance;

    Faults(Chance chance) {
        this.chance = chance;
    }

    /** Names the operation that is to suffer. */
    public On on(String operation) {
        return new On(operation);
    }

    /** Takes one fault away. */
    public void lift(Fault fault) {
        rules.removeIf(rule -> rule.fault() == fault);
    }

    /** Has none of them hit the calls of this caller, such as those that pipelines make themselves. */
    public void spare(String accessKeyId) {
        spared = accessKeyId;
    }

    boolean spares(String accessKeyId) {
        return accessKeyId != null && accessKeyId.equals(spared);
    }

    /** Takes all faults away. */
    public void clear() {
        rules.clear();
    }

    /** Whether answers of an operation may be given once more. */
    boolean mayBeStale(String operation) {
        return rules.stream().anyMatch(rule -> rule.fault().kind() == Fault.Kind.STALE && rule.covers(operation));
    }

    Optional<Fault> before(String operation, Instant now) {
        return first(operation, (fault, time) -> fault.hitsBefore(time), now);
    }

    Optional<Fault> after(String operation, Instant now) {
        return first(operation, (fault, time) -> fault.hitsAfter(time), now);
    }

    private Optional<Fault> first(String operation, BiPredicate<Fault, Instant> hits, Instant now) {
        for (Rule rule : rules) {
            if (rule.covers(operation) && hits.test(rule.fault(), now)) {
                return Optional.of(rule.fault());
            }
        }
        return Optional.empty();
    }

    /** The operation that is to suffer; each method puts one fault in force. */
    public final class On {
        private final String operation;

        private On(String operation) {
            this.operation = operation;
        }

        /** "Rate exceeded", in the words of the service: ThrottlingException, Throttling, SlowDown. */
        public Fault throttle() {
            return add(Fault.Kind.THROTTLE, 0, Duration.ZERO);
        }

        /** An error inside AWS; {@code status} is 500, 502, 503 or 504. */
        public Fault error(int status) {
            return add(Fault.Kind.ERROR, status, Duration.ZERO);
        }

        /**
         * An error inside AWS that is in the body of an answer with status 200, as S3 gives it when it began to answer before it
         * was done ("CompleteMultipartUpload" in the S3 API reference).
         */
        public Fault lateError() {
            return add(Fault.Kind.LATE_ERROR, 200, Duration.ZERO);
        }

        /** Closes the connection without an answer. */
        public Fault cutConnection() {
            return add(Fault.Kind.CUT, 0, Duration.ZERO);
        }

        /** Carries it out and sends half of what it answers, then closes the connection. */
        public Fault cutAnswer() {
            return add(Fault.Kind.CUT_WITHIN, 0, Duration.ZERO);
        }

        /** Answers, but only after so much real time: clients time out by their own clock. */
        public Fault stall(Duration realTime) {
            return add(Fault.Kind.STALL, 0, realTime);
        }

        /** The session token of the caller has expired. */
        public Fault expiredToken() {
            return add(Fault.Kind.EXPIRED_TOKEN, 0, Duration.ZERO);
        }

        /** IAM says no. */
        public Fault accessDenied() {
            return add(Fault.Kind.ACCESS_DENIED, 0, Duration.ZERO);
        }

        /** The thing asked for exists but this part of AWS does not know yet: not found. */
        public Fault notYetVisible() {
            return add(Fault.Kind.NOT_YET_VISIBLE, 0, Duration.ZERO);
        }

        /**
         * AWS answers as it answered the same question before, since this is in force and within so much time, whatever has
         * happened meanwhile: what is eventually consistent is read from a copy that does not know of it yet.
         */
        public Fault stale(Duration atMost) {
            return add(Fault.Kind.STALE, 0, atMost);
        }

        /**
         * AWS's clock is so far ahead of its callers': it takes what is signed within minutes of its own time. Its answers are
         * dated by that clock for those who call through a {@link io.jenkins.plugins.awscicd.localaws.wire.DatedHttpClient}.
         */
        public Fault clockAhead(Duration ofCallers) {
            return add(Fault.Kind.CLOCK, 0, ofCallers);
        }

        /**
         * Something else happens while the call is under way, before it is carried out, or after that. What else is to befall the call does
         * so all the same. It may move a stepped clock.
         */
        public Fault meanwhile(Runnable event) {
            return add(new Fault(Fault.Kind.MEANWHILE, 0, Duration.ZERO, event, chance));
        }

        private Fault add(Fault.Kind kind, int status, Duration duration) {
            return add(new Fault(kind, status, duration, chance));
        }

        private Fault add(Fault fault) {
            rules.add(new Rule(operation, fault));
            return fault;
        }
    }
}
