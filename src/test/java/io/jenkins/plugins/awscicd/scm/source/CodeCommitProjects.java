package io.jenkins.plugins.awscicd.scm.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.Util;
import hudson.model.Result;
import io.jenkins.plugins.awscicd.engine.codecommit.GitPassword;
import io.jenkins.plugins.awscicd.engine.codecommit.GitRepository;
import io.jenkins.plugins.awscicd.localaws.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.localaws.codecommit.Repository;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents;
import io.jenkins.plugins.awscicd.scm.RepositoryEvents.Kind;
import io.jenkins.plugins.awscicd.step.PipelineRuns;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMEvents;
import jenkins.scm.api.trait.SCMSourceTrait;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Multibranch projects of a repository in local AWS. */
abstract class CodeCommitProjects extends PipelineRuns {

    static final String JENKINSFILE = "echo \"this is ${env.BRANCH_NAME}\"\n";

    protected CodeCommit codeCommit;
    protected Repository web;

    @TempDir
    private Path temp;

    @BeforeEach
    void repository() throws Exception {
        local.aws().sts().user("AKIDEXAMPLE", "wJalrXUtnFEMI-secret-of-the-test");
        codeCommit = local.aws().codeCommit();
        web = codeCommit.repository("web");
        codeCommit.commit(web, "main", Map.of("greeting", "hello\n", "Jenkinsfile", JENKINSFILE));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new CodeCommitCredentials(CredentialsScope.GLOBAL, "code", "the code"));
        SystemCredentialsProvider.getInstance().save();
    }

    /** As a person does it, on another machine. */
    protected void gitPush(String branch, String file, String content) throws Exception {
        Path work = gitClone();
        git(work, "checkout", "--quiet", "-B", branch);
        Files.writeString(work.resolve(file), content);
        git(work, "add", ".");
        git(work, "commit", "--quiet", "-m", "change");
        git(work, "push", "--quiet", "origin", branch);
    }

    /** Where a person works; what is asked of CodeCommit for it is asked the first time. */
    protected Path gitClone() throws Exception {
        Path work = temp.resolve("work");
        if (!Files.exists(work)) {
            git(temp, "clone", "--quiet", codeCommit.url(web), "work");
        }
        return work;
    }

    /** As a person does it who has pushed before. */
    protected void gitDelete(String branch) throws Exception {
        git(temp.resolve("work"), "push", "--quiet", "origin", "--delete", branch);
    }

    protected void git(Path where, String... command) throws Exception {
        GitPassword password = GitPassword.of(
                GitRepository.at(codeCommit.url(web), local.aws().endpoint(), "eu-west-1")
                        .orElseThrow(),
                AwsBasicCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI-secret-of-the-test"),
                Instant.now());
        List<String> all = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.com"));
        all.addAll(List.of("-c", "commit.gpgsign=false", "-c"));
        all.add("credential.helper=!f() { echo username=" + password.user() + "; echo password=" + password.password()
                + "; }; f");
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    protected CodeCommitSCMSource source(SCMSourceTrait... traits) {
        CodeCommitSCMSource source = new CodeCommitSCMSource(codeCommit.url(web));
        source.setCredentialsId("code");
        source.setTraits(List.of(traits));
        return source;
    }

    protected WorkflowMultiBranchProject project(SCMSourceTrait... traits) throws Exception {
        WorkflowMultiBranchProject project =
                jenkins.createProject(WorkflowMultiBranchProject.class, "web-" + UUID.randomUUID());
        project.getSourcesList().add(new BranchSource(source(traits)));
        scan(project);
        return project;
    }

    protected static void scan(WorkflowMultiBranchProject project) throws Exception {
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        assertEquals(Result.SUCCESS, project.getIndexing().getResult(), said(project));
    }

    /** What the last scan has said. */
    protected static String said(WorkflowMultiBranchProject project) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        project.getIndexing().getLogText().writeLogTo(0, log);
        return log.toString(StandardCharsets.UTF_8);
    }

    protected static Set<String> jobs(WorkflowMultiBranchProject project) {
        return project.getItems().stream()
                .filter(WorkflowJob::isBuildable)
                .map(WorkflowJob::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    protected static WorkflowRun last(WorkflowMultiBranchProject project, String job) throws Exception {
        WorkflowRun run = project.getItem(job).getLastBuild();
        jenkins.waitForCompletion(run);
        return run;
    }

    /** As the poller tells it. */
    protected void tell(Kind kind, String reference, String commit) throws Exception {
        long before = SCMEvents.getWatermark();
        RepositoryEvents.fire(new RepositoryEvents.ReferenceChange(
                kind, "123456789012", "eu-west-1", "web", reference, commit, "test"));
        settle(before);
    }

    protected void tell(Kind kind, String id, String source, String destination) throws Exception {
        long before = SCMEvents.getWatermark();
        RepositoryEvents.fire(new RepositoryEvents.PullRequestChange(
                kind, "123456789012", "eu-west-1", "web", id, source, destination, "test"));
        settle(before);
    }

    private static void settle(long before) throws Exception {
        SCMEvents.awaitAll(before);
        jenkins.waitUntilNoActivity();
    }

    /** How often git was asked for something, by a build or by the controller. */
    protected long pulls() {
        return local.aws().calls().count("CodeCommit.GitPull");
    }

    /** Where git's plugin clones to on the controller. */
    protected List<String> clones() {
        String clone = "git-" + Util.getDigestOf(codeCommit.url(web));
        String[] all = new File(jenkins.jenkins.getRootDir(), "caches").list((dir, name) -> name.startsWith(clone));
        return all == null ? List.of() : Arrays.asList(all);
    }
}
