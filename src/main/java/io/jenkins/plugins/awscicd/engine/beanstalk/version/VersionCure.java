package io.jenkins.plugins.awscicd.engine.beanstalk.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;

/** What to do where AWS makes no version. */
final class VersionCure {

    private VersionCure() {}

    /** What to do about a refusal that says it too briefly; null if it is another one. */
    @CheckForNull
    static String of(@NonNull Throwable refusal, @NonNull Region region) {
        if (!(refusal instanceof ElasticBeanstalkException answer)) {
            return null;
        }
        String said = AwsCallException.said(answer);
        if (answer.awsErrorDetails() != null
                && answer.awsErrorDetails().errorCode() != null
                && answer.awsErrorDetails().errorCode().startsWith("TooManyApplicationVersions")) {
            return "bundle: no version can be created from it, because the account has reached its limit in " + region
                    + ": " + said + " Delete versions that are no longer deployed, of any application; a"
                    + " lifecycle policy then limits their number. Existing versions can still be deployed, with"
                    + " version: 'label'";
        }
        return said.startsWith("No Application named")
                ? "application: " + said + " Check the name and the region, or create it with createApplication: true"
                : null;
    }
}
