package io.jenkins.plugins.awscicd.step.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.bundle.S3Content;
import org.junit.jupiter.api.Test;

class GatePatienceTest {

    /** Else people would be sent to look at a disk where S3 is slow. */
    @Test
    void whatIsSaidOfS3IsSaidBeforeTheGuardsAreGivenUp() {
        assertTrue(StageGate.PATIENCE.compareTo(S3Content.LONGEST) > 0, StageGate.PATIENCE + ", " + S3Content.LONGEST);
        assertTrue(
                StageGate.late(true).getMessage().contains("whether the controller's disk is busy"),
                StageGate.late(true)::getMessage);
        assertTrue(
                StageGate.late(false).getMessage().contains("Many other steps wait for their guards"),
                StageGate.late(false)::getMessage);
    }
}
