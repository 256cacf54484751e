package io.jenkins.plugins.awscicd.localaws;

import io.jenkins.plugins.awscicd.localaws.sts.Sessions;
import io.jenkins.plugins.awscicd.localaws.wire.Api;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.CommonFault;
import io.jenkins.plugins.awscicd.localaws.wire.DirectCall;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * What every call goes through, whatever its service: it is told apart, its caller identified, faults injected, carried out, recorded.
 */
final class Gateway {

    private static final Logger LOGGER = Logger.getLogger(Gateway.class.getName());

    private final List<Api> apis;
    private final Map<String, Api> byName;
    private final Chance chance;
    private final Sessions sessions;
    private final SimulatedTime time;
    private final Calls calls;
    private final Faults faults;
    private final EarlierAnswers answers = new EarlierAnswers();
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param apis asked in turn; the last takes whatever is left
     * @param chance makes up the ids of direct calls
     */
    Gateway(List<Api> apis, Sessions sessions, SimulatedTime time, Chance chance, Calls calls, Faults faults) {
        this.apis = apis;
        this.byName = apis.stream().collect(Collectors.toMap(Api::name, api -> api, (first, second) -> first));
        this.chance = chance;
        this.sessions = sessions;
        this.time = time;
        this.calls = calls;
        this.faults = faults;
    }

    void close() {
        closing.countDown();
    }

    /** The response; {@code null} when the connection is to be cut. */
    Response answer(Request request) throws IOException, InterruptedException {
        for (Api api : apis) {
            Api.Exchange exchange = api.open(request);
            if (exchange != null) {
                return answer(request, api, exchange, sessions.scope(request));
            }
        }
        throw new IllegalStateException("No service takes " + request.method() + " " + request.path());
    }

    /** The response to a call that has come without a network; {@code null} when the connection is to be cut. */
    Response answer(DirectCall call) throws IOException, InterruptedException {
        Api api = byName.get(call.service());
        Request request = Request.direct(chance.uuid());
        return answer(request, api, api.open(request.id(), call), Optional.of(call.scope()));
    }

    private Response answer(Request request, Api api, Api.Exchange exchange, Optional<Scope> scope)
            throws IOException, InterruptedException {
        Caller caller = sessions.caller(scope.orElse(null));
        Response response;
        try {
            response = guarded(request, api, exchange, caller);
        } catch (AwsError e) {
            response = api.error(e, request);
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "Local AWS failed at " + api.name() + "." + exchange.operation(), e);
            response = api.error(new AwsError(500, "InternalFailure", "Local AWS failed: " + e), request);
        }
        record(request, api, exchange, scope, response == null ? "cut" : response.outcome());
        if (response != null) {
            response.with(api.requestIdHeader(), request.id());
        }
        return response;
    }

    private Response guarded(Request request, Api api, Api.Exchange exchange, Caller caller)
            throws AwsError, IOException, InterruptedException {
        String name = exchange.operation();
        if (caller.accessKeyId() == null && !exchange.anonymous()) {
            throw api.fault(CommonFault.UNSIGNED, name, caller);
        }
        if (caller.accessKeyId() != null && sessions.expired(caller.accessKeyId())) {
            throw api.fault(CommonFault.EXPIRED_TOKEN, name, caller);
        }
        String operation = api.name() + "." + name;
        boolean spared = faults.spares(caller.accessKeyId());
        Optional<Fault> before = spared ? Optional.empty() : afterEvents(() -> faults.before(operation, time.now()));
        if (before.isPresent()) {
            return suffer(before.get(), request, api, exchange, caller, null);
        }
        Response response;
        try {
            response = exchange.carryOut(caller);
        } catch (AwsError e) {
            response = api.error(e, request);
        }
        if (faults.mayBeStale(operation)) {
            answers.keep(operation, exchange, caller, time.now(), response);
        }
        Optional<Fault> after = spared ? Optional.empty() : afterEvents(() -> faults.after(operation, time.now()));
        return after.isPresent() ? suffer(after.get(), request, api, exchange, caller, response) : response;
    }

    /** What befalls a call once all has happened that happens besides. */
    private static Optional<Fault> afterEvents(Supplier<Optional<Fault>> faults) {
        Optional<Fault> next = faults.get();
        while (next.isPresent() && next.get().kind() == Fault.Kind.MEANWHILE) {
            next.get().happen();
            next = faults.get();
        }
        return next;
    }

    /** @param done the response that suffers; {@code null} when the operation has not been carried out */
    private Response suffer(Fault fault, Request request, Api api, Api.Exchange exchange, Caller caller, Response done)
            throws AwsError, IOException, InterruptedException {
        String operation = exchange.operation();
        return switch (fault.kind()) {
            case THROTTLE -> throw api.fault(CommonFault.THROTTLED, operation, caller);
            case EXPIRED_TOKEN -> throw api.fault(CommonFault.EXPIRED_TOKEN, operation, caller);
            case ACCESS_DENIED -> throw api.fault(CommonFault.ACCESS_DENIED, operation, caller);
            case ERROR -> {
                CommonFault kind = fault.status() == 500 ? CommonFault.INTERNAL : CommonFault.UNAVAILABLE;
                AwsError error = api.fault(kind, operation, caller);
                throw new AwsError(fault.status(), error.code(), error.getMessage());
            }
            case LATE_ERROR -> {
                AwsError error = api.fault(CommonFault.INTERNAL, operation, caller);
                yield api.error(new AwsError(fault.status(), error.code(), error.getMessage()), request);
            }
            case CUT -> null;
            case CUT_WITHIN -> (done != null ? done : exchange.carryOut(caller)).torn();
            case STALE -> {
                Response old = answers.since(
                        time.now().minus(fault.duration()), api.name() + "." + operation, exchange, caller);
                if (old != null) {
                    yield old;
                }
                fault.missed();
                Response now = exchange.carryOut(caller);
                answers.keep(api.name() + "." + operation, exchange, caller, time.now(), now);
                yield now;
            }
            case MEANWHILE -> throw new IllegalStateException("It has happened, and is none that a call suffers from");
            case NOT_YET_VISIBLE -> exchange.notYetVisible(caller);
            case STALL -> {
                // Waits in real time, and no longer than local AWS itself lives.
                closing.await(fault.duration().toMillis(), TimeUnit.MILLISECONDS);
                yield done != null ? done : exchange.carryOut(caller);
            }
            case CLOCK -> {
                yield ClientClock.of(request, fault.duration()).isTaken()
                        ? exchange.carryOut(caller)
                        : api.error(api.fault(CommonFault.CLOCK, operation, caller), request);
            }
        };
    }

    private void record(Request request, Api api, Api.Exchange exchange, Optional<Scope> scope, String outcome) {
        String agent = request.header("User-Agent");
        calls.add(new Call(
                time.now(),
                api.name() + "." + exchange.operation(),
                exchange.resource(),
                scope.map(Scope::accessKeyId).orElse(null),
                scope.map(Scope::region).orElse(null),
                agent == null ? "" : agent,
                outcome));
    }
}
