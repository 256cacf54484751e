package io.jenkins.plugins.awscicd.engine.access.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.util.Set;

/**
 * The HTTP proxy through which AWS is reached.
 *
 * @param endpoint the proxy's address
 * @param userName null for a proxy that wants none
 * @param password null for a proxy that wants none
 * @param nonProxyHosts regular expressions of the hosts that are reached directly
 */
public record HttpProxy(
        @NonNull URI endpoint,
        @CheckForNull String userName,
        @CheckForNull String password,
        @NonNull Set<String> nonProxyHosts) {

    public HttpProxy {
        nonProxyHosts = Set.copyOf(nonProxyHosts);
    }

    @Override
    public String toString() {
        return endpoint.toString(); // never the password
    }
}
