package io.jenkins.plugins.awscicd.delivery.guard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.Run;
import java.util.Map;

/**
 * Where a run's script is from. A replay runs what somebody has typed, and a restart from a stage what the run before it ran, be that a
 * replay. Their classes are of plugins that may be missing, and are known by their names.
 */
final class ScriptOrigin {

    private static final Map<String, String> ORIGINALS = Map.of(
            "org.jenkinsci.plugins.workflow.cps.replay.ReplayCause", "getOriginalNumber",
            "org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause",
                    "getOriginRunNumber");

    private static final String SCRIPTS = "org.jenkinsci.plugins.workflow.cps.replay.ReplayAction";

    /** Replays of replays: far more than anybody makes. */
    private static final int RUNS = 100;

    private ScriptOrigin() {}

    /** Whether the script is, or may be, another than that which the job itself has run; a rebuild with the same script is not. */
    static boolean isReplaced(@NonNull Run<?, ?> run) {
        try {
            Run<?, ?> origin = run;
            for (int i = 0; i < RUNS; i++) {
                Integer before = original(origin);
                if (before == null) {
                    return origin != run && !sameScripts(run, origin);
                }
                origin = before < origin.getNumber() ? run.getParent().getBuildByNumber(before) : null;
                if (origin == null) {
                    return true; // nobody can say any more what it ran
                }
            }
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return true; // what is not known to be the same is another
        }
    }

    /** The number of the run whose script this one was given; null if it was given none. */
    @CheckForNull
    private static Integer original(Run<?, ?> run) throws ReflectiveOperationException {
        for (Cause cause : run.getCauses()) {
            String getter = ORIGINALS.get(cause.getClass().getName());
            if (getter != null) {
                return (Integer) cause.getClass().getMethod(getter).invoke(cause);
            }
        }
        return null;
    }

    private static boolean sameScripts(Run<?, ?> run, Run<?, ?> origin) throws ReflectiveOperationException {
        Action now = scripts(run);
        Action then = scripts(origin);
        if (now == null || then == null) {
            return false;
        }
        Object script = get(now, "getOriginalScript");
        return script != null
                && script.equals(get(then, "getOriginalScript"))
                && ((Map<?, ?>) get(then, "getOriginalLoadedScripts"))
                        .entrySet()
                        .containsAll(((Map<?, ?>) get(now, "getOriginalLoadedScripts")).entrySet());
    }

    @CheckForNull
    private static Action scripts(Run<?, ?> run) {
        return run.getAllActions().stream()
                .filter(action -> action.getClass().getName().equals(SCRIPTS))
                .findFirst()
                .orElse(null);
    }

    private static Object get(Action scripts, String getter) throws ReflectiveOperationException {
        return scripts.getClass().getMethod(getter).invoke(scripts);
    }
}
