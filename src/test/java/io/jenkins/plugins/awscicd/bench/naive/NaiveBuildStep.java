package io.jenkins.plugins.awscicd.bench.naive;

import hudson.Extension;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;

/**
 * {@code naiveBuild project: 'web', endpoint: 'http://…'}: a CodeBuild build as it is watched without any thought, with a thread
 * and a call of its own every 5 s. Only the client is shared by all, which not even every plugin does. Returns the build's id.
 */
public final class NaiveBuildStep extends Step {

    private final String project;
    private final String endpoint;

    @DataBoundConstructor
    public NaiveBuildStep(String project, String endpoint) {
        this.project = project;
        this.endpoint = endpoint;
    }

    public String getProject() {
        return project;
    }

    public String getEndpoint() {
        return endpoint;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, project, ((DescriptorImpl) getDescriptor()).client(endpoint));
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<String> {

        private static final long serialVersionUID = 1L;

        private final String project;
        private final transient CodeBuildClient client;

        Execution(StepContext context, String project, CodeBuildClient client) {
            super(context);
            this.project = project;
            this.client = client;
        }

        @Override
        protected String run() throws InterruptedException {
            String id = client.startBuild(start -> start.projectName(project))
                    .build()
                    .id();
            Build build;
            do {
                TimeUnit.SECONDS.sleep(5);
                build = client.batchGetBuilds(get -> get.ids(id)).builds().get(0);
            } while (!Boolean.TRUE.equals(build.buildComplete()));
            return id;
        }
    }

    /** Knows the one client. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        private CodeBuildClient client;

        synchronized CodeBuildClient client(String endpoint) {
            if (client == null) {
                client = CodeBuildClient.builder()
                        .endpointOverride(URI.create(endpoint))
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDNAIVE", "secret")))
                        .httpClientBuilder(ApacheHttpClient.builder().maxConnections(200))
                        .build();
            }
            return client;
        }

        @Override
        public String getFunctionName() {
            return "naiveBuild";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }
    }
}
