package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.AwsNames;
import io.jenkins.plugins.awscicd.engine.option.Mistake;
import io.jenkins.plugins.awscicd.engine.option.Nearest;
import io.jenkins.plugins.awscicd.engine.option.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/**
 * What the arguments may be that say who somebody is to AWS and where, wherever they are given. They are checked before anything is
 * sent: AWS answers what is wrong with them in riddles, or not at all.
 */
final class AccessArguments {

    /** How AWS calls its regions, as it has more of them than an SDK knows. */
    private static final Pattern REGION =
            Pattern.compile("[a-z]{2,4}(?:-[a-z]+)?-(?:central|(?:north|south)?(?:east|west)|north|south)-\\d{1,2}");

    private static final List<Mistake> ZONES = List.of(
            Mistake.of("(" + REGION + ")[a-z]", "is an availability zone; use its region, '$1'"),
            Mistake.of("(" + REGION + ")-.+", "is a zone; use its region, '$1'"),
            Mistake.of(
                    "[a-z]{3,5}\\d-(?:az\\d|.*-az\\d)",
                    "is the id of an availability zone; use the name of its region, such as 'eu-west-1'"));

    private static final Rule EXTERNAL_ID =
            Rule.length(2, 1224).matching("[\\w+=,.@:/-]*", "letters, digits and + = , . @ : / - _");

    private static final Rule SESSION_NAME =
            Rule.length(2, 64).matching("[\\w+=,.@-]*", "letters, digits and + = , . @ - _");

    private static final Rule ENDPOINT = Rule.length(1, Integer.MAX_VALUE)
            .unlike(
                    Mistake.of(
                            "(?i)https?://[^/]*@.*",
                            "contains a user; leave it out, because credentials are named separately"),
                    Mistake.of("(?i)https?://[^?#]*[?#].*", "has something after its path; leave it out"),
                    Mistake.of(
                            "((?:localhost|host\\.docker\\.internal|\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[0-9a-f:]+\\])(?::\\d+)?(?:/.*)?)",
                            "has no scheme; use 'http://$1'"),
                    Mistake.of("([\\w-]+(?:\\.[\\w-]+)+(?::\\d+)?(?:/.*)?)", "has no scheme; use 'https://$1'"),
                    Mistake.of("([\\w-]+:\\d+(?:/.*)?)", "has no scheme; use 'http://$1'"));

    private AccessArguments() {}

    /** What is wrong with each by itself, a sentence that begins with its name; empty if nothing is. */
    @NonNull
    static List<String> problems(@NonNull AwsAccess access) {
        List<String> problems = new ArrayList<>();
        add(problems, "region", access.region(), AccessArguments::region);
        add(problems, "credentialsId", access.credentialsId(), AccessArguments::credentialsId);
        add(problems, "role", access.role(), AwsNames.ROLE::problem);
        add(problems, "externalId", access.externalId(), EXTERNAL_ID::problem);
        add(problems, "roleSessionName", access.roleSessionName(), SESSION_NAME::problem);
        add(problems, "endpoint", access.endpoint(), AccessArguments::endpoint);
        return problems;
    }

    private static void add(
            List<String> problems, String name, @CheckForNull String value, Function<String, String> check) {
        String problem = value == null ? null : check.apply(value);
        if (problem != null) {
            problems.add(name + ": " + problem);
        }
    }

    @CheckForNull
    private static String region(String region) {
        String plain = region.replaceFirst("^fips-|-fips$", ""); // as the SDK takes it
        List<Region> known = Region.regions();
        if (known.stream().anyMatch(it -> it.id().equals(plain))
                ? !Region.of(plain).isGlobalRegion()
                : REGION.matcher(plain).matches()) {
            return null;
        }
        return "'" + region + "' " + region(plain, known);
    }

    private static String region(String plain, List<Region> known) {
        String id = plain.toLowerCase(Locale.ROOT).replace('_', '-');
        for (Mistake mistake : ZONES) {
            String correction = mistake.correct(id);
            if (correction != null) {
                return correction;
            }
        }
        if (REGION.matcher(id).matches()) {
            return "is not spelled as in AWS; use '" + id + "'";
        }
        List<String> described = known.stream()
                .filter(it -> isDescribed(it, plain))
                .map(Region::id)
                .sorted()
                .toList();
        if (described.size() == 1) {
            return "is the display name of a region; use '" + described.get(0) + "'";
        }
        return "is not a region; "
                + Nearest.of(
                                id,
                                known.stream()
                                        .filter(it -> !it.isGlobalRegion())
                                        .map(Region::id)
                                        .toList())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("use one such as 'eu-west-1'");
    }

    private static boolean isDescribed(Region region, String words) {
        RegionMetadata metadata = RegionMetadata.of(region);
        return metadata != null
                && words.length() > 3
                && metadata.description()
                        .toLowerCase(Locale.ROOT)
                        .contains(words.toLowerCase(Locale.ROOT).strip());
    }

    /** A key is not repeated, whatever is behind it. */
    @CheckForNull
    private static String credentialsId(String id) {
        if (id.matches("(?:AKIA|ASIA)[A-Z0-9]{12,}.*")) {
            return "is an access key of AWS, not the id of credentials in Jenkins; add the key to Jenkins as"
                    + " AWS credentials, and name the id that they have there";
        }
        return id.startsWith("arn:") ? "'" + id + "' is an ARN; use the id of credentials in Jenkins, or role" : null;
    }

    @CheckForNull
    private static String endpoint(String endpoint) {
        String problem = ENDPOINT.problem(endpoint);
        if (problem != null) {
            return problem;
        }
        try {
            URI uri = new URI(endpoint);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return null;
            }
        } catch (URISyntaxException e) {
            // It is told below, without what it is.
        }
        return Rule.quoted(endpoint)
                + " is not the address of a service; use an http or https URL, such as https://vpce-0123.example.com";
    }
}
