package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * A repository of CodeCommit as git reaches it over HTTP.
 *
 * @param host without the port
 * @param path such as {@code /v1/repos/web}: just as git asks for it, since it is signed
 * @param region such as {@code eu-west-1}
 */
public record GitRepository(
        @NonNull String host, @NonNull String path, @NonNull String region) {

    /**
     * The hosts of all partitions, with those for FIPS and of VPC endpoints ("Regions and Git connection endpoints" in the CodeCommit
     * user guide; {@code codecommit.py} of the AWS CLI; {@code git-remote-codecommit} for China). What is no region is no host of
     * CodeCommit: {@code git-codecommit.s3.amazonaws.com} is a bucket of whoever was first.
     */
    private static final Pattern HOST =
            Pattern.compile("(?:vpce-[a-z0-9-]+\\.)?git-codecommit(?:-fips)?\\.([a-z]{2,4}(?:-[a-z]+)+-\\d{1,2})"
                    + "\\.(?:vpce\\.)?amazonaws\\.com(?:\\.cn)?");

    private static final Pattern PATH = Pattern.compile("/v1/repos/[\\w.-]{1,100}/?");

    /**
     * The repository at an address, if it is one. Only CodeCommit's own hosts, over https, count, and an endpoint that an administrator
     * has named: whoever else is given a password also learns the session's token.
     *
     * @param url without a user
     * @param endpoint where all services are called instead of at AWS's own addresses; null for those
     * @param region of that endpoint; null if there is none
     */
    @NonNull
    public static Optional<GitRepository> at(
            @NonNull String url, @CheckForNull URI endpoint, @CheckForNull String region) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || !PATH.matcher(uri.getRawPath()).matches()) {
            return Optional.empty();
        }
        if (endpoint != null && region != null && isAt(uri, endpoint)) {
            return Optional.of(new GitRepository(uri.getHost(), uri.getRawPath(), region));
        }
        Matcher host = HOST.matcher(uri.getHost());
        boolean secure = "https".equals(uri.getScheme()) && (uri.getPort() == -1 || uri.getPort() == 443);
        return secure && host.matches()
                ? Optional.of(new GitRepository(uri.getHost(), uri.getRawPath(), host.group(1)))
                : Optional.empty();
    }

    /**
     * The address of a repository at CodeCommit's usual host.
     *
     * @param endpoint where all services are called instead of at AWS's own addresses; null for those
     */
    @NonNull
    public static String url(@NonNull String region, @NonNull String name, @CheckForNull String endpoint) {
        String host = endpoint != null
                ? endpoint.replaceFirst("/+$", "")
                : "https://git-codecommit." + region + "."
                        + PartitionMetadata.of(Region.of(region)).dnsSuffix();
        return host + "/v1/repos/" + name;
    }

    /** Its name in CodeCommit. */
    @NonNull
    public String name() {
        String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return whole.substring(whole.lastIndexOf('/') + 1);
    }

    private static boolean isAt(URI uri, URI endpoint) {
        return endpoint.getScheme().equals(uri.getScheme())
                && endpoint.getHost().equals(uri.getHost())
                && endpoint.getPort() == uri.getPort();
    }
}
