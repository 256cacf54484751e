package io.jenkins.plugins.awscicd.scm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Item;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.Stage;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.config.StageGuards;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codecommit.Repository;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.core.Authentication;

/** Jenkins' git reaches repositories of CodeCommit, which checks each password, wherever git runs. */
@WithSharedJenkins
class CodeCommitCredentialsTest extends PipelineRuns {

    private static final String ROLE = "arn:aws:iam::123456789012:role/source";
    private static final String JENKINSFILE = "node { checkout scm; echo \"has ${readFile('greeting')}\" }";

    private static final String AT_AWS = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web";

    private Repository web;
    private CodeCommitCredentials credentials;

    @BeforeEach
    void repository() throws Exception {
        local.aws().sts().user("AKIDEXAMPLE", "wJalrXUtnFEMI-secret-of-the-test");
        web = local.aws().codeCommit().repository("web");
        local.aws().codeCommit().commit(web, "main", Map.of("greeting", "hello", "Jenkinsfile", JENKINSFILE));
        credentials = new CodeCommitCredentials(CredentialsScope.GLOBAL, "code", "the code");
        store();
    }

    private void store() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    @AfterEach
    void noStages() {
        AwsCicdConfiguration.get().setStages(List.of());
    }

    private String url() {
        return local.aws().codeCommit().url(web);
    }

    private String checkout() {
        return "git branch: 'main', url: '" + url() + "', credentialsId: 'code'";
    }

