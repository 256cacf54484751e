package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps that a Jenkinsfile can call. */
public final class Steps {

    private record Known(List<String> parameters, Step step) {}

    private final Map<String, Known> known = new HashMap<>();
    private final Interruption interruption;

    public Steps(Interruption interruption) {
        this.interruption = interruption;
    }

    /** @param parameters the arguments' names; first the one whose name may be left out */
    public void add(String name, List<String> parameters, Step step) {
        known.put(name, new Known(parameters, step));
    }

    /** The names of all of them. */
    Set<String> names() {
        return Set.copyOf(known.keySet());
    }

    public boolean knows(String name) {
        return known.containsKey(name);
    }

    /** The call, with its arguments checked. */
    public StepCall call(String name, Object... arguments) {
        return StepCall.of(name, arguments, known.get(name).parameters());
    }

    /** Carries the call out. */
    public Object run(StepCall call) {
        interruption.check();
        try {
            return known.get(call.name()).step().run(call);
        } catch (InterruptedException e) {
            throw interruption.failure();
        } catch (IOException e) {
            throw failure(call, e);
        } catch (UncheckedIOException e) {
            throw failure(call, e.getCause());
        }
    }

    private StepFailure failure(StepCall call, IOException e) {
        interruption.check(); // an interruption closes files that are being read
        return new StepFailure(call.name() + ": " + reported(e), e);
    }

    /** Exceptions of the file system are named by what went wrong, and say only the file. */
    private static String reported(IOException e) {
        return e.getClass() == IOException.class
                ? e.getMessage()
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
