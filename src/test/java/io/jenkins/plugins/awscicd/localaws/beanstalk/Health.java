package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.util.List;

/**
 * How an environment or an instance is.
 *
 * @param color as DescribeEnvironments has it; it differs from that of the status while an update suspends the checks
 */
record Health(HealthStatus status, String color, List<String> causes) {

    static Health of(HealthStatus status, List<String> causes) {
        return new Health(status, status.color(), causes);
    }

    static Health of(HealthStatus status, String... causes) {
        return of(status, List.of(causes));
    }
}
