package io.jenkins.plugins.awscicd.harness;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.model.View;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import jenkins.security.UserDetailsCache;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/** See {@link WithSharedJenkins}. */
final class SharedJenkins implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedJenkins.class);
    private static final String OF_METHOD = "of method";

    /** The Jenkins of this JVM, from the first class that wants it to the JVM's last. */
    private record Started(JenkinsRule rule) implements ExtensionContext.Store.CloseableResource {

        @Override
        public void close() throws Exception {
            rule.after();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(JenkinsRule.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            context.getStore(NAMESPACE).put(OF_METHOD, true);
        }
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Started.class,
                        none -> new Started((JenkinsRule) new JenkinsExtension().resolveParameter(parameter, context)),
                        Started.class)
                .rule();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getStore(NAMESPACE).remove(OF_METHOD) != null) {
            clean(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        clean(context);
    }

    private static void clean(ExtensionContext context) throws Exception {
        Started started = context.getRoot().getStore(NAMESPACE).get(Started.class, Started.class);
        if (started == null) {
            return;
        }
        Jenkins jenkins = started.rule().jenkins;
        jenkins.setQuietPeriod(0);
        jenkins.getQueue().clear();
        endRuns(jenkins);
        for (Item item : List.copyOf(jenkins.getItems())) {
            item.delete();
        }
        for (Node node : List.copyOf(jenkins.getNodes())) {
            jenkins.removeNode(node);
        }
        for (View view : List.copyOf(jenkins.getViews())) {
            if (view != jenkins.getPrimaryView()) {
                jenkins.deleteView(view);
            }
        }
        jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        for (User user : List.copyOf(User.getAll())) {
            user.delete();
        }
        UserDetailsCache.get().invalidateAll();
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        SystemCredentialsProvider.getInstance().save();
        forget(jenkins);
    }

    /** All runs end, however they would rather go on. */
    private static void endRuns(Jenkins jenkins) throws Exception {
        for (int i = 0; i < 2_400; i++) {
            List<Run<?, ?>> running = jenkins.getAllItems(Job.class).stream()
                    .map(job -> (Job<?, ?>) job)
                    .flatMap(job -> job.getNewBuilds().stream())
                    .filter(Run::isLogUpdated)
                    .<Run<?, ?>>map(run -> run)
                    .toList();
            if (running.isEmpty() && Queue.getInstance().isEmpty()) {
                return;
            }
            for (Run<?, ?> run : running) {
                Executor executor = run.getExecutor();
                if (i % 200 == 0 && executor != null) {
                    executor.interrupt(Result.ABORTED);
                }
                if (i >= 400 && run instanceof WorkflowRun pipeline) {
                    pipeline.doKill();
                }
            }
            TimeUnit.MILLISECONDS.sleep(25);
        }
    }

    /** What the plugin keeps itself. */
    private static void forget(Jenkins jenkins) throws IOException {
        AwsCicdConfiguration configuration = AwsCicdConfiguration.get();
        configuration.setRegion(null);
        configuration.setCredentialsId(null);
        configuration.setRole(null);
        configuration.setExternalId(null);
        configuration.setEndpoint(null);
        configuration.setStages(List.of());
        Files.deleteIfExists(jenkins.getRootDir().toPath().resolve("aws-cicd").resolve("deployments.jsonl"));
        ExtensionList<Deployments> deployments = ExtensionList.lookup(Deployments.class);
        deployments.forEach(deployments::remove);
        deployments.add(new Deployments());
    }
}
