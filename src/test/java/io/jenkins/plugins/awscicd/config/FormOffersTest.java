package io.jenkins.plugins.awscicd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What forms offer, and say of what is in them. */
@WithSharedJenkins
class FormOffersTest {

    @Test
    void credentialsThatNoStepFindsAreNotOffered(JenkinsRule jenkins) throws Exception {
        for (CredentialsScope scope : List.of(CredentialsScope.SYSTEM, CredentialsScope.GLOBAL)) {
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new AWSCredentialsImpl(scope, "of-" + scope, "AKIDEXAMPLE", "secret-of-the-test", null));
        }
        assertEquals(
                List.of("", "of-GLOBAL"),
                AccessForm.credentials(null, null).stream()
                        .map(option -> option.value)
                        .toList());
    }

    @Test
    void closedHoursSayWhetherTheyAreNow(JenkinsRule jenkins) {
        StageGuards.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(StageGuards.DescriptorImpl.class);
        FormValidation always = form.doCheckClosedHours(null, "daily 00:00-24:00 UTC");
        assertTrue(always.getMessage().contains("Closed at all times"), always.getMessage());
        FormValidation some = form.doCheckClosedHours(null, "Mon 00:00 - Thu 12:00 UTC");
        assertTrue(
                some.getMessage().matches("(Open now; closes Mon 00:00 UTC|Closed now; opens Thu 12:00 UTC)"),
                some.getMessage());
        assertEquals(FormValidation.Kind.OK, form.doCheckClosedHours(null, "").kind);
    }

    @Test
    void aNameThatIsTooLongIsToldTheLimit(JenkinsRule jenkins) {
        Stage.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(Stage.DescriptorImpl.class);
        assertEquals(FormValidation.Kind.OK, form.doCheckName(null, "p".repeat(63), null).kind);
        String told = form.doCheckName(null, "p".repeat(64), null).getMessage();
        assertTrue(told.contains("64") && told.contains("63"), told);
        assertTrue(form.doCheckName(null, "pre prod", null).getMessage().contains("63"));
    }

    @Test
    void usesAreToldOfTheFormsOwnStagesAlone(JenkinsRule jenkins) {
        ExtensionList.lookup(StageUses.class).add(0, new Uses());
        AwsCicdConfiguration.get().setStages(List.of(new Stage("prod")));
        Stage.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(Stage.DescriptorImpl.class);
        assertTrue(form.doCheckName(null, "prod", "prod").getMessage().contains("used somewhere"));
        assertEquals(null, form.doCheckName(null, "test", "test").getMessage());
        assertTrue(form.doCheckName(null, "live", "prod").getMessage().contains("used somewhere"));
    }

    /** Knows a use of any stage. */
    private static final class Uses implements StageUses {

        @Override
        public List<String> of(String stage, Item folder) {
            return List.of("used somewhere");
        }

        @Override
        public String last(String stage, Item job) {
            return null;
        }
    }
}
