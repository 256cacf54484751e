package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import java.util.Map;

/**
 * What CreateChangeSet was asked for beside the settings of the stack.
 *
 * @param type CREATE, UPDATE or IMPORT
 * @param token the ClientToken; {@code null} for none
 * @param onStackFailure {@code null} if it was not said
 * @param imports physical ids of existing resources by logical id
 */
public record ChangeSetRequest(
        String name,
        String type,
        String token,
        String description,
        boolean includesNested,
        String onStackFailure,
        boolean importsExisting,
        Map<String, String> imports) {

    ChangeSetRequest nested(String nestedName, String nestedType) {
        return new ChangeSetRequest(
                nestedName, nestedType, null, description, true, onStackFailure, importsExisting, Map.of());
    }
}
