package io.jenkins.plugins.awscicd.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.FormValidation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What forms offer, and say of what is in them. */
@WithJenkins
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
}
