package io.jenkins.plugins.awscicd.scm.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Label;
import hudson.model.Result;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import io.jenkins.plugins.awscicd.engine.codecommit.GitPassword;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codecommit.Dialect;
import io.jenkins.plugins.awscicd.localaws.codecommit.PullRequest;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.branch.BranchSource;
import jenkins.branch.OrganizationFolder;
import jenkins.plugins.git.GitSCMSource;
import jenkins.scm.api.metadata.ContributorMetadataAction;
import jenkins.scm.api.metadata.ObjectMetadataAction;
import jenkins.scm.api.trait.SCMTrait;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.SCMSourceRetriever;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** A repository's branches, pull requests and tags become jobs, and their Jenkinsfiles are read without a clone. */
@WithSharedJenkins
class CodeCommitSCMSourceTest extends CodeCommitProjects {

    private void push(String branch, String file, String content) throws Exception {
        gitPush(branch, file, content);
        local.aws().calls().reset();
    }

    @Test
    void whatIsPushedIsBuiltWithoutACloneOnTheController() throws Exception {
        push("feature/login", "greeting", "bye\n");
        codeCommit.commit(web, "docs", Map.of("README", "no Jenkinsfile")); // has main's
        WorkflowMultiBranchProject project = project(new BranchDiscoveryTrait());
        assertEquals(Set.of("docs", "feature%2Flogin", "main"), jobs(project));
        jenkins.assertLogContains(
                "this is feature/login", jenkins.assertBuildStatusSuccess(last(project, "feature%2Flogin")));
        assertEquals(0, pulls(), "git is not asked");
        assertEquals(List.of(), clones());
        assertTrue(local.aws().calls().count("CodeCommit.GetFile") >= 3);
    }

    @Test
    void anAgentChecksOutWhatWasFound() throws Exception {
        jenkins.createOnlineSlave(Label.get("builder"));
        push("main", "Jenkinsfile", "node('builder') { checkout scm; echo \"has ${readFile('greeting')}\" }\n");
        WorkflowMultiBranchProject project = project(new BranchDiscoveryTrait());
        jenkins.assertLogContains("has hello", jenkins.assertBuildStatusSuccess(last(project, "main")));
        assertEquals(List.of(), clones());
        assertTrue(pulls() > 0, "the agent clones");
    }

    @Test
    void aBranchWithoutAJenkinsfileIsNoJob() throws Exception {
        codeCommit.repository("plain");
        codeCommit.commit(codeCommit.repository("plain"), "main", Map.of("README", "r", "ci/Jenkinsfile", JENKINSFILE));
        web = codeCommit.repository("plain");
        assertEquals(Set.of(), jobs(project(new BranchDiscoveryTrait())));
    }

    @Test
    void eventsCreateBuildAndRemoveJobs() throws Exception {
        WorkflowMultiBranchProject project = project(new BranchDiscoveryTrait());
        push("feature", "greeting", "one\n");
        tell(Kind.CREATED, "refs/heads/feature", codeCommit.tip(web, "feature").orElseThrow());
        assertEquals(Set.of("feature", "main"), jobs(project));
        assertEquals(1, last(project, "feature").getNumber());
        push("feature", "greeting", "two\n");
        tell(Kind.UPDATED, "refs/heads/feature", codeCommit.tip(web, "feature").orElseThrow());
        assertEquals(2, last(project, "feature").getNumber());
        tell(Kind.UPDATED, "refs/heads/feature", codeCommit.tip(web, "feature").orElseThrow());
        assertEquals(2, last(project, "feature").getNumber(), "an event that comes twice builds once");
        codeCommit.deleteBranch(web, "feature");
        tell(Kind.REMOVED, "refs/heads/feature", null);
        assertEquals(Set.of("main"), jobs(project));
        assertEquals(1, last(project, "main").getNumber());
        assertEquals(0, pulls());
    }

