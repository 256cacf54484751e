package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The environments of one place, terminated ones among them. */
final class Environments {

    private final List<Environment> all = new ArrayList<>();

    void add(Environment environment) {
        all.add(environment);
    }

    List<Environment> all() {
        return List.copyOf(all);
    }

    /** Those that have not been terminated. */
    List<Environment> living() {
        List<Environment> living = new ArrayList<>(all);
        living.removeIf(one -> one.status() == EnvironmentStatus.TERMINATED);
        return living;
    }

    /** One that has not been terminated. */
    Optional<Environment> find(String name) {
        return living().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The one that a request names. */
    Environment of(QueryInput input) throws AwsError {
        return of(input.text("EnvironmentId"), input.text("EnvironmentName"));
    }

    /** @param id or name may be {@code null}, but not both */
    Environment of(String id, String name) throws AwsError {
        if (id == null && name == null) {
            throw AwsError.badRequest(
                    "InvalidParameterCombination", "Either EnvironmentId or EnvironmentName must be specified.");
        }
        return all.stream()
                .filter(one -> one.status() != EnvironmentStatus.TERMINATED)
                .filter(one -> id == null || one.id().equals(id))
                .filter(one -> name == null || one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.value(
                        name == null
                                ? "No Environment found for EnvironmentId = '" + id + "'."
                                : "No Environment found for EnvironmentName = '" + name + "'."));
    }
}