    @Test
    void aBuildChecksOutOnTheControllerAndOnAgents() throws Exception {
        credentials.setRole(ROLE);
        jenkins.createOnlineSlave();
        WorkflowRun run = run(Result.SUCCESS, """
                for (where in ['built-in', 'slave0']) {
                  node(where) {
                    %s
                    echo "${where} has ${readFile('greeting')}"
                  }
                }
                """.formatted(checkout())
                .replace("slave0", jenkins.jenkins.getNodes().get(0).getNodeName()));
        jenkins.assertLogContains("built-in has hello", run);
        jenkins.assertLogContains(jenkins.jenkins.getNodes().get(0).getNodeName() + " has hello", run);
        assertTrue(
                local.aws().calls().all().stream()
                        .anyMatch(call -> call.operation().equals("STS.AssumeRole")),
                "the role was assumed");
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains("IQoJb3JpZ2lu"), "a session's token in " + file);
                assertFalse(content.contains("secret-of-the-test"), "in " + file);
            }
        }
    }

    @Test
    void branchesAreFoundAndBuilt() throws Exception {
        local.aws().codeCommit().commit(web, "docs", Map.of("greeting", "good day"));
        local.aws().codeCommit().commit(web, "feature/login", Map.of("greeting", "bye", "Jenkinsfile", JENKINSFILE));
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
        GitSCMSource source = new GitSCMSource(url());
        source.setCredentialsId("code");
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        project.getSourcesList().add(new BranchSource(source));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        WorkflowJob main = project.getItem("main");
        jenkins.assertLogContains("has hello", jenkins.assertBuildStatusSuccess(main.getLastBuild()));
        assertEquals(
                Set.of("main", "docs", "feature%2Flogin"),
                project.getItems().stream().map(WorkflowJob::getName).collect(Collectors.toSet()));
    }

    @Test
    void whoDoesNotSayWhichRepositoryIsToldTo() throws Exception {
        String script = """
                withCredentials([usernamePassword(credentialsId: 'code', usernameVariable: 'U', passwordVariable: 'P')]) {
                  echo "length of the password ${P.length()}"
                }
                """;
        jenkins.assertLogContains(
                "CodeCommit's password is good for one repository: use them with an HTTPS URL of CodeCommit",
                run(Result.FAILURE, "node { " + script + " }"));
        credentials.setUrl(url());
        jenkins.assertLogContains("length of the password 80", run(Result.SUCCESS, "node { " + script + " }"));
    }

    @Test
    void nobodyElseIsOfferedThem() {
        assertEquals(
                List.of("code"), offered(URIRequirementBuilder.fromUri(url()).build()));
        assertEquals(List.of("code"), offered(List.of()));
        assertEquals(
                List.of("code"),
                offered(URIRequirementBuilder.fromUri("https://git-codecommit.us-east-1.amazonaws.com/v1/repos/api")
                        .build()));
        for (String other : List.of(
                "https://github.com/example/web.git",
                "http://git-codecommit.us-east-1.amazonaws.com/v1/repos/api",
                "https://git-codecommit.us-east-1.amazonaws.com.example.com/v1/repos/api",
                url().replace("127.0.0.1", "localhost"))) {
            assertEquals(List.of(), offered(URIRequirementBuilder.fromUri(other).build()), other);
        }
    }

    @Test
    void aFoldersAreOfferedToItsJobsAlone() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().remove(credentials);
        SystemCredentialsProvider.getInstance().save();
        Folder folder = jenkins.createProject(Folder.class, "sources-" + UUID.randomUUID());
        folder.addProperty(new FolderCredentialsProvider.FolderCredentialsProperty(
                new DomainCredentials[] {new DomainCredentials(Domain.global(), List.of(credentials))}));
        WorkflowJob inside = folder.createProject(WorkflowJob.class, "inside");
        List<DomainRequirement> requirements =
                URIRequirementBuilder.fromUri(url()).build();
        assertEquals(List.of("code"), offered(inside, ACL.SYSTEM2, requirements));
        assertEquals(List.of(), offered(inside, Jenkins.ANONYMOUS2, requirements));
        assertEquals(List.of(), offered(job("echo 'outside'"), ACL.SYSTEM2, requirements));
        assertEquals(List.of(), offered(requirements));
        assertEquals(0, local.aws().calls().total(), "whoever lists them, such as a form, has AWS asked for nothing");
    }

    private static List<String> offered(Item item, Authentication who, List<DomainRequirement> requirements) {
        return CredentialsProvider.lookupCredentialsInItem(StandardUsernameCredentials.class, item, who, requirements)
                .stream()
                .map(StandardUsernameCredentials::getId)
                .toList();
    }

    private static List<String> offered(List<DomainRequirement> requirements) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardUsernameCredentials.class, jenkins.jenkins, ACL.SYSTEM2, requirements)
                .stream()
                .map(StandardUsernameCredentials::getId)
                .toList();
    }

    @Test
    void aGuardedStagesRoleIsNotForGit() throws Exception {
        credentials.setRole(ROLE);
        StageAccess access = new StageAccess();
        access.setRole(ROLE);
        StageGuards guards = new StageGuards();
        guards.setJobs("delivery");
        Stage prod = new Stage("prod");
        prod.setAccess(access);
        prod.setGuards(guards);
        AwsCicdConfiguration.get().setStages(List.of(prod));
        jenkins.assertLogContains(
                "Credentials 'code' use role " + ROLE + ", which belongs to guarded stage prod: git has no stage.",
                run(Result.FAILURE, "node { " + checkout() + " }"));
        assertTrue(local.aws().calls().all().stream()
                .noneMatch(call -> call.operation().startsWith("CodeCommit.")
                        && call.outcome().equals("ok")));
    }

    @Test
    void awsCredentialsThatAreMissingAreNamed() throws Exception {
        credentials.setCredentialsId("gone");
        WorkflowRun run = run(Result.FAILURE, "node { " + checkout() + " }");
        jenkins.assertLogContains("'gone'", run);
    }

    @Test
    void theFormShowsWhatIsSet() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().remove(credentials);
        credentials.setCredentialsId("aws");
        credentials.setRole(ROLE);
        credentials.setExternalId("jenkins");
        credentials.setUrl(AT_AWS);
        store();
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setJavaScriptEnabled(false); // a dialog, which the page around it would give its scripts
        HtmlForm form = client.goTo("manage/credentials/store/system/domain/_/credential/code/updateDialog")
                .getForms()
                .get(0);
        assertEquals(ROLE, form.getInputByName("_.role").getValue());
        assertEquals("jenkins", form.getInputByName("_.externalId").getValue());
        assertEquals(AT_AWS, form.getInputByName("_.url").getValue());
        assertEquals("the code", form.getInputByName("_.description").getValue());
        assertTrue(form.asXml().contains("fillCredentialsIdItems"), form.asXml());
    }

    @Test
    void areConfiguredAsCode() throws Exception {
        String yaml = """
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - codeCommit:
                              scope: GLOBAL
                              id: "code"
                              credentialsId: "aws"
                              role: "%s"
                              externalId: "jenkins"
                              url: "%s"
                """.formatted(ROLE, AT_AWS);
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
        CodeCommitCredentials kept = CredentialsProvider.lookupCredentialsInItemGroup(
                        CodeCommitCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of())
                .get(0);
        assertEquals("aws", kept.getCredentialsId());
        assertEquals(ROLE, kept.getRole());
        assertEquals("jenkins", kept.getExternalId());
        assertEquals(AT_AWS, kept.getUrl());
    }
}
