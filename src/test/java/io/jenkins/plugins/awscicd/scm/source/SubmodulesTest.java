package io.jenkins.plugins.awscicd.scm.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.Label;
import hudson.model.Result;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codecommit.Repository;
import java.nio.file.Path;
import java.util.Map;
import jenkins.plugins.git.traits.SubmoduleOptionTrait;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;

/** Submodules in other repositories are reached, each with a password that is signed for it. */
@WithSharedJenkins
class SubmodulesTest extends CodeCommitProjects {

    private void submodule(String jenkinsfile, String url) throws Exception {
        Repository library = codeCommit.repository("lib");
        String commit = codeCommit.commit(library, "main", Map.of("greeting", "hello of the library"));
        Path work = gitClone();
        git(work, "update-index", "--add", "--cacheinfo", "160000," + commit + ",lib");
        git(work, "config", "-f", ".gitmodules", "submodule.lib.path", "lib");
        git(work, "config", "-f", ".gitmodules", "submodule.lib.url", url);
        git(work, "add", ".gitmodules");
        git(work, "commit", "--quiet", "-m", "submodule");
        git(work, "push", "--quiet", "origin", "main");
        codeCommit.commit(web, "main", Map.of("Jenkinsfile", jenkinsfile));
    }

    @Test
    void aBranchSourceReachesThem() throws Exception {
        jenkins.createOnlineSlave(Label.get("builder"));
        submodule("node('builder') { checkout scm; echo \"has ${readFile('lib/greeting')}\" }\n", "../lib");
        SubmoduleOption option = new SubmoduleOption();
        option.setParentCredentials(true); // what people set for other hosts, and no password of CodeCommit is good for
        WorkflowMultiBranchProject project = project(new BranchDiscoveryTrait(), new SubmoduleOptionTrait(option));
        jenkins.assertLogContains("has hello of the library", jenkins.assertBuildStatusSuccess(last(project, "main")));
    }

    private String checkout(String extensions) {
        return "node { checkout scmGit(branches: [[name: 'main']], extensions: [" + extensions
                + "], userRemoteConfigs: [[url: '" + codeCommit.url(web)
                + "', credentialsId: 'code']]); echo \"has ${readFile('lib/greeting')}\" }";
    }

    @Test
    void aCheckoutReachesThem() throws Exception {
        submodule("echo 'none'\n", codeCommit.url(web).replace("/web", "/lib"));
        jenkins.assertLogContains(
                "has hello of the library",
                run(Result.SUCCESS, checkout("codeCommitSubmodules(), submodule(recursiveSubmodules: true)")));
        jenkins.assertLogContains(
                "codeCommitSubmodules has to come before submodule",
                run(Result.FAILURE, checkout("submodule(recursiveSubmodules: true), codeCommitSubmodules()")));
        jenkins.assertLogContains(
                "the password of a repository is good for that repository alone",
                run(Result.FAILURE, checkout("codeCommitSubmodules(), submodule(parentCredentials: true)")));
    }

    @Test
    void anAddressIsResolvedAsGitDoes() {
        String parent = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web";
        String lib = parent.replace("web", "lib");
        assertEquals(lib, SubmoduleCredentials.absolute(parent, "../lib"));
        assertEquals(lib, SubmoduleCredentials.absolute(parent + "/", "../lib"));
        assertEquals(lib, SubmoduleCredentials.absolute(parent, lib));
        assertNull(SubmoduleCredentials.absolute(parent, "../l i b"));
        assertNull(SubmoduleCredentials.absolute(parent, null));
    }
}
