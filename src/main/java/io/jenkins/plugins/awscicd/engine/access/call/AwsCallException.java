package io.jenkins.plugins.awscicd.engine.access.call;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An AWS call that failed for good, told to a person: which call, on which resource, what AWS said and what to do.
 * It carries no SDK exception along, so that it can be kept with a run.
 */
public final class AwsCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Far longer than anything that AWS says, such as an encoded authorization message. */
    private static final int LONGEST = 8000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private static final Pattern NOT_AUTHORIZED =
            Pattern.compile("is not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)");

    private final AwsFault fault;

    private AwsCallException(AwsFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /**
     * @param action the call as an IAM action, such as {@code codebuild:StartBuild}
     * @param resource what it was about, such as {@code project 'web' in eu-west-1}
     * @param failure what came of it; a completion's wrapping is taken off
     */
    @NonNull
    public static AwsCallException of(@NonNull String action, @NonNull String resource, @NonNull Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof AwsCallException reported) {
            return reported;
        }
        AwsFault fault = AwsFault.of(cause);
        if (fault == AwsFault.DENIED
                && fromSts(cause)
                && (!action.startsWith("sts:") || said(cause).contains("sts:AssumeRole"))) {
            return new AwsCallException(
                    fault,
                    action + " failed for " + resource + ", because the role could not be assumed: " + said(cause)
                            + " Check the role's ARN and external ID, that its trust policy names these credentials,"
                            + " and that they allow the IAM action sts:AssumeRole on it.");
        }
        String advice =
                switch (fault) {
                    case DENIED ->
                        " Check the credentials, and that they allow the IAM action " + refused(cause, action)
                                + " on this resource.";
                    case NOT_FOUND -> " Check its name, the region and the account.";
                    case EXPIRED -> " The temporary credentials have expired and could not be renewed.";
                    case NO_CREDENTIALS ->
                        " Name credentials, or give the controller its own: by an instance profile, web"
                                + " identity, EKS Pod Identity or the environment.";
                    case CLOCK -> " The controller's clock differs from AWS's by minutes: correct it.";
                    case TRANSIENT -> " AWS could not be reached, or did not answer.";
                    case BUSY, REJECTED -> "";
                };
        return new AwsCallException(fault, action + " failed for " + resource + ": " + said(cause) + advice);
    }

    /** @param uncertain whether one that was made before, and was not answered, may have been carried out */
    @NonNull
    public static AwsCallException of(
            @NonNull String action, @NonNull String resource, @NonNull Throwable failure, boolean uncertain) {
        AwsCallException last = of(action, resource, failure);
        return uncertain ? last.afterUnanswered() : last;
    }

    /** The same of a call that was made before, and was not answered: that one may have been carried out. */
    @NonNull
    public AwsCallException afterUnanswered() {
        return new AwsCallException(fault, getMessage() + " An earlier call may have been carried out all the same.");
    }

    /** A call may take other actions as well, such as kms:Decrypt: AWS may say which one it was. */
    private static String refused(Throwable cause, String action) {
        Matcher named = NOT_AUTHORIZED.matcher(said(cause));
        return named.find() ? named.group(1) : action;
    }

    private static boolean fromSts(Throwable cause) {
        return cause instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && "Sts".equalsIgnoreCase(answer.awsErrorDetails().serviceName());
    }

    /** The failure itself, without what a {@link java.util.concurrent.CompletableFuture} wraps around it. */
    @NonNull
    public static Throwable unwrap(@NonNull Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** AWS's own words about a failure, in one sentence. */
    @NonNull
    public static String said(@NonNull Throwable failure) {
        Throwable cause = unwrap(failure);
        String text;
        if (cause instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            String message = answer.awsErrorDetails().errorMessage();
            text = message == null || message.isBlank()
                    ? AwsFault.code(answer) + " (HTTP " + answer.statusCode() + ")"
                    : message.trim();
        } else if (cause instanceof TimeoutException && cause.getMessage() == null) {
            text = "no answer in time";
        } else if (cause instanceof SdkException && cause.getCause() != null) {
            text = cause.getMessage() + " (" + cause.getCause().getClass().getSimpleName() + ")";
        } else {
            text = String.valueOf(cause.getMessage());
        }
        text = oneLine(text);
        return text.endsWith(".") ? text : text + ".";
    }

    /** Who answers need not be AWS, and what it says is printed and kept with runs. */
    private static String oneLine(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return CONTROL.matcher(start).replaceAll(" ");
    }

    /** What the failure means. */
    @NonNull
    public AwsFault fault() {
        return fault;
    }
}
