package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Where AWS is called instead of its own addresses. */
final class Endpoint {

    /** The network of fd00:ec2::254 (instance metadata) and fd00:ec2::23 (EKS Pod Identity). */
    private static final byte[] METADATA_BY_IPV6 = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2};

    private Endpoint() {}

    /**
     * Null if the access names none.
     *
     * @throws IllegalArgumentException if it is no URL, or leads where the controller's own credentials are
     */
    @CheckForNull
    static URI of(@NonNull AwsAccess access) {
        if (access.endpoint() == null) {
            return null;
        }
        URI uri;
        try {
            uri = URI.create(access.endpoint());
        } catch (IllegalArgumentException e) {
            uri = URI.create("");
        }
        if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().matches("https?")) {
            throw new IllegalArgumentException("endpoint: '" + access.endpoint()
                    + "' is not an http or https URL, such as https://vpce-0123.example.com");
        }
        if (leadsToMetadata(uri.getHost())) {
            throw new IllegalArgumentException("endpoint: '" + access.endpoint()
                    + "' is where machines find their own credentials, not an AWS service; name an endpoint such as"
                    + " https://vpce-0123.example.com");
        }
        return uri;
    }

    /** What is there says who the controller is to AWS, to anybody who can have it called. May look the host up. */
    private static boolean leadsToMetadata(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .anyMatch(address -> address.isLinkLocalAddress()
                            || address instanceof Inet6Address six
                                    && Arrays.equals(six.getAddress(), 0, 4, METADATA_BY_IPV6, 0, 4));
        } catch (UnknownHostException e) {
            return false; // only a proxy may know it
        }
    }
}
