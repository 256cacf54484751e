package io.jenkins.plugins.awscicd.engine.notify;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an SNS topic
 * (<a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html">resource types of SNS</a>). SNS
 * takes calls about a topic in the topic's own region only.
 *
 * @param partition such as {@code aws} or {@code aws-cn}
 * @param region such as {@code eu-central-1}
 * @param account 12 digits
 * @param name with {@code .fifo} at its end if it is a FIFO topic
 */
public record TopicArn(
        @NonNull String partition,
        @NonNull String region,
        @NonNull String account,
        @NonNull String name) {

    private static final String FIFO = ".fifo";
    private static final int LONGEST_NAME = 256;
    private static final Pattern ARN =
            Pattern.compile("arn:(aws[a-z-]*):sns:([a-z0-9-]+):(\\d{12}):([\\w-]+(?:\\.fifo)?)(:[\\w-]+)?");

    /**
     * What is wrong with a topic's ARN as somebody has written it.
     *
     * @return a sentence that begins with the argument's name, {@code notify}; null if nothing is
     */
    @CheckForNull
    public static String problem(@NonNull String arn) {
        Matcher matcher = ARN.matcher(arn.strip());
        if (!matcher.matches() || matcher.group(4).length() > LONGEST_NAME) {
            return "notify: '" + arn + "' is not the ARN of an SNS topic; use the form"
                    + " arn:<partition>:sns:<region>:<account>:<name>, such as"
                    + " arn:aws:sns:eu-central-1:123456789012:approvals";
        }
        return matcher.group(5) == null
                ? null
                : "notify: '" + arn + "' is the ARN of a subscription; leave out its last part, '" + matcher.group(5)
                        + "', to get the ARN of the topic";
    }

    /** @throws IllegalArgumentException with the {@linkplain #problem problem}, if there is one */
    @NonNull
    public static TopicArn parse(@NonNull String arn) {
        String problem = problem(arn);
        Matcher matcher = ARN.matcher(arn.strip());
        if (problem != null || !matcher.matches()) {
            throw new IllegalArgumentException(problem);
        }
        return new TopicArn(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
    }

    /** Whether the topic keeps messages in order and takes each but once. */
    public boolean isFifo() {
        return name.endsWith(FIFO);
    }

    /** The ARN as AWS writes it. */
    @Override
    @NonNull
    public String toString() {
        return String.join(":", "arn", partition, "sns", region, account, name);
    }
}
