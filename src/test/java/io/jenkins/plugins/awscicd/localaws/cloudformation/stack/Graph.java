package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Things of which some wait for others, each begun as soon as those that it needs have ended well. */
final class Graph {

    /** Begins one of them. */
    @FunctionalInterface
    interface Step {
        void begin(String node, End end);
    }

    /** Hears how it ended. */
    @FunctionalInterface
    interface End {
        /** @param failure the reason; {@code null} if all is well */
        void ended(String failure);
    }

    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();
    private final Set<String> running = new LinkedHashSet<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final Step step;
    private final Runnable onFailure;
    private final Consumer<Map<String, String>> whenAll;
    private final boolean goesOn;
    private boolean stopped;
    private boolean ended;
    private boolean beginning;

    /**
     * @param needs for each node those that it waits for; others than nodes are ignored
     * @param goesOn whether what does not wait for a failed one is begun all the same
     * @param onFailure hears of the first failure, unless the graph goes on
     * @param whenAll hears when nothing runs any more, with the reasons of failures by node
     */
    Graph(
            Map<String, Set<String>> needs,
            boolean goesOn,
            Step step,
            Runnable onFailure,
            Consumer<Map<String, String>> whenAll) {
        needs.forEach((node, needed) -> {
            Set<String> left = new LinkedHashSet<>(needed);
            left.retainAll(needs.keySet());
            left.remove(node);
            waiting.put(node, left);
        });
        this.goesOn = goesOn;
        this.step = step;
        this.onFailure = onFailure;
        this.whenAll = whenAll;
    }

    /** Each waits for those that waited for it. */
    static Map<String, Set<String>> reversed(Map<String, Set<String>> needs) {
        Map<String, Set<String>> reversed = new LinkedHashMap<>();
        needs.keySet().forEach(node -> reversed.put(node, new LinkedHashSet<>()));
        needs.forEach((node, needed) -> needed.forEach(other -> {
            if (reversed.containsKey(other)) {
                reversed.get(other).add(node);
            }
        }));
        return reversed;
    }

    /** Begins those that can; a step that ends at once lets the next ones begin at once. */
    void begin() {
        if (beginning) {
            return;
        }
        beginning = true;
        boolean further = true;
        while (further && !stopped) {
            further = false;
            for (String node : List.copyOf(waiting.keySet())) {
                if (!stopped && waiting.containsKey(node) && waiting.get(node).isEmpty()) {
                    waiting.remove(node);
                    running.add(node);
                    further = true;
                    step.begin(node, failure -> ended(node, failure));
                }
            }
        }
        beginning = false;
        settle();
    }

    /** Begins nothing more. */
    void stop() {
        stopped = true;
        if (!beginning) {
            settle();
        }
    }

    private void ended(String node, String failure) {
        if (!running.remove(node)) {
            return;
        }
        if (failure == null) {
            waiting.values().forEach(needed -> needed.remove(node));
        } else {
            boolean first = failures.isEmpty();
            failures.put(node, failure);
            if (!goesOn) {
                stopped = true;
                if (first) {
                    onFailure.run();
                }
            }
        }
        begin();
    }

    private void settle() {
        boolean stuck = waiting.values().stream().noneMatch(Set::isEmpty);
        if (!ended && running.isEmpty() && (stopped || stuck)) {
            ended = true;
            whenAll.accept(failures);
        }
    }
}
