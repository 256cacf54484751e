package io.jenkins.plugins.awscicd.delivery.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.config.StageUses;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Told;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;

/** Forms say what uses a stage in words that whoever asks may read. */
@WithSharedJenkins
class StageUsesTest {

    @Test
    void namesAreForWhoeverMaySeeTheJobs(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("insider"));
        jenkins.createFreeStyleProject("secret");
        Deployments.get().started(Told.deployment("used", "used", "hidden-app", "secret", 1));

        assertEquals(List.of("jobs that you may not see"), uses("stranger"));
        List<String> known = uses("insider");
        assertEquals(2, known.size(), known::toString);
        assertEquals(List.of(), StageUses.all("unused", null));
    }

    @Test
    void aFolderHearsOfItsOwnJobsAlone(JenkinsRule jenkins) throws Exception {
        MockFolder shop = jenkins.createFolder("shop");
        shop.createProject(FreeStyleProject.class, "web");
        jenkins.createFolder("bank").createProject(FreeStyleProject.class, "web");
        Deployments.get().started(Told.deployment("own", "both", "shop-app", "shop/web", 1));
        Deployments.get().started(Told.deployment("others", "both", "bank-app", "bank/web", 1));
        Deployments.get().started(Told.deployment("only", "banks", "bank-app", "bank/web", 1));

        assertEquals(2, StageUses.all("both", shop).size(), () -> "" + StageUses.all("both", shop));
        assertFalse(String.join(" ", StageUses.all("both", shop)).contains("bank"));
        assertEquals(List.of(), StageUses.all("banks", shop));
        assertEquals(4, StageUses.all("both", null).size(), () -> "" + StageUses.all("both", null));
    }

    private static List<String> uses(String user) {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return StageUses.all("used", null);
        }
    }
}
