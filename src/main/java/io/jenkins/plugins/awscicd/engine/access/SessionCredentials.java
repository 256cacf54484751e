package io.jenkins.plugins.awscicd.engine.access;

import io.jenkins.plugins.awscicd.engine.access.call.NoCredentialsException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * What a session's calls and addresses are signed with. Handed to whatever signs, and closed by the session alone: the SDK's
 * clients and presigners close with themselves what they were given, if it can be closed, and this cannot.
 */
final class SessionCredentials implements AwsCredentialsProvider {

    private final AwsCredentialsProvider provider;
    private final Runnable end;
    private final Runnable outdated;

    /**
     * @param provider where the credentials come from
     * @param end lets go of what belongs to this session alone
     * @param outdated has what is shared look for credentials anew
     */
    SessionCredentials(AwsCredentialsProvider provider, Runnable end, Runnable outdated) {
        this.provider = provider;
        this.end = end;
        this.outdated = outdated;
    }

    /** @throws NoCredentialsException if there are none at the moment, and AWS has not said why */
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return provider.resolveCredentials();
        } catch (AwsServiceException | AbortedException | NoCredentialsException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new NoCredentialsException(e);
        }
    }

    /** AWS no longer takes these, or there are none: whoever comes next is to ask for others. */
    void outdated() {
        outdated.run();
    }

    /** The session no longer wants these, be it that it ends or that it begins anew. */
    void end() {
        end.run();
    }
}
