package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.RunningTime;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.beanstalk.BeanstalkTiming;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.CloudFormationTiming;
import io.jenkins.plugins.awscicd.localaws.codebuild.Timing;
import io.jenkins.plugins.awscicd.localaws.codedeploy.DeploymentTiming;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Local AWS for a test, and a Jenkins that is set up for it. */
public final class LocalAwsExtension implements BeforeEachCallback, AfterEachCallback {

    public static final Duration SOON = Duration.ofMillis(100);

    private LocalAws aws;
    private RunningTime time;

    /** Local AWS in the time of this machine, where little takes longer than a moment. */
    static LocalAws start() {
        return start(SimulatedTime.real());
    }

    private static LocalAws start(RunningTime time) {
        return LocalAws.builder()
                .time(time)
                .timing(new Timing(SOON, SOON, SOON))
                .deploymentTiming(DeploymentTiming.all(SOON))
                .beanstalkTiming(BeanstalkTiming.all(SOON))
                .cloudFormationTiming(CloudFormationTiming.all(SOON))
                .start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        time = SimulatedTime.real();
        aws = start(time);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        aws.close();
    }

    public LocalAws aws() {
        return aws;
    }

    /** Has so much time pass in local AWS at once: what is to take longer than a restart need not be waited for. */
    public void advance(Duration by) {
        time.advance(by);
    }

    /** Makes local AWS the place that all steps of the running Jenkins call. */
    public void configure() throws Exception {
        List<Credentials> credentials = SystemCredentialsProvider.getInstance().getCredentials();
        credentials.clear();
        credentials.add(new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, "aws", "AKIDEXAMPLE", "wJalrXUtnFEMI-secret-of-the-test", "for local AWS"));
        SystemCredentialsProvider.getInstance().save();
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion("eu-west-1");
        configuration.setEndpoint(aws.endpoint().toString());
        configuration.setCredentialsId("aws");
    }

    /** Local AWS has no listeners to wait with. */
    public static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited for a minute");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
