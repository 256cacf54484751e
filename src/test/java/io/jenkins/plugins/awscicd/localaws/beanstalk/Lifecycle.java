package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * Which versions of an application are deleted when it gets another one ("Configuring application version lifecycle settings" in the
 * developer guide).
 *
 * @param serviceRole {@code null} until it was given
 * @param count of how many versions, beside the newest
 * @param age of how many days
 */
record Lifecycle(String serviceRole, Rule count, Rule age) {

    static final Lifecycle NONE = new Lifecycle(null, Rule.OFF, Rule.OFF);

    /** So many are deleted each time, at the most. */
    private static final int MOST = 100;

    private static final String CONFIG = "ResourceLifecycleConfig";
    private static final String VERSIONS = CONFIG + ".VersionLifecycleConfig.";

    /**
     * @param limit 0 for none
     * @param deletesSource whether the bundle goes with its version
     */
    record Rule(boolean enabled, int limit, boolean deletesSource) {

        static final Rule OFF = new Rule(false, 0, false);

        private static Rule of(QueryInput input, String name, String limit, Rule before) throws AwsError {
            String enabled = input.text(VERSIONS + name + ".Enabled");
            if (enabled == null) {
                return before;
            }
            int most = Integer.parseInt(input.text(VERSIONS + name + "." + limit, "0"));
            if (Boolean.parseBoolean(enabled) && most < 1) {
                throw Refusal.value(limit + " must be at least 1.");
            }
            return new Rule(
                    Boolean.parseBoolean(enabled),
                    most,
                    Boolean.parseBoolean(input.text(VERSIONS + name + ".DeleteSourceFromS3")));
        }

        private void writeTo(Xml xml, String name, String limitName) throws XMLStreamException {
            xml.element(name, rule -> {
                rule.text("Enabled", enabled);
                if (limit > 0) {
                    rule.text(limitName, limit);
                }
                rule.text("DeleteSourceFromS3", deletesSource);
            });
        }
    }

    /** With what a request says. */
    Lifecycle changed(QueryInput input) throws AwsError {
        Lifecycle changed = new Lifecycle(
                input.text(CONFIG + ".ServiceRole", serviceRole),
                Rule.of(input, "MaxCountRule", "MaxCount", count),
                Rule.of(input, "MaxAgeRule", "MaxAgeInDays", age));
        boolean says = changed.count != count || changed.age != age;
        if (says && changed.serviceRole == null) {
            throw Refusal.missing("A service role is required the first time that a lifecycle policy is given.");
        }
        if (changed.count.enabled() && changed.age.enabled()) {
            throw Refusal.combination("Only one of MaxCountRule and MaxAgeRule can be enabled.");
        }
        return changed;
    }

    /** Of versions without the one that was just made, those that are to go. Those that are in use stay all the same. */
    List<Version> outdated(List<Version> newestFirst, Instant now) {
        List<Version> outdated = new ArrayList<>();
        for (int i = newestFirst.size() - 1; i >= 0 && outdated.size() < MOST; i--) {
            Version version = newestFirst.get(i);
            boolean old = age.enabled() && version.created().isBefore(now.minus(Duration.ofDays(age.limit())));
            if (count.enabled() && i >= count.limit() || old) {
                outdated.add(version);
            }
        }
        return outdated;
    }

    boolean deletesSource() {
        return count.enabled() && count.deletesSource() || age.enabled() && age.deletesSource();
    }

    /** ApplicationResourceLifecycleConfig. */
    void writeTo(Xml xml) throws XMLStreamException {
        xml.element(
                CONFIG,
                config -> config.text("ServiceRole", serviceRole).element("VersionLifecycleConfig", rules -> {
                    count.writeTo(rules, "MaxCountRule", "MaxCount");
                    age.writeTo(rules, "MaxAgeRule", "MaxAgeInDays");
                }));
    }
}
