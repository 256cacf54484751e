package io.jenkins.plugins.awscicd.engine.stage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoleNameTest {

    private static final RoleName PROD = RoleName.of("arn:aws:iam::123456789012:role/deploy/prod");

    @Test
    void oneRoleHasManySpellings() {
        assertNotNull(PROD);
        for (String same : List.of(
                "arn:aws:iam::123456789012:role/prod",
                "ARN:aws:iam::123456789012:role/Prod",
                " arn:aws:iam::123456789012:role/deploy/prod ",
                "arn:aws-us-gov:iam::123456789012:role/other/path/prod",
                "arn:aws:sts::123456789012:assumed-role/prod/jenkins",
                "arn:aws:iam::123456789012:instance-profile/prod",
                "prod",
                "PROD ",
                "role/prod",
                "/deploy/prod")) {
            RoleName role = RoleName.of(same);
            assertNotNull(role, same);
            assertTrue(role.mayBe(PROD) && PROD.mayBe(role), same);
        }
        for (String other : List.of(
                "arn:aws:iam::123456789012:role/prod/other",
                "arn:aws:iam::999999999999:role/prod",
                "arn:aws:iam::123456789012:role/prod2",
                "produce")) {
            RoleName role = RoleName.of(other);
            assertNotNull(role, other);
            assertFalse(role.mayBe(PROD), other);
        }
        assertFalse(RoleName.of(RoleName.arn("999999999999", "prod")).mayBe(PROD));
    }

    @Test
    void whatIsNoRoleIsNone() {
        for (String text :
                List.of("", "a value", "arn:aws:s3:::prod", "https://example.com/prod", "arn:aws:iam::1:role/x")) {
            assertNull(RoleName.of(text), text);
        }
        assertNull(RoleName.of(null));
        assertNull(RoleName.ofArn("prod"));
    }
}
