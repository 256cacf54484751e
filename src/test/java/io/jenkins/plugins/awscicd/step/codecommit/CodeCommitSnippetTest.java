package io.jenkins.plugins.awscicd.step.codecommit;

import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.SnippetRoundTrips;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;

@WithSharedJenkins
class CodeCommitSnippetTest extends SnippetRoundTrips {

    private static final String STATUS = "codeCommitStatus "
            + "approve: true, "
            + "commit: '0123456789012345678901234567890123456789', "
            + "credentialsId: 'reviewer', "
            + "endpoint: 'https://vpce-0123.example.com', "
            + "externalId: 'jenkins', "
            + "message: 'All *is* well', "
            + "pullRequest: '7', "
            + "region: 'eu-west-1', "
            + "role: 'arn:aws:iam::123456789012:role/review', "
            + "roleSessionName: 'web-review', "
            + "stage: 'prod', "
            + "state: 'success'";

    @Test
    void everyOption() throws Exception {
        Step step = parse(STATUS);
        assertWhole(step);
        assertRoundTrip(step, STATUS);
    }

    @Test
    void whatIsLeftEmptyIsLeftOut() throws Exception {
        String plain = "codeCommitStatus message: 'tests run'";
        assertRoundTrip(parse(plain), plain);
    }
}
