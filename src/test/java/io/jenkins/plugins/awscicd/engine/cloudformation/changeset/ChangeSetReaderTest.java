package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;

/** What AWS says of the properties of resources, as people see it. */
class ChangeSetReaderTest {

    private static ResourceChangeDetail detail(String source, String cause) {
        return ResourceChangeDetail.builder()
                .changeSource(source)
                .causingEntity(cause)
                .target(it -> it.path("/Properties/Key").beforeValue("old").afterValue("new"))
                .build();
    }

    @Test
    void valuesOfParametersThatAreNotToBeShownAreHidden() {
        List<ResourceChangeDetail> details =
                List.of(detail("DirectModification", null), detail("ParameterReference", "Pin"));
        assertEquals(
                "[Key: **** -> ****]",
                ChangeSetReader.properties(details, Set.of("Pin")).toString());
        assertEquals(
                "[Key: old -> new]",
                ChangeSetReader.properties(details, Set.of("Other")).toString());
    }
}
