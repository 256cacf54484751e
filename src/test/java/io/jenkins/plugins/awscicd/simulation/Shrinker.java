package io.jenkins.plugins.awscicd.simulation;

import java.util.ArrayList;
import java.util.List;

/** Cuts a world in which a law is broken down to what it takes to break it: delta debugging (Zeller) over its happenings. */
final class Shrinker {

    private final String law;

    /** @param law that is to stay broken */
    Shrinker(String law) {
        this.law = law;
    }

    World shrink(World world) {
        List<Happening> left = new ArrayList<>(world.happenings());
        int size = Math.max(1, left.size() / 2);
        while (left.size() > 1) {
            boolean cut = false;
            for (int from = 0; from < left.size(); from += size) {
                List<Happening> rest = new ArrayList<>(left.subList(0, from));
                rest.addAll(left.subList(Math.min(left.size(), from + size), left.size()));
                if (isBroken(world.with(rest))) {
                    left = rest;
                    cut = true;
                    from -= size;
                }
            }
            if (!cut && size == 1) {
                break;
            }
            size = cut
                    ? size
                    : size / 2; // a world that is played anew from the largest parts for each cut takes half an hour
        }
        return world.with(left);
    }

    private boolean isBroken(World world) {
        try {
            return Play.of(world, false).laws().contains(law);
        } catch (RuntimeException e) {
            return false; // what is left makes no sense, such as a deployment to a group that is gone
        }
    }
}
