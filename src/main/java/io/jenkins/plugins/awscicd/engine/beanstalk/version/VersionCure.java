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
            return "bundle: no version can be made of it, as this account has as many in " + region
                    + " as it may: " + said + " Delete those that are not deployed any more, of any application; then a"
                    + " lifecycle policy keeps their number down. A version that is there can still be deployed, with"
                    + " version: 'label'";
        }
        return said.startsWith("No Application named")
                ? "application: " + said + " Check the name and the region, or create it with createApplication: true"
                : null;
    }
}
