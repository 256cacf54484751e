package io.jenkins.plugins.awscicd.delivery.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where something that was approved may go. */
class ApprovedDeliveryTest {

    private static final String IDLE = "web-idle.eu-west-1.elasticbeanstalk.com";
    private static final String LIVE = "web-live.eu-west-1.elasticbeanstalk.com";

    private static Target environment(String name, String cname) {
        return new Target(Target.Service.BEANSTALK, "eu-west-1", null, "web", name).serving(cname);
    }

    private static ApprovedDelivery approved(Target... places) {
        return new ApprovedDelivery(List.of(places), "v1", Map.of());
    }

    @Test
    void anEnvironmentIsTheOneThatItWasUnlessItHasAnotherCname() {
        ApprovedDelivery approved = approved(environment("web-b", IDLE));
        assertTrue(approved.isFor(environment("web-b", IDLE)));
        assertFalse(approved.isFor(environment("web-b", LIVE)));
        assertEquals(
                List.of("CNAME of environment web-b of web: approved " + IDLE + ", is " + LIVE),
                approved.differences(environment("web-b", LIVE), Map.of()));
        assertTrue(approved(environment("web-b", null)).isFor(environment("web-b", LIVE)), "it was not known");
    }

    /** By the CNAME an environment is meant that is not there by that name; a clone goes by what it was made of. */
    @Test
    void whatAnEnvironmentIsCalledIsNoCname() {
        assertFalse(approved(environment("web-live", IDLE)).isFor(environment("web-b", LIVE)));
        assertTrue(approved(environment("web-live", null)).isFor(environment("web-b", LIVE)));
        assertTrue(approved(environment("web-b", IDLE)).isFor(environment("web-b-3f2a", null)));
        assertFalse(approved(environment("web-b", IDLE)).isFor(environment("web-b-3f2a", LIVE)));
        assertTrue(approved(environment("web-b", null)).isFor(environment("web-b-3f2a", LIVE)));
        assertFalse(approved(environment("web-b", IDLE)).isFor(environment("web-c", IDLE)));
    }
}
