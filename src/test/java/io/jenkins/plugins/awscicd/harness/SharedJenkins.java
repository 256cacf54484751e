package io.jenkins.plugins.awscicd.harness;

import hudson.security.ACL;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;

/** See {@link WithSharedJenkins}. */
final class SharedJenkins implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedJenkins.class);
    private static final String OF_METHOD = "of method";

    private static ExtensionContext.Store ofJvm(ExtensionContext context) {
        return context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, NAMESPACE);
    }

    private static JenkinsOfJvm shared(ExtensionContext context) {
        return ofJvm(context).get(JenkinsOfJvm.class, JenkinsOfJvm.class);
    }

    /** Makes room for another Jenkins. */
    static void stop(ExtensionContext context) throws Exception {
        JenkinsOfJvm shared = ofJvm(context).remove(JenkinsOfJvm.class, JenkinsOfJvm.class);
        if (shared != null) {
            shared.close();
        }
    }

    /** The Jenkins that runs; a new one if none does. */
    static JenkinsOfJvm running(ExtensionContext context) throws Exception {
        JenkinsOfJvm shared = shared(context);
        if (shared == null || !shared.isTheOne()) {
            shared = new JenkinsOfJvm();
            ofJvm(context).put(JenkinsOfJvm.class, shared);
        }
        if (context.getTestMethod().isPresent()) {
            context.getStore(NAMESPACE).put(OF_METHOD, true);
        }
        ACL.as2(ACL.SYSTEM2); // as the test harness has it for the thread that starts Jenkins
        return shared;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(JenkinsRule.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return running(context).rule();
        } catch (Exception e) {
            throw new ParameterResolutionException("Jenkins does not start", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getStore(NAMESPACE).remove(OF_METHOD) == null) {
            return;
        }
        JenkinsOfJvm shared = shared(context);
        if (context.getExecutionException().isPresent() && shared.isTheOne()) {
            RunningBuilds.print(shared.rule().jenkins);
        }
        if (shared.isDown()) {
            stop(context); // a test failed while it was, and has left it so
        } else {
            putBack(shared, context);
        }
    }

    /** The failure of one class is none of the next, which gets a new Jenkins then. */
    private static void putBack(JenkinsOfJvm shared, ExtensionContext context) throws Exception {
        try {
            shared.state().putBack();
        } catch (Exception | Error e) {
            try {
                stop(context);
            } catch (Exception | Error e2) {
                e.addSuppressed(e2);
            }
            throw e;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        JenkinsOfJvm shared = shared(context);
        if (shared == null) {
            return;
        }
        List<String> left;
        if (shared.isTheOne()) {
            putBack(shared, context);
            left = shared.state().differences();
        } else {
            left = List.of("another Jenkins in its place");
        }
        if (!left.isEmpty()) {
            stop(context); // the next class gets a new one
            throw new IllegalStateException(context.getRequiredTestClass().getSimpleName()
                    + " leaves the Jenkins that tests share otherwise than it was: " + left);
        }
    }
}
