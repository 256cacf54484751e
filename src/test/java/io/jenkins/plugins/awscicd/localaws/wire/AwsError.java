package io.jenkins.plugins.awscicd.localaws.wire;

/**
 * An operation was refused. The protocol of the service gives it its shape.
 *
 * <p>It has no stack trace: it is an answer, and load tests make thousands of them.
 */
public final class AwsError extends Exception {

    private final int status;
    private final String code;

    public AwsError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** The client's fault. */
    public static AwsError badRequest(String code, String message) {
        return new AwsError(400, code, message);
    }

    public int status() {
        return status;
    }

    /** The error code as the API reference lists it, such as {@code ResourceNotFoundException}. */
    public String code() {
        return code;
    }
}
