package io.jenkins.plugins.awscicd.localaws.wire;

import java.io.IOException;

/** One service as it is on the wire. */
public interface Api {

    /** The service's name in the record of calls, such as {@code CodeBuild}. */
    String name();

    /** Takes the request for one operation, or leaves it to another service. The body may be read here, once. */
    Exchange open(Request request) throws IOException;

    /** The operation of a call that has come without a network; its answer has {@link Response.Members}. */
    default Exchange open(String requestId, DirectCall call) {
        throw new UnsupportedOperationException(name() + " is called over a network only");
    }

    /** The service's shape of an error. */
    Response error(AwsError error, Request request);

    /** The service's own code, message and status for a fault that all services know. */
    AwsError fault(CommonFault fault, String operation, Caller caller);

    /** The response header that carries the request's id. */
    default String requestIdHeader() {
        return "x-amzn-RequestId";
    }

    /** One operation that was asked for. */
    interface Exchange {
        /** The operation's name alone, such as {@code StartBuild}. */
        String operation();

        /** What the operation is about, in short. */
        String resource();

        /** Whether anybody may ask for it, without a signature. */
        default boolean anonymous() {
            return false;
        }

        /** What is asked, word for word, by which the same question is known; {@code null} if it is not known again. */
        default String question() {
            return null;
        }

        Response carryOut(Caller caller) throws AwsError, IOException;

        /** The answer while the thing asked for is not visible yet. */
        Response notYetVisible(Caller caller) throws AwsError, IOException;
    }
}