    @Test
    void eventsOfOthersAndForgedOnesBuildNothing() throws Exception {
        WorkflowMultiBranchProject project = project(new BranchDiscoveryTrait());
        String tip = codeCommit.tip(web, "main").orElseThrow();
        RepositoryEvents.fire(new RepositoryEvents.ReferenceChange(
                Kind.CREATED, "999999999999", "eu-west-1", "web", "refs/heads/other", tip, "test"));
        RepositoryEvents.fire(new RepositoryEvents.ReferenceChange(
                Kind.CREATED, "123456789012", "us-east-1", "web", "refs/heads/other", tip, "test"));
        tell(Kind.CREATED, "refs/heads/forged", "0123456789012345678901234567890123456789");
        tell(Kind.REMOVED, "refs/heads/main", null);
        assertEquals(Set.of("main"), jobs(project));
        assertEquals(1, last(project, "main").getNumber());
    }

    @Test
    void aDeletedBranchIsNoJobAfterAScan() throws Exception {
        codeCommit.commit(web, "feature", Map.of("f", "f"));
        WorkflowMultiBranchProject project = project(new BranchDiscoveryTrait());
        assertEquals(Set.of("feature", "main"), jobs(project));
        codeCommit.deleteBranch(web, "feature");
        scan(project);
        assertEquals(Set.of("main"), jobs(project));
    }

    @Test
    void pullRequestsAreBuiltMergedAndAsTheyAre() throws Exception {
        for (Dialect dialect : Dialect.values()) {
            codeCommit.speak(dialect);
        }
        jenkins.createOnlineSlave(Label.get("builder"));
        String jenkinsfile = "node('builder') { checkout scm; echo \"has ${readFile('greeting').trim()}"
                + " and ${fileExists('later')}\" }\n";
        codeCommit.commit(web, "main", Map.of("Jenkinsfile", jenkinsfile));
        codeCommit.commit(web, "feature", Map.of("greeting", "bye\n"));
        PullRequest request = codeCommit.pullRequest(web, "Say bye", "feature", "main");
        codeCommit.commit(web, "main", Map.of("later", "later", "Jenkinsfile", "// later\n" + jenkinsfile));
        BranchDiscoveryTrait branches = new BranchDiscoveryTrait();
        branches.setExcludePullRequests(true);
        WorkflowMultiBranchProject project = project(branches, new PullRequestDiscoveryTrait("both"));
        assertEquals(Set.of("PR-1-head", "PR-1-merge", "main"), jobs(project));
        jenkins.assertLogContains("has bye and true", jenkins.assertBuildStatusSuccess(last(project, "PR-1-merge")));
        jenkins.assertLogContains("has bye and false", jenkins.assertBuildStatusSuccess(last(project, "PR-1-head")));
        assertEquals(List.of(), clones());
        WorkflowJob job = project.getItem("PR-1-merge");
        assertEquals("Say bye", job.getAction(ObjectMetadataAction.class).getObjectDisplayName());
        assertEquals("author", job.getAction(ContributorMetadataAction.class).getContributor());
        codeCommit.commit(web, "feature", Map.of("greeting", "good bye\n"));
        tell(Kind.UPDATED, request.id(), "refs/heads/feature", "refs/heads/main");
        WorkflowRun second = last(project, "PR-1-merge");
        assertEquals(2, second.getNumber());
        jenkins.assertLogContains("has good bye and true", second);
        codeCommit.close(request);
        tell(Kind.REMOVED, request.id(), "feature", "main");
        assertEquals(Set.of("main"), jobs(project));
    }

    @Test
    void aJenkinsfileIsReadMerged() throws Exception {
        String file = "echo 'first'\n\n\necho 'middle'\n\n\necho 'last'\n";
        codeCommit.commit(web, "main", Map.of("Jenkinsfile", file));
        codeCommit.commit(web, "feature", Map.of("Jenkinsfile", file.replace("'first'", "'first of the branch'")));
        codeCommit.commit(web, "worse", Map.of("Jenkinsfile", file.replace("'last'", "'last of the other'")));
        codeCommit.pullRequest(web, "Feature", "feature", "main");
        codeCommit.commit(web, "main", Map.of("Jenkinsfile", file.replace("'last'", "'last of main'")));
        WorkflowMultiBranchProject project = project(new PullRequestDiscoveryTrait("merge"));
        WorkflowRun run = jenkins.assertBuildStatusSuccess(last(project, "PR-1"));
        jenkins.assertLogContains("first of the branch", run);
        jenkins.assertLogContains("last of main", run);
        assertEquals(0, pulls());
        codeCommit.pullRequest(web, "Conflict", "worse", "main");
        scan(project);
        jenkins.assertLogContains(
                "'Jenkinsfile' was changed in the pull request and at",
                jenkins.assertBuildStatus(Result.FAILURE, last(project, "PR-2")));
    }

