package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The keys that a session starts from, before any role named by the {@link AwsAccess} is assumed. Live and secret: never
 * kept with a job.
 *
 * @param key tells two identities apart without giving either away; equal keys mean equal credentials
 * @param credentials the starting keys; null for the SDK's default chain
 * @param role a role that belongs to the credentials themselves and is assumed first; null for none
 */
public record Identity(
        @NonNull String key,
        @CheckForNull AwsCredentialsProvider credentials,
        @CheckForNull AssumedRole role) {

    /**
     * A role to assume (<a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>).
     *
     * @param arn the role's ARN
     * @param externalId null for none
     * @param durationSeconds how long one session lasts; sessions are renewed shortly before their end
     */
    public record AssumedRole(
            @NonNull String arn, @CheckForNull String externalId, int durationSeconds) {}

    /** Whatever the SDK finds: environment, web identity, container, instance profile, SSO. */
    @NonNull
    public static Identity defaultChain() {
        return new Identity("default", null, null);
    }

    /** This identity with a role that belongs to it; without one, this identity. */
    @NonNull
    public Identity assuming(@CheckForNull AssumedRole itsRole) {
        return itsRole == null ? this : new Identity(key + " as " + itsRole, credentials, itsRole);
    }

    /**
     * Credentials that somebody else gives out, as what they are at this moment: whoever makes them anew for each that asks is still
     * one identity, as long as the keys are the same. Asks for them, and so may block.
     *
     * @param name how they are called; other credentials may be called the same
     * @throws SdkException if there are none: {@link AwsFault#of} says whether there may be some later
     */
    @NonNull
    public static Identity of(@NonNull String name, @NonNull AwsCredentialsProvider provider) {
        AwsCredentials now = new SessionCredentials(provider, () -> {}, () -> {}).resolveCredentials();
        // Of temporary ones the name belongs to it: other keys come under it before long.
        String prefix = now instanceof AwsSessionCredentials ? name + '\n' : "";
        return new Identity(
                Sha256.of(prefix + now.accessKeyId() + '\n' + now.secretAccessKey() + '\n' + null), provider, null);
    }

    /** A long-lived access key, with the role that its credentials entry names, if any. */
    @NonNull
    public static Identity ofKeys(
            @NonNull String accessKeyId, @NonNull String secretAccessKey, @CheckForNull AssumedRole role) {
        return new Identity(
                Sha256.of(accessKeyId + '\n' + secretAccessKey + '\n' + role),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)),
                role);
    }
}
