package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The applications of one place. */
final class Applications {

    private final Place place;
    private final Map<String, Application> byName = new TreeMap<>();
    private int versionQuota = 1000;

    Applications(Place place) {
        this.place = place;
    }

    Application create(String name, Instant now) throws AwsError {
        Application application = new Application(place.arn("elasticbeanstalk", "application/" + name), name, now);
        if (byName.putIfAbsent(name, application) != null) {
            throw Refusal.value("Application " + name + " already exists.");
        }
        return application;
    }

    Optional<Application> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Application get(String name) throws AwsError {
        return find(name).orElseThrow(() -> Refusal.noApplication(name));
    }

    List<Application> all() {
        return new ArrayList<>(byName.values());
    }

    void delete(String name) {
        byName.remove(name);
    }

    void versionQuota(int most) {
        versionQuota = most;
    }

    /** The quota is one for all applications. */
    Version addVersion(
            Application application, String label, String bucket, String key, Version.Status status, Instant now)
            throws AwsError {
        if (application.find(label).isPresent()) {
            throw Refusal.value("Application Version " + label + " already exists.");
        }
        int versions = byName.values().stream()
                .mapToInt(one -> one.versionsNewestFirst().size())
                .sum();
        if (versions >= versionQuota) {
            throw AwsError.badRequest(
                    "TooManyApplicationVersionsException",
                    "You cannot have more than " + versionQuota
                            + " Application Versions. Either remove some Application Versions or request a limit increase.");
        }
        String arn = place.arn("elasticbeanstalk", "applicationversion/" + application.name() + "/" + label);
        Version version = new Version(arn, application.name(), label, bucket, key, status, now);
        application.add(version);
        return version;
    }
}
