package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class AwsAccessTest {

    private static final AwsAccess GENERAL = new AwsAccess(
            "eu-west-1", "keys", "arn:aws:iam::1:role/general", "general id", "general", "https://general");

    private static AwsAccess access(String region, String credentials, String role, String externalId) {
        return new AwsAccess(region, credentials, role, externalId, null, null);
    }

    @Test
    void blanksCountAsNotGiven() {
        assertEquals(AwsAccess.DEFAULT, new AwsAccess("", " ", "\t", "", null, "  "));
        assertEquals("eu-west-1", access(" eu-west-1 ", null, null, null).region());
    }

    @Test
    void takesWhatItLeavesOpenFromTheMoreGeneralOne() {
        assertEquals(GENERAL, AwsAccess.DEFAULT.orElse(GENERAL));
        assertEquals(GENERAL, GENERAL.orElse(AwsAccess.DEFAULT));

        AwsAccess regional = access("us-east-1", null, null, null).orElse(GENERAL);
        assertEquals("us-east-1", regional.region());
        assertEquals(GENERAL.role(), regional.role());
        assertEquals(GENERAL.externalId(), regional.externalId());
        assertEquals(GENERAL.endpoint(), regional.endpoint());
    }

    @Test
    void ownCredentialsDoNotAssumeTheOthersRole() {
        AwsAccess own = access(null, "mine", null, null).orElse(GENERAL);
        assertEquals("mine", own.credentialsId());
        assertNull(own.role());
        assertNull(own.externalId());
    }

    @Test
    void anOwnRoleIsAssumedFromTheGeneralCredentialsWithItsOwnExternalId() {
        AwsAccess own = access(null, null, "arn:aws:iam::2:role/mine", null).orElse(GENERAL);
        assertEquals("keys", own.credentialsId());
        assertEquals("arn:aws:iam::2:role/mine", own.role());
        assertNull(own.externalId(), "The other role's external id is no business of this one");
    }

    @Test
    void aSessionNameIsGivenOnlyToWhomHasNone() {
        assertEquals("web-42", AwsAccess.DEFAULT.named("web-42").roleSessionName());
        assertSame(GENERAL, GENERAL.named("web-42"));
        assertEquals(
                GENERAL.role(),
                access(null, null, GENERAL.role(), null).named("x").role());
    }

    @Test
    void anotherRegionChangesNothingElse() {
        AwsAccess there = GENERAL.withRegion("us-east-1");
        assertEquals("us-east-1", there.region());
        assertEquals(GENERAL, there.withRegion("eu-west-1"));
    }

    @Test
    void outlivesARestart() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(GENERAL);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Object read = in.readObject();
            assertEquals(GENERAL, read);
            assertEquals(GENERAL.hashCode(), read.hashCode());
        }
        assertNotEquals(GENERAL, AwsAccess.DEFAULT);
    }
}
