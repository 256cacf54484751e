package io.jenkins.plugins.awscicd.engine.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/**
 * A queue of SQS.
 *
 * @param region null if it is not said, as by the URL of an endpoint of one's own
 * @param account the number of the owner's account
 */
public record QueueAddress(
        @CheckForNull String region,
        @NonNull String account,
        @NonNull String name) {

    private static final String NAME = "(?<name>[A-Za-z0-9_-]{1,80})";
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:sqs:(?<region>[a-z0-9-]+):(?<account>\\d{12}):" + NAME);
    private static final Pattern URL = Pattern.compile(
            "https?://(?:(?:vpce-[a-z0-9-]+\\.)?sqs(?:-fips)?\\.(?<region>[a-z]{2}[a-z-]*-\\d+)\\.[a-z0-9.-]+|[A-Za-z0-9.-]+)(?::\\d+)?/(?<account>\\d{12})/"
                    + NAME + "/?");

    /** @throws IllegalArgumentException if it is neither the URL nor the ARN of a standard queue; says how these look */
    @NonNull
    public static QueueAddress of(@NonNull String urlOrArn) {
        String given = urlOrArn.strip();
        if (given.endsWith(".fifo")) {
            throw new IllegalArgumentException(
                    "Name a standard queue: events have no order that a FIFO queue could keep");
        }
        for (Pattern form : new Pattern[] {ARN, URL}) {
            Matcher matcher = form.matcher(given);
            if (matcher.matches()) {
                return new QueueAddress(matcher.group("region"), matcher.group("account"), matcher.group("name"));
            }
        }
        throw new IllegalArgumentException("Not a queue of Amazon SQS: give its ARN, such as"
                + " arn:aws:sqs:eu-west-1:123456789012:jenkins-events, or its URL, such as"
                + " https://sqs.eu-west-1.amazonaws.com/123456789012/jenkins-events");
    }

    /**
     * What calls name it by. Where the call goes is not taken from it.
     *
     * @param at the region that is called
     */
    @NonNull
    public String url(@NonNull Region at) {
        return "https://sqs." + at.id() + "." + at.metadata().partition().dnsSuffix() + "/" + account + "/" + name;
    }

    /** Whether an event says that it is of the account of the queue, and of its region if that is known. */
    public boolean isOf(@NonNull AwsEvent event) {
        return event.account().equals(account)
                && (region == null || event.region().equals(region));
    }

    @Override
    public String toString() {
        return region == null ? account + "/" + name : region + "/" + account + "/" + name;
    }
}
