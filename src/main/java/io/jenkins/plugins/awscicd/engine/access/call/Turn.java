package io.jenkins.plugins.awscicd.engine.access.call;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.time.Moment;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import java.lang.ref.SoftReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * What AWS has answered in a lane's turn. A turn may be made of several calls, such as the pages of a list, or a look and what is done
 * then. Where AWS takes few calls at a time it would be refused for ever if it began anew each time: so what was answered is not asked
 * again in the same turn. An attempt reads only so much. Calls that change something are made whenever they are wanted, and nothing is remembered from before them.
 */
public final class Turn {

    /** After so long without an answer of AWS all is asked again. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Pattern READ_NAMES = Pattern.compile("(describe|list|get|batchGet|head)[A-Z].*");

    /** The turn that makes calls on this thread; none between turns. */
    private static final ThreadLocal<Turn> CURRENT = new ThreadLocal<>();

    private final Scheduler scheduler;
    /** What they take is given back where memory is short: all of them may be more than there is. */
    private final Map<Object, SoftReference<Object>> answers = new HashMap<>();

    private Moment answered = Moment.FIRST;
    /** The answers that this attempt has had, be they remembered or not. */
    private PageCount pages = new PageCount();

    Turn(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Makes the turn's calls, on this thread. */
    <T> T attempt(Supplier<T> calls) {
        if (answered.plus(LONGEST).isBefore(scheduler.moment())) {
            answers.clear();
        }
        pages = new PageCount();
        CURRENT.set(this);
        try {
            return calls.get();
        } finally {
            CURRENT.remove();
        }
    }

    /**
     * A client whose answers the turns remember in which it is used.
     *
     * @param type an interface of the SDK
     */
    @NonNull
    public static <C> C remembering(@NonNull Class<C> type, @NonNull C client) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Remembering(client)));
    }

    /** What a method of the SDK's interfaces does. */
    private enum Kind {
        /** Makes a request, or requests, that it then calls others of this client with. */
        CALLS_OTHERS,
        READS,
        CHANGES;

        static Kind of(Method method) {
            return callsOthers(method)
                    ? CALLS_OTHERS
                    : READ_NAMES.matcher(method.getName()).matches() ? READS : CHANGES;
        }

        private static boolean callsOthers(Method method) {
            Class<?>[] takes = method.getParameterTypes();
            if (takes.length == 0) {
                return method.isDefault() && SdkResponse.class.isAssignableFrom(method.getReturnType());
            }
            return method.isDefault()
                    && (!SdkRequest.class.isAssignableFrom(takes[0])
                            || method.getName().endsWith("Paginator"));
        }
    }

    private record Remembering(Object client) implements InvocationHandler {

        private static final Map<Method, Kind> KINDS = new ConcurrentHashMap<>();

        @Override
        @CheckForNull
        public Object invoke(Object proxy, Method method, @CheckForNull Object[] arguments) throws Throwable {
            Kind kind = KINDS.computeIfAbsent(method, Kind::of);
            if (kind == Kind.CALLS_OTHERS) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            Turn turn = CURRENT.get();
            if (turn == null || arguments == null || !(arguments[0] instanceof SdkRequest)) {
                return call(method, arguments);
            }
            if (kind == Kind.CHANGES) {
                return turn.change(() -> call(method, arguments));
            }
            // What is read with more than a request goes where that says.
            return arguments.length > 1
                    ? call(method, arguments)
                    : turn.read(method.getName(), arguments[0], () -> call(method, arguments));
        }

        private Object call(Method method, @CheckForNull Object[] arguments) throws Throwable {
            try {
                return method.invoke(client, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private interface Call {
        Object make() throws Throwable;
    }

    private Object read(String operation, Object request, Call call) throws Throwable {
        pages.next(operation);
        SoftReference<Object> known = answers.get(request);
        Object answer = known == null ? null : known.get();
        if (answer == null) {
            answer = call.make();
            if (!(answer instanceof SdkResponse)) {
                return answer; // a stream, which is read once
            }
            answers.put(request, new SoftReference<>(answer));
            answered = scheduler.moment();
        }
        return answer;
    }

    private Object change(Call call) throws Throwable {
        try {
            Object answer = call.make();
            answers.clear();
            return answer;
        } catch (RuntimeException e) {
            if (AwsFault.of(e) != AwsFault.BUSY) { // else it was not carried out
                answers.clear();
            }
            throw e;
        }
    }
}