    @Test
    void tagsAreFoundWithGit() throws Exception {
        codeCommit.tagCommit(web, "v1", codeCommit.tip(web, "main").orElseThrow());
        WorkflowMultiBranchProject project = project(new TagDiscoveryTrait());
        assertEquals(Set.of("v1"), jobs(project));
        assertNull(project.getItem("v1").getLastBuild(), "tags are built by hand");
        jenkins.assertLogContains(
                "this is v1",
                jenkins.assertBuildStatusSuccess(project.getItem("v1").scheduleBuild2(0)));
        assertEquals(List.of(), clones());
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        WorkflowMultiBranchProject project = project(new BranchDiscoveryTrait());
        local.aws().faults().on("CodeCommit.ListBranches").accessDenied();
        project.scheduleBuild2(0).getFuture().get();
        String log = JenkinsRule.getLog(last(project, "main"));
        assertFalse(log.contains("secret"));
        String said = said(project);
        assertTrue(said.contains("codecommit:ListBranches failed for repository 'web' in eu-west-1"), said);
        assertTrue(said.contains("IAM action codecommit:ListBranches"), said);
        assertEquals(Set.of("main"), jobs(project), "nothing is removed by a scan that failed");
        local.aws().faults().clear();
        CodeCommitSCMSource other =
                (CodeCommitSCMSource) project.getSCMSources().get(0);
        other.setCredentialsId("gone");
        project.scheduleBuild2(0).getFuture().get();
        said = said(project);
        assertTrue(said.contains("There are no credentials of kind AWS CodeCommit (HTTPS) with ID 'gone' here"), said);
    }

    @Test
    void anOrganizationFolderHasTheRepositoriesThatMatch() throws Exception {
        for (String name : List.of("web-shop", "web-old", "api")) {
            codeCommit.commit(codeCommit.repository(name), "main", Map.of("Jenkinsfile", JENKINSFILE));
        }
        codeCommit.tag(codeCommit.repository("web-shop"), "team", "shop");
        codeCommit.tag(codeCommit.repository("web-old"), "team", "old");
        codeCommit.pageSize(2);
        OrganizationFolder folder = jenkins.createProject(OrganizationFolder.class);
        CodeCommitSCMNavigator navigator = new CodeCommitSCMNavigator("eu-west-1");
        navigator.setCredentialsId("code");
        navigator.setPattern("web.*");
        navigator.setTraits(List.of(new BranchDiscoveryTrait()));
        folder.getSCMNavigators().add(navigator);
        scan(folder);
        assertEquals(Set.of("web", "web-shop", "web-old"), names(folder));
        jenkins.assertLogContains(
                "this is main",
                jenkins.assertBuildStatusSuccess(jenkins.jenkins
                        .getItemByFullName(folder.getFullName() + "/web-shop/main", WorkflowJob.class)
                        .getLastBuild()));
        navigator.setTag("team=shop");
        scan(folder);
        assertEquals(Set.of("web-shop"), names(folder));
        assertEquals(0, pulls());
    }

    private static void scan(OrganizationFolder folder) throws Exception {
        folder.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
    }

