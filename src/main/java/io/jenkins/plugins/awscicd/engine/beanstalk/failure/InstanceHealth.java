package io.jenkins.plugins.awscicd.engine.beanstalk.failure;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.job.PlainText;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticbeanstalk.model.SingleInstanceHealth;

/**
 * How one instance is, by enhanced health
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_SingleInstanceHealth.html">SingleInstanceHealth</a>).
 *
 * @param status such as {@code Ok} or {@code Severe}; empty if it is not known
 * @param color {@code Green}, {@code Yellow}, {@code Red} or {@code Grey}; empty if it is not known
 */
record InstanceHealth(
        @NonNull String id,
        @NonNull String status,
        @NonNull String color,
        @NonNull List<String> causes) {

    /** From "Health colors and statuses" in the developer guide, the best first. */
    private static final List<String> STATUSES =
            List.of("Ok", "Info", "Suspended", "Pending", "Unknown", "NoData", "Warning", "Degraded", "Severe");

    static final Comparator<InstanceHealth> WORST_FIRST = Comparator.comparing(
                    (InstanceHealth one) -> STATUSES.indexOf(one.status().replace(" ", "")))
            .reversed()
            .thenComparing(InstanceHealth::id);

    static InstanceHealth of(SingleInstanceHealth seen) {
        return new InstanceHealth(
                orEmpty(seen.instanceId()),
                orEmpty(seen.healthStatus()),
                orEmpty(seen.color()),
                seen.causes().stream().map(PlainText::line).toList());
    }

    static String orEmpty(@CheckForNull String text) {
        return text == null ? "" : text;
    }

    /** Whether there is nothing to say of it. */
    boolean well() {
        return color.equals("Green") && causes.isEmpty();
    }

    /** Such as {@code i-0123, i-0456 are Red (Severe): Following services are not running: web.}, those together that are alike. */
    static List<String> inWords(List<InstanceHealth> instances) {
        return instances.stream()
                .collect(Collectors.groupingBy(
                        one -> inWords(one.color(), one.status(), one.causes()),
                        LinkedHashMap::new,
                        Collectors.mapping(InstanceHealth::id, Collectors.toList())))
                .entrySet()
                .stream()
                .map(alike -> String.join(", ", alike.getValue())
                        + (alike.getValue().size() == 1 ? " is " : " are ")
                        + alike.getKey())
                .toList();
    }

    static String inWords(String color, String status, List<String> causes) {
        String health = color.isEmpty() ? status : status.isEmpty() ? color : color + " (" + status + ")";
        return causes.isEmpty() ? health : health + ": " + String.join(" ", causes);
    }
}
