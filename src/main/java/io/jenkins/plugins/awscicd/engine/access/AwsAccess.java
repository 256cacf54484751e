package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who a job is to AWS and where: plain data without any secret, kept with a running job and resolved again after a restart.
 */
public final class AwsAccess implements Serializable {

    private static final Texts TEXTS = Texts.of(AwsAccess.class);

    private static final long serialVersionUID = 1L;

    /** Nothing said: region, identity and endpoint come from the SDK's default chains. */
    public static final AwsAccess DEFAULT = new AwsAccess(null, null, null, null, null, null);

    private final String region;
    private final String credentialsId;
    private final String role;
    private final String externalId;
    private final String roleSessionName;
    private final String endpoint;

    /**
     * Blank values count as not given.
     *
     * @param region such as {@code eu-west-1}; null for the SDK's default region chain
     * @param credentialsId id of the credentials to start from; null for the SDK's default credentials chain
     * @param role ARN of a role to assume; null for none
     * @param externalId external id for the role
     * @param roleSessionName name of the role's session, as CloudTrail shows it
     * @param endpoint URL that all services are called at instead of AWS's own (VPC endpoint, local AWS)
     */
    public AwsAccess(
            @CheckForNull String region,
            @CheckForNull String credentialsId,
            @CheckForNull String role,
            @CheckForNull String externalId,
            @CheckForNull String roleSessionName,
            @CheckForNull String endpoint) {
        this.region = blankToNull(region);
        this.credentialsId = blankToNull(credentialsId);
        this.role = blankToNull(role);
        this.externalId = blankToNull(externalId);
        this.roleSessionName = blankToNull(roleSessionName);
        this.endpoint = blankToNull(endpoint);
    }

    @CheckForNull
    private static String blankToNull(@CheckForNull String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }

    /**
     * This access, with what it leaves open taken from a more general one (a step's from a stage's, a stage's from the global page's).
     * A role belongs to the identity that may assume it: where this access names credentials or a role of its own, the
     * other's role is left out.
     */
    @NonNull
    public AwsAccess orElse(@NonNull AwsAccess general) {
        boolean ownIdentity = credentialsId != null || role != null;
        return new AwsAccess(
                region != null ? region : general.region,
                credentialsId != null ? credentialsId : general.credentialsId,
                ownIdentity ? role : general.role,
                ownIdentity ? externalId : general.externalId,
                roleSessionName != null ? roleSessionName : general.roleSessionName,
                endpoint != null ? endpoint : general.endpoint);
    }

    /** What is wrong with this access, a sentence each that begins with the argument's name; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        List<String> problems = new ArrayList<>(argumentProblems());
        if (externalId != null && role == null) {
            problems.add("externalId: " + TEXTS.get("externalId"));
        }
        return problems;
    }

    /** The same of each argument by itself, whatever the others are. */
    @NonNull
    public List<String> argumentProblems() {
        return AccessArguments.problems(this);
    }

    /** This access with another session name, if it has none of its own. */
    @NonNull
    public AwsAccess named(@NonNull String sessionName) {
        return roleSessionName != null
                ? this
                : new AwsAccess(region, credentialsId, role, externalId, sessionName, endpoint);
    }

    /** This access in another region. */
    @NonNull
    public AwsAccess withRegion(@NonNull String other) {
        return new AwsAccess(other, credentialsId, role, externalId, roleSessionName, endpoint);
    }

    @CheckForNull
    public String region() {
        return region;
    }

    @CheckForNull
    public String credentialsId() {
        return credentialsId;
    }

    @CheckForNull
    public String role() {
        return role;
    }

    @CheckForNull
    public String externalId() {
        return externalId;
    }

    @CheckForNull
    public String roleSessionName() {
        return roleSessionName;
    }

    @CheckForNull
    public String endpoint() {
        return endpoint;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AwsAccess that
                && Objects.equals(region, that.region)
                && Objects.equals(credentialsId, that.credentialsId)
                && Objects.equals(role, that.role)
                && Objects.equals(externalId, that.externalId)
                && Objects.equals(roleSessionName, that.roleSessionName)
                && Objects.equals(endpoint, that.endpoint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(region, credentialsId, role, externalId, roleSessionName, endpoint);
    }
}