    private static Set<String> names(OrganizationFolder folder) {
        return folder.getItems().stream()
                .map(it -> it.getName())
                .filter(name -> folder.getItem(name) instanceof WorkflowMultiBranchProject it && it.isBuildable())
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void aLibraryIsConfiguredAsCode() throws Exception {
        codeCommit.commit(web, "main", Map.of("vars/greet.groovy", "def call() { echo 'greets' }\n"));
        String yaml = """
                unclassified:
                  globalLibraries:
                    libraries:
                      - name: "shared"
                        defaultVersion: "main"
                        retriever:
                          modernSCM:
                            scm:
                              codeCommit:
                                remote: "%s"
                                credentialsId: "code"
                                traits:
                                  - codeCommitBranchDiscovery:
                                      excludePullRequests: true
                                  - codeCommitTagDiscovery
                                  - codeCommitPullRequestDiscovery:
                                      strategy: "both"
                                  - codeCommitPullRequestStatus:
                                      approve: true
                """.formatted(codeCommit.url(web));
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
        SCMSourceRetriever retriever =
                (SCMSourceRetriever) GlobalLibraries.get().getLibraries().get(0).getRetriever();
        CodeCommitSCMSource source = (CodeCommitSCMSource) retriever.getScm();
        assertEquals(4, source.getTraits().size());
        assertTrue(((BranchDiscoveryTrait) source.getTraits().get(0)).isExcludePullRequests());
        assertEquals("both", ((PullRequestDiscoveryTrait) source.getTraits().get(2)).getStrategy());
        jenkins.assertLogContains("greets", run(Result.SUCCESS, "@Library('shared') _\ngreet()"));
        GlobalLibraries.get().setLibraries(List.of());
    }

    @Test
    void gitsOwnJobsReadTheirJenkinsfileTheSameWay() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsScmFlowDefinition(
                new GitSCM(
                        List.of(new UserRemoteConfig(codeCommit.url(web), null, null, "code")),
                        List.of(new BranchSpec("refs/heads/main")),
                        null,
                        null,
                        List.of()),
                "Jenkinsfile"));
        ((CpsScmFlowDefinition) job.getDefinition()).setLightweight(true);
        jenkins.assertLogContains("this is", jenkins.buildAndAssertSuccess(job));
        assertEquals(0, pulls());
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
        GitSCMSource source = new GitSCMSource(codeCommit.url(web));
        source.setCredentialsId("code");
        source.setTraits(List.of(new jenkins.plugins.git.traits.BranchDiscoveryTrait()));
        project.getSourcesList().add(new BranchSource(source));
        scan(project);
        jenkins.assertLogContains("this is main", jenkins.assertBuildStatusSuccess(last(project, "main")));
        assertEquals(List.of(), clones());
        codeCommit.deleteBranch(web, "main");
        tell(Kind.REMOVED, "refs/heads/main", null);
        assertEquals(Set.of(), jobs(project));
    }

    @Test
    void otherCredentialsWorkAsBefore() throws Exception {
        GitPassword password = GitPassword.of(
                GitRepository.at(codeCommit.url(web), local.aws().endpoint(), "eu-west-1")
                        .orElseThrow(),
                AwsBasicCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI-secret-of-the-test"),
                Instant.now());
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "user", null, password.user(), password.password()));
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
        GitSCMSource source = new GitSCMSource(codeCommit.url(web));
        source.setCredentialsId("user");
        source.setTraits(List.of(new jenkins.plugins.git.traits.BranchDiscoveryTrait()));
        project.getSourcesList().add(new BranchSource(source));
        scan(project);
        jenkins.assertLogContains("this is main", jenkins.assertBuildStatusSuccess(last(project, "main")));
        assertEquals(
                0, local.aws().calls().count("CodeCommit.GetFile"), "whoever has a password has no AWS credentials");
    }

    @Test
    void theFormKeepsWhatIsSet() throws Exception {
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
        BranchDiscoveryTrait branches = new BranchDiscoveryTrait();
        branches.setExcludePullRequests(true);
        project.getSourcesList()
                .add(new BranchSource(
                        source(branches, new TagDiscoveryTrait(), new PullRequestDiscoveryTrait("head"))));
        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage page = client.getPage(project, "configure");
        assertEquals(0, local.aws().calls().total(), "the form does not call AWS");
        jenkins.submit(page.getFormByName("config"));
        jenkins.waitUntilNoActivity();
        CodeCommitSCMSource kept = (CodeCommitSCMSource) project.getSCMSources().get(0);
        assertEquals(codeCommit.url(web), kept.getRemote());
        assertEquals("code", kept.getCredentialsId());
        assertEquals(3, kept.getTraits().size());
        assertTrue(SCMTrait.find(kept.getTraits(), BranchDiscoveryTrait.class).isExcludePullRequests());
        assertEquals(
                "head",
                SCMTrait.find(kept.getTraits(), PullRequestDiscoveryTrait.class).getStrategy());
    }
}
