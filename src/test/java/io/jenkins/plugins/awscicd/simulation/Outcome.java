package io.jenkins.plugins.awscicd.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What became of a world.
 *
 * @param broken the laws that did not hold, a sentence each, which begins with the law's name; empty if all is well
 * @param history what happened, in order; empty unless it was to be kept
 * @param faults how often each kind of fault has hit a call
 * @param runs how many steps were run
 * @param length simulated
 * @param calls of AWS's APIs
 * @param extent of the first controller, until all steps are over
 */
record Outcome(
        World world,
        List<String> broken,
        List<String> history,
        Map<String, Integer> faults,
        int runs,
        Duration length,
        long calls,
        Extent extent) {

    /** How many turns a controller has taken, and how many calls it has made. */
    record Extent(int turns, int calls) {}

    boolean isGood() {
        return broken.isEmpty();
    }

    /** The names of the laws that are broken. */
    List<String> laws() {
        return broken.stream()
                .map(one -> one.substring(0, one.indexOf(':')))
                .distinct()
                .toList();
    }
}
