package io.jenkins.plugins.awscicd.delivery.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShortenedTest {

    /** Which place it is of is said by its host, and what by the link itself. */
    @Test
    void aLongAddressIsShownWithoutWhatNobodyReads() {
        assertEquals("ci.example.com/report?id=1", Shortened.address("https://ci.example.com/report?id=1"));
        assertEquals(
                "eu-west-1.console.aws.amazon.com/cloudformation/home…",
                Shortened.address("https://eu-west-1.console.aws.amazon.com/cloudformation/home?region=eu-west-1"
                        + "#/stacks/changesets/changes?stackId=arn%3Aaws%3Acloudformation%3Aeu-west-1%3A123456789012"));
        assertEquals(
                60,
                Shortened.address("https://ci.example.com/" + "a/".repeat(100)).length());
    }

    @Test
    void changeSetsGoByTheirNamesAndIdsAreShort() {
        assertEquals(
                "jenkins-stack-1-bb607c39",
                Shortened.revision("arn:aws:cloudformation:eu-west-1:123456789012:changeSet/"
                        + "jenkins-stack-1-bb607c39-0dc1-47b5-ab27-4068a68b148f/10d500e6-bb8e-443e-861b-fe7f8abe3bfd"));
        assertEquals("operation 68b4ccef", Shortened.revision("operation 68b4ccef-b716-4ac5-a7c6-4ad4ccb64ca9"));
        assertEquals("web-1.4.zip", Shortened.revision("s3://artifacts/web/web-1.4.zip"));
    }
}
