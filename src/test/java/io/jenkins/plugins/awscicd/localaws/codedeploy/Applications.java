package io.jenkins.plugins.awscicd.localaws.codedeploy;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The applications of one place. */
final class Applications {

    private static final Set<String> PLATFORMS = Set.of("Server", "Lambda", "ECS");

    private final Map<String, Application> byName = new TreeMap<>();
    /** What is done once there is an application, by its name. */
    private final Map<String, List<Runnable>> awaited = new HashMap<>();

    private final Chance chance;

    Applications(Chance chance) {
        this.chance = chance;
    }

    Application create(String name, String platform, Instant now) throws AwsError {
        if (!PLATFORMS.contains(platform)) {
            throw AwsError.badRequest(
                    "InvalidComputePlatformException",
                    "The computePlatform is invalid. The computePlatform should be Lambda, Server, or ECS.");
        }
        Application application = new Application(chance.uuid(), name, platform, now);
        if (byName.putIfAbsent(name, application) != null) {
            throw AwsError.badRequest("ApplicationAlreadyExistsException", "Application already exists: " + name);
        }
        awaited.getOrDefault(name, List.of()).forEach(Runnable::run);
        return application;
    }

    /** Does something once there is such an application, and again whenever there is another one of that name. */
    void await(String name, Runnable work) {
        awaited.computeIfAbsent(name, any -> new ArrayList<>()).add(work);
        if (byName.containsKey(name)) {
            work.run();
        }
    }

    Optional<Application> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Application get(String name) throws AwsError {
        return find(name)
                .orElseThrow(() -> AwsError.badRequest(
                        "ApplicationDoesNotExistException", "No application found for name: " + name));
    }

    List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    List<Application> all() {
        return new ArrayList<>(byName.values());
    }

    /** Deleting what does not exist is no error. */
    void delete(String name) {
        byName.remove(name);
    }
}
