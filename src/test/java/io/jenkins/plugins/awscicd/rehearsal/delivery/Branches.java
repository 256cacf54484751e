package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Parallel branches, which JenkinsPipelineUnit's single thread runs one after the other. */
public final class Branches {

    private final Delivery delivery;
    private final boolean failFast;

    /** @param failFast whether the first failure keeps the branches behind it from running */
    public Branches(Delivery delivery, boolean failFast) {
        this.delivery = delivery;
        this.failFast = failFast;
    }

    /**
     * Runs all branches, whatever becomes of the others, and then fails with the first failure.
     *
     * @return what each branch returned
     */
    public Map<String, Object> run(Map<String, Supplier<Object>> branches) {
        delivery.console().note("Parallel branches run one after the other in a rehearsal");
        Map<String, Object> values = new LinkedHashMap<>();
        RuntimeException failure = null;
        for (Map.Entry<String, Supplier<Object>> branch : branches.entrySet()) {
            if (failure != null && (failFast || StepFailure.isInterruption(failure))) {
                delivery.console()
                        .line("Branch " + branch.getKey() + " does not run, because an earlier one has failed");
                continue;
            }
            try {
                values.put(branch.getKey(), branch.getValue().get());
            } catch (RuntimeException e) {
                delivery.console().line("ERROR: " + delivery.stages().tell(e));
                if (failure == null) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return values;
    }
}
