package io.jenkins.plugins.awscicd.harness;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/** See {@link OwnJenkins}. */
final class OneJenkins implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        SharedJenkins.stop(context);
    }

    /** The test harness stops the Jenkins of a method, and leaves that of a class to the end of its JVM. */
    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        JenkinsRule left = context.getStore(ExtensionContext.Namespace.create(JenkinsExtension.class))
                .remove("jenkins-instance", JenkinsRule.class);
        if (left != null) {
            left.after();
        }
    }
}
