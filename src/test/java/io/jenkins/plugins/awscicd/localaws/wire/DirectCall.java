package io.jenkins.plugins.awscicd.localaws.wire;

import java.io.IOException;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A call as a client in this process has it: no text is made of it, and none of its answer.
 *
 * @param service as in the record of calls, such as {@code CodeBuild}
 * @param operation its name alone, such as {@code StartBuild}
 * @param input the SDK's request
 * @param scope who calls, and where
 */
public record DirectCall(String service, String operation, SdkPojo input, Scope scope) {

    /** Who carries them out. */
    @FunctionalInterface
    public interface Handler {
        /** @throws IOException when the connection is cut */
        Response answer(DirectCall call) throws IOException, InterruptedException;
    }
}
