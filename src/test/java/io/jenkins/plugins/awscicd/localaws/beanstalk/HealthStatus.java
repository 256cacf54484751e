package io.jenkins.plugins.awscicd.localaws.beanstalk;

/** Enhanced health ("Health colors and statuses" in the Elastic Beanstalk developer guide). */
public enum HealthStatus {
    OK("Ok", "Green"),
    INFO("Info", "Green"),
    WARNING("Warning", "Yellow"),
    DEGRADED("Degraded", "Red"),
    SEVERE("Severe", "Red"),
    SUSPENDED("Suspended", "Grey"),
    PENDING("Pending", "Grey"),
    NO_DATA("NoData", "Grey"),
    UNKNOWN("Unknown", "Grey");

    private final String text;
    private final String color;

    HealthStatus(String text, String color) {
        this.text = text;
        this.color = color;
    }

    /** As the API has it, such as {@code Ok}. */
    public String text() {
        return text;
    }

    /** Green, Yellow, Red or Grey. */
    public String color() {
        return color;
    }

    /** Whether a load balancer would not send anything there. */
    boolean unhealthy() {
        return this == DEGRADED || this == SEVERE;
    }
}
