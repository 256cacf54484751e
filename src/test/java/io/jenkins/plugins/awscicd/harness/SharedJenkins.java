package io.jenkins.plugins.awscicd.harness;

import hudson.security.ACL;
import java.util.List;
import jenkins.model.Jenkins;
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

    /** The Jenkins of this JVM, from the first class that wants it to the JVM's last, or to the next with a Jenkins of its own. */
    private record Started(JenkinsRule rule, JenkinsState state) implements AutoCloseable {

        /** There may be another Jenkins since: code that asks for the Jenkins of the JVM gets that one. */
        boolean isTheOne() {
            return Jenkins.getInstanceOrNull() == rule.jenkins;
        }

        @Override
        public void close() throws Exception {
            if (isTheOne()) {
                rule.after();
            }
        }
    }

    private static ExtensionContext.Store ofJvm(ExtensionContext context) {
        return context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, NAMESPACE);
    }

    private static Started started(ExtensionContext context) {
        return ofJvm(context).get(Started.class, Started.class);
    }

    /** Makes room for another Jenkins. */
    static void stop(ExtensionContext context) throws Exception {
        Started started = ofJvm(context).remove(Started.class, Started.class);
        if (started != null) {
            started.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(JenkinsRule.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started started = started(context);
        if (started == null || !started.isTheOne()) {
            started = start();
            ofJvm(context).put(Started.class, started);
        }
        if (context.getTestMethod().isPresent()) {
            context.getStore(NAMESPACE).put(OF_METHOD, true);
        }
        ACL.as2(ACL.SYSTEM2); // as the test harness has it for the thread that starts Jenkins
        return started.rule();
    }

    private static Started start() {
        JenkinsRule rule = new SharedRule();
        try {
            rule.before();
        } catch (Throwable e) { // what it declares
            throw new ParameterResolutionException("Jenkins does not start", e);
        }
        return new Started(rule, JenkinsState.of(rule));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getStore(NAMESPACE).remove(OF_METHOD) != null) {
            started(context).state().putBack();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Started started = started(context);
        if (started == null) {
            return;
        }
        List<String> left;
        if (started.isTheOne()) {
            started.state().putBack();
            left = started.state().differences();
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
