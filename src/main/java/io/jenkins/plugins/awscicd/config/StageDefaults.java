package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.HttpResponses;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Names;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.beanstalk.deployment.BeanstalkNames;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.ProjectNames;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentNames;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What steps of a stage build and deploy unless they say otherwise; each null for nothing. */
public final class StageDefaults extends AbstractDescribableImpl<StageDefaults> implements Serializable {

    private static final long serialVersionUID = 1L;

    private String codeBuildProject;
    private String codeDeployApplication;
    private String deploymentGroup;
    private String beanstalkApplication;
    private String environment;

    @DataBoundConstructor
    public StageDefaults() {
        // everything is optional
    }

    boolean isEmpty() {
        return Stream.of(codeBuildProject, codeDeployApplication, deploymentGroup, beanstalkApplication, environment)
                .allMatch(value -> value == null);
    }

    /** What is wrong with them, a sentence each that begins with the field's name; empty if nothing is. */
    @NonNull
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        add(problems, "codeBuildProject", BuildRequest.problemOf("project", codeBuildProject));
        add(problems, "codeDeployApplication", DeploymentRequest.problemOf("application", codeDeployApplication));
        add(problems, "deploymentGroup", DeploymentRequest.problemOf("deploymentGroup", deploymentGroup));
        add(problems, "beanstalkApplication", BeanstalkRequest.problemOf("application", beanstalkApplication));
        add(problems, "environment", BeanstalkRequest.problemOf("environment", environment));
        return problems;
    }

    private static void add(List<String> problems, String field, @CheckForNull String problem) {
        if (problem != null) {
            problems.add(field + ": " + problem);
        }
    }

    /** These, with what they leave open taken from more general ones. */
    @NonNull
    StageDefaults orElse(@NonNull StageDefaults general) {
        StageDefaults both = new StageDefaults();
        both.codeBuildProject = codeBuildProject == null ? general.codeBuildProject : codeBuildProject;
        both.codeDeployApplication =
                codeDeployApplication == null ? general.codeDeployApplication : codeDeployApplication;
        both.deploymentGroup = deploymentGroup == null ? general.deploymentGroup : deploymentGroup;
        both.beanstalkApplication = beanstalkApplication == null ? general.beanstalkApplication : beanstalkApplication;
        both.environment = environment == null ? general.environment : environment;
        return both;
    }

    /** The project that codeBuild builds. */
    @CheckForNull
    public String getCodeBuildProject() {
        return codeBuildProject;
    }

    @DataBoundSetter
    public void setCodeBuildProject(@CheckForNull String codeBuildProject) {
        this.codeBuildProject = Util.fixEmptyAndTrim(codeBuildProject);
    }

    /** The application that codeDeploy deploys. */
    @CheckForNull
    public String getCodeDeployApplication() {
        return codeDeployApplication;
    }

    @DataBoundSetter
    public void setCodeDeployApplication(@CheckForNull String codeDeployApplication) {
        this.codeDeployApplication = Util.fixEmptyAndTrim(codeDeployApplication);
    }

    /** The group that codeDeploy deploys to. */
    @CheckForNull
    public String getDeploymentGroup() {
        return deploymentGroup;
    }

    @DataBoundSetter
    public void setDeploymentGroup(@CheckForNull String deploymentGroup) {
        this.deploymentGroup = Util.fixEmptyAndTrim(deploymentGroup);
    }

    /** The application that beanstalkDeploy deploys. */
    @CheckForNull
    public String getBeanstalkApplication() {
        return beanstalkApplication;
    }

    @DataBoundSetter
    public void setBeanstalkApplication(@CheckForNull String beanstalkApplication) {
        this.beanstalkApplication = Util.fixEmptyAndTrim(beanstalkApplication);
    }

    /** The environment that beanstalkDeploy deploys to. */
    @CheckForNull
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(@CheckForNull String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** Its form: names are asked of AWS once somebody wants to see them. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<StageDefaults> {

        @POST
        public HttpResponse doListProjects(@AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
            AccessForm.checkMayConnect(item);
            return NamesAnswer.of(item, access, ProjectNames::of);
        }

        @POST
        public HttpResponse doListApplications(@AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
            AccessForm.checkMayConnect(item);
            return NamesAnswer.of(item, access, DeploymentNames::applications);
        }

        @POST
        public HttpResponse doListDeploymentGroups(
                @AncestorInPath Item item,
                @QueryParameter String codeDeployApplication,
                @FormAccess.Fields FormAccess access) {
            AccessForm.checkMayConnect(item);
            return ofApplication(item, access, codeDeployApplication, DeploymentNames::deploymentGroups);
        }

        @POST
        public HttpResponse doListBeanstalkApplications(
                @AncestorInPath Item item, @FormAccess.Fields FormAccess access) {
            AccessForm.checkMayConnect(item);
            return NamesAnswer.of(item, access, BeanstalkNames::applications);
        }

        @POST
        public HttpResponse doListEnvironments(
                @AncestorInPath Item item,
                @QueryParameter String beanstalkApplication,
                @FormAccess.Fields FormAccess access) {
            AccessForm.checkMayConnect(item);
            return ofApplication(item, access, beanstalkApplication, BeanstalkNames::environments);
        }

        private static HttpResponse ofApplication(
                @CheckForNull Item item,
                FormAccess access,
                @CheckForNull String application,
                BiFunction<AwsSession, String, CompletableFuture<Names>> listing) {
            return application == null || application.isBlank()
                    ? HttpResponses.errorJSON(Messages.Stage_noApplication())
                    : NamesAnswer.of(item, access, session -> listing.apply(session, application.strip()));
        }
    }
}
