package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Access to one artifact for as long as it was given: an address, and headers that are signed with it. Whoever has it
 * reaches the artifact, so it goes to the agent and nowhere else, and says nothing of the address.
 */
public final class SignedRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String url;
    private final LinkedHashMap<String, String> headers;

    /** @param headers that have to be sent with it */
    public SignedRequest(@NonNull String url, @NonNull Map<String, String> headers) {
        this.url = url;
        this.headers = new LinkedHashMap<>(headers);
    }

    @NonNull
    String url() {
        return url;
    }

    @NonNull
    Map<String, String> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return "access to an artifact";
    }
}
