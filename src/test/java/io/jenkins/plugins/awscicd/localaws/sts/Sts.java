package io.jenkins.plugins.awscicd.localaws.sts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** STS for tests: the roles whose trust policy asks for something. */
public final class Sts {

    private final Sessions sessions;
    private final Map<String, String> externalIds = new ConcurrentHashMap<>();

    public Sts(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Registers a role that can only be assumed with this external id. Roles not registered are assumed by anybody. */
    public Sts role(String arn, String externalId) {
        externalIds.put(arn, externalId);
        return this;
    }

    /** Tells the secret of a user's access key, for whoever checks signatures. */
    public Sts user(String accessKeyId, String secretAccessKey) {
        sessions.user(accessKeyId, secretAccessKey);
        return this;
    }

    /** Lets the credentials of an assumed role expire at once. */
    public void expire(String accessKeyId) {
        sessions.expire(accessKeyId);
    }

    /** Whether a role lets a caller in who names this external id, {@code null} for none. */
    boolean trusts(String roleArn, String externalId) {
        String wanted = externalIds.get(roleArn);
        return wanted == null || wanted.equals(externalId);
    }
}
