package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.Beanstalk;
import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import io.jenkins.plugins.awscicd.engine.codedeploy.deployment.CodeDeploy;
import io.jenkins.plugins.awscicd.step.Messages;
import java.util.Map;
import java.util.Objects;

/**
 * Where that is which approvers are asked about, in one of three ways, and so what is in it.
 *
 * @param version the label of a version; null if it is none
 * @param bundle as {@code beanstalkDeploy} takes it; null if it is none
 * @param revision as {@code codeDeploy} takes it; null if it is none
 * @param sha256 of the archive as it was built; null if that is not known
 */
record AskedContent(
        @CheckForNull String version,
        @CheckForNull Map<String, Object> bundle,
        @CheckForNull Map<String, Object> revision,
        @CheckForNull String sha256) {

    /**
     * What it is at this moment, in one line. Blocks, calls AWS.
     *
     * @param beanstalk the application of which a version would be; null if that is not known
     * @return null if nothing pins it
     * @throws AbortException if the argument leads nowhere, or to something else than what was built
     */
    @CheckForNull
    String read(@NonNull AwsSession session, @CheckForNull String beanstalk)
            throws AbortException, InterruptedException {
        try {
            return content(session, beanstalk);
        } catch (IllegalArgumentException e) {
            throw new AbortException("awsApproval " + e.getMessage());
        }
    }

    @CheckForNull
    private String content(AwsSession session, @CheckForNull String beanstalk)
            throws AbortException, InterruptedException {
        if (version != null) {
            return beanstalk == null ? null : Beanstalk.content(session, beanstalk, version);
        }
        if (bundle != null) {
            return Beanstalk.content(session, new BeanstalkRequest(bundle));
        }
        if (revision == null || revision.isEmpty() || "workspace".equals(revision.get("key"))) {
            return null;
        }
        String content = CodeDeploy.content(session, revision);
        if (content != null && sha256 != null) {
            checkBuilt(session, String.valueOf(revision.get("bucket")), String.valueOf(revision.get("key")));
        }
        return content;
    }

    /** Somebody may have put something else there since it was built. */
    private void checkBuilt(AwsSession session, String bucket, String key) throws AbortException, InterruptedException {
        String there = S3Content.call(session, () -> {
            S3Content now = S3Content.find(session, bucket, key, null);
            return now == null ? null : now.digest(session);
        });
        if (there != null && !there.equalsIgnoreCase(sha256)) {
            throw new AbortException(Messages.AskedDelivery_overwritten("s3://" + bucket + "/" + key, there, sha256));
        }
    }

    /** As it was given, for people. */
    @NonNull
    String inWords() {
        Object one = version != null ? version : bundle != null ? bundle.get("bundle") : revision;
        if (one instanceof Map<?, ?> map && map.get("key") != null) {
            return (map.get("bucket") == null ? "" : "s3://" + map.get("bucket") + "/") + map.get("key");
        }
        return one == null ? Messages.AskedDelivery_nothing() : Objects.toString(one);
    }
}
