package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Nearest;
import java.util.List;
import java.util.Optional;

/**
 * By which addresses of AWS the controller reaches its services, wherever an access names no endpoint. An administrator alone says
 * that, for all: whoever may write a Jenkinsfile or configure a folder has no say in where others' credentials go.
 *
 * @param fips whether AWS's FIPS 140 endpoints are called
 * @param dualStack whether AWS's endpoints for IPv4 and IPv6 are called
 * @param own addresses of single services; those that name a region come before those that do not
 */
public record Addresses(
        boolean fips, boolean dualStack, @NonNull List<Own> own) {

    /** As the SDK finds them. */
    public static final Addresses DEFAULT = new Addresses(false, false, List.of());

    /** The services that are called, as AWS names them in their addresses. */
    public static final List<String> SERVICES = List.of(
            "cloudformation",
            "codebuild",
            "codecommit",
            "codedeploy",
            "codepipeline",
            "elasticbeanstalk",
            "logs",
            "s3",
            "sns",
            "sqs",
            "sts");

    /**
     * Where one service is called.
     *
     * @param service one of {@link #SERVICES}
     * @param region in which it is called there; null for all
     */
    public record Own(
            @NonNull String service,
            @CheckForNull String region,
            @NonNull String url) {

        /** What is wrong with it, a sentence each that begins with the field's name; empty if nothing is. */
        @NonNull
        public List<String> problems() {
            if (!SERVICES.contains(service)) {
                String words = Nearest.of(service, SERVICES)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("use one of " + String.join(", ", SERVICES));
                return List.of("service: '" + service + "' is not a service that is called; " + words);
            }
            if (url.isBlank()) {
                return List.of("endpoint: required, such as https://vpce-0123." + service + ".example.com");
            }
            List<String> problems = new AwsAccess(region, null, null, null, null, url).argumentProblems();
            return problems.isEmpty() && !url.trim().regionMatches(true, 0, "https:", 0, 6)
                    ? List.of(
                            "endpoint: '" + url + "' is not an https URL; all credentials are sent there, so use https")
                    : problems;
        }

        private boolean isFor(String wanted, @CheckForNull String calledRegion) {
            return service.equals(wanted) && (region == null ? calledRegion == null : region.equals(calledRegion));
        }
    }

    public Addresses {
        own = List.copyOf(own);
    }

    /** The service's own address; null if it has none. */
    @CheckForNull
    String of(@NonNull String service, @NonNull String region) {
        return first(service, region)
                .or(() -> first(service, null))
                .map(Own::url)
                .orElse(null);
    }

    private Optional<Own> first(String service, @CheckForNull String region) {
        return own.stream().filter(it -> it.isFor(service, region)).findFirst();
    }
}
