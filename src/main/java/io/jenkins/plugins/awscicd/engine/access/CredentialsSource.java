package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** The credentials of sessions: those that are given, or the default chain's, and of the roles that are assumed with them. */
final class CredentialsSource {

    private static final int SESSION_SECONDS = 3600;

    private final AwsClients clients;
    private final DefaultChain defaultChain;

    CredentialsSource(@NonNull AwsClients clients, @NonNull DefaultChain defaultChain) {
        this.clients = clients;
        this.defaultChain = defaultChain;
    }

    /** Those of an identity, and after it of the role that the access names. */
    @NonNull
    SessionCredentials of(
            @NonNull AwsAccess access, @NonNull Identity identity, @NonNull ServicePlace place, @NonNull AwsTime time) {
        SessionCredentials credentials = base(identity);
        Identity.AssumedRole own = identity.role();
        if (own != null) {
            credentials = assume(credentials, own, access.roleSessionName(), place, time);
        }
        String arn = access.role();
        if (arn != null) {
            Identity.AssumedRole role = new Identity.AssumedRole(arn, access.externalId(), SESSION_SECONDS);
            credentials = assume(credentials, role, access.roleSessionName(), place, time);
        }
        return credentials;
    }

    private SessionCredentials base(Identity identity) {
        AwsCredentialsProvider given = identity.credentials();
        if (given != null) {
            return new SessionCredentials(given, () -> {}, () -> {}); // it belongs to the giver
        }
        DefaultCredentialsProvider chain = defaultChain.current();
        return new SessionCredentials(chain, () -> {}, () -> defaultChain.renew(chain));
    }

    private SessionCredentials assume(
            SessionCredentials base,
            Identity.AssumedRole role,
            @CheckForNull String sessionName,
            ServicePlace place,
            AwsTime time) {
        StsClient sts = clients.build(StsClient.class, StsClient::builder, place, base, time);
        StsAssumeRoleCredentialsProvider assumed = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(role.arn())
                        .externalId(role.externalId())
                        .durationSeconds(role.durationSeconds())
                        .roleSessionName(sessionName(sessionName)))
                .build();
        Runnable end = () -> {
            assumed.close();
            sts.close();
            base.end();
        };
        return new SessionCredentials(assumed, end, base::outdated);
    }

    /** STS takes 2 to 64 characters of a small alphabet. */
    private static String sessionName(@CheckForNull String wanted) {
        String name = wanted == null ? "jenkins" : wanted.replaceAll("[^\\w+=,.@-]", "-");
        // The end tells more than the beginning: it has the build's number.
        String cut = name.length() > 64 ? name.substring(name.length() - 64) : name;
        return cut.length() < 2 ? cut + "--" : cut;
    }
}
