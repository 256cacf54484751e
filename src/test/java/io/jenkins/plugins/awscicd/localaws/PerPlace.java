package io.jenkins.plugins.awscicd.localaws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A service, which is another one in each account and region, and begins when somebody first asks for it. */
final class PerPlace<T> {

    private final Map<Place, T> services = new ConcurrentHashMap<>();
    private final Function<Place, T> maker;

    PerPlace(Function<Place, T> maker) {
        this.maker = maker;
    }

    T at(Place place) {
        return services.computeIfAbsent(place, maker);
    }

    void forEach(Consumer<T> action) {
        services.values().forEach(action);
    }
}
