package io.jenkins.plugins.awscicd.engine.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Those that wait for places or hold them, in the order of their turns. Whoever wants several places gets all of them at once, so
 * that no two wait for each other.
 *
 * @param <P> a place within its account and region
 */
final class Line<P> {

    /** One in the line. All but the first field is guarded by the line. */
    static final class Entry<P> {
        /** What those with the same identity share. */
        private final Object identity;
        /** Null if it is not known. */
        private Object account;

        private Turn turn;
        private Set<P> places = Set.of();
        /** Null for one that has only taken back what it held before a restart. */
        private TurnQueue.Waiting waiting;

        private boolean held;
        /** Keeps its place, but is not the first yet. */
        private boolean early;

        Entry(@NonNull Object identity) {
            this.identity = identity;
        }

        private boolean wantsTheSameAs(Entry<P> other) {
            boolean sameAccount = identity.equals(other.identity) || account != null && account.equals(other.account);
            return other != this && sameAccount && !Collections.disjoint(places, other.places);
        }

        private boolean yields() {
            return !held && waiting != null && waiting.yields();
        }
    }

    private final List<Entry<P>> entries = new ArrayList<>();

    /**
     * Lines up, or stays where it is and waits for other places. What it holds it goes on holding, too.
     *
     * @param account null if it is not known: then only those with the same identity are known to want the same place
     */
    void join(Entry<P> one, TurnQueue.Waiting waiting, Set<P> places, @CheckForNull Object account) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            Set<Entry<P>> others = new LinkedHashSet<>(behind(one));
            one.waiting = waiting;
            one.places = one.held ? union(one.places, places) : places;
            one.account = account;
            insert(one, waiting.turn());
            boolean stays = !one.yields() || newest(one) == null;
            if (stays) {
                others.addAll(behind(one));
            }
            news.addAll(news(others));
            entries.forEach(it -> news.addAll(outdated(it)));
            if (stays) {
                news.add(news(one));
            }
        }
        news.forEach(Runnable::run);
    }

    /** That its turn never comes, if so. */
    private List<Runnable> outdated(Entry<P> one) {
        Entry<P> newest = one.yields() ? newest(one) : null;
        if (newest == null) {
            return List.of();
        }
        Turn turn = newest.turn;
        return List.of(() -> one.waiting.outdated(turn));
    }

    private static <P> Set<P> union(Set<P> some, Set<P> others) {
        Set<P> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static <P> Set<P> without(Set<P> some, Set<P> others) {
        Set<P> left = new HashSet<>(some);
        left.removeAll(others);
        return left;
    }

    private void insert(Entry<P> one, Turn turn) {
        if (entries.contains(one)) {
            return;
        }
        one.turn = turn;
        int at = 0;
        while (at < entries.size() && entries.get(at).turn.order() <= turn.order()) {
            at++;
        }
        entries.add(at, one);
    }

    /** The newest of those that are newer and wait as well; null if there is none. */
    @CheckForNull
    private Entry<P> newest(Entry<P> one) {
        Entry<P> newest = null;
        for (Entry<P> other : entries) {
            if (!other.held && other.turn.order() > one.turn.order() && other.wantsTheSameAs(one)) {
                newest = other;
            }
        }
        return newest;
    }

    /** Who holds one of its places, or else waits before it; null if it is the first. */
    @CheckForNull
    private Entry<P> blocking(Entry<P> one) {
        if (one.held) {
            return null;
        }
        Entry<P> before = null;
        boolean behind = false;
        for (Entry<P> other : entries) {
            behind = behind || other == one;
            if (other.wantsTheSameAs(one) && (other.held || !behind && before == null)) {
                before = other;
                if (other.held) {
                    return other;
                }
            }
        }
        return before;
    }

    /** Whether it is its turn. */
    synchronized boolean isFirst(Entry<P> one) {
        return entries.contains(one) && (one.held || !one.early) && blocking(one) == null;
    }

    /** It is not the first until it is {@linkplain #ready ready}. */
    synchronized void early(Entry<P> one) {
        one.early = true;
    }

    void ready(Entry<P> one) {
        Runnable news;
        synchronized (this) {
            one.early = false;
            news = !entries.contains(one) || one.held || one.waiting == null ? () -> {} : news(one);
        }
        news.run();
    }

    /** Holds these places from now on, too, if it is its turn there. Else it holds nothing and waits for them. */
    boolean take(Entry<P> one, Set<P> places) {
        List<Runnable> news = new ArrayList<>();
        boolean taken;
        synchronized (this) {
            if (!entries.contains(one)) {
                return false;
            }
            Set<P> has = one.held ? one.places : Set.of();
            if (has.containsAll(places)) {
                return true;
            }
            List<Entry<P>> before = behind(one);
            one.held = false; // or it would pass for the first at places that it has not held yet
            one.places = without(places, has); // whoever waits for what it holds comes after it
            taken = !one.early && blocking(one) == null;
            one.places = taken ? union(has, places) : places;
            one.held = taken;
            news.addAll(news(before));
            news.addAll(outdated(one));
            if (!taken) {
                news.add(news(one)); // it may not have known all of these places
            }
        }
        news.forEach(Runnable::run);
        return taken;
    }

    /** Takes its places again, whoever has come meanwhile. */
    synchronized void resume(Entry<P> one, Turn turn, Set<P> places) {
        one.places = places;
        one.held = true;
        insert(one, turn);
    }

    /** The account of one that is in the line already has become known. */
    void account(Entry<P> one, Object account) {
        List<Runnable> news;
        synchronized (this) {
            one.account = account;
            news = news(behind(one));
            if (!one.held && one.waiting != null && blocking(one) != null) {
                news = new ArrayList<>(news);
                news.add(news(one));
            }
        }
        news.forEach(Runnable::run);
    }

    /** Waits again instead of holding, unless newer ones that have come meanwhile are to have its turn. */
    void back(Entry<P> one) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            List<Entry<P>> before = behind(one);
            one.held = false;
            news.addAll(news(before));
            news.addAll(outdated(one));
        }
        news.forEach(Runnable::run);
    }

    void leave(Entry<P> one) {
        List<Runnable> news;
        synchronized (this) {
            List<Entry<P>> before = behind(one);
            entries.remove(one);
            news = news(before);
        }
        news.forEach(Runnable::run);
    }

    /** Those that wait and that it keeps from being the first. */
    private List<Entry<P>> behind(Entry<P> one) {
        int at = entries.indexOf(one);
        return entries.stream()
                .filter(it -> at >= 0 && !it.held && it.waiting != null && it.wantsTheSameAs(one))
                .filter(it -> one.held || entries.indexOf(it) > at)
                .toList();
    }

    /** That it is the first, or who is before it. */
    private Runnable news(Entry<P> one) {
        TurnQueue.Waiting waiting = one.waiting;
        Entry<P> before = blocking(one);
        if (before == null) {
            return one.early ? () -> {} : waiting::first;
        }
        Turn turn = before.turn;
        return () -> waiting.behind(turn);
    }

    private List<Runnable> news(Collection<Entry<P>> some) {
        return some.stream().map(this::news).toList();
    }
}
