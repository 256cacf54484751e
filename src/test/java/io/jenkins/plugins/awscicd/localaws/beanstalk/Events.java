package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Everything that has been told, in its order. */
final class Events {

    /**
     * Some events, and where to go on.
     *
     * @param next to ask for the older ones; negative when there are none
     */
    record Page(List<Event> events, int next) {}

    private final List<Event> all = new ArrayList<>();

    private Consumer<Event> listener = event -> {};

    void add(Event event) {
        all.add(event);
        listener.accept(event);
    }

    void whenAdded(Consumer<Event> told) {
        listener = told;
    }

    /** Of all events, the oldest first. */
    List<Event> matching(Predicate<Event> filter) {
        return all.stream().filter(filter).toList();
    }

    /**
     * The newest first. Events that come in meanwhile do not shift what the next page has.
     *
     * @param from how many of the oldest events to look at; negative for all
     */
    Page newestFirst(Predicate<Event> filter, int from, int most) {
        List<Event> found = new ArrayList<>();
        int at = from < 0 ? all.size() : Math.min(from, all.size());
        while (at > 0 && found.size() < most) {
            at--;
            if (filter.test(all.get(at))) {
                found.add(all.get(at));
            }
        }
        boolean more = all.subList(0, at).stream().anyMatch(filter);
        return new Page(found, more ? at : -1);
    }
}
