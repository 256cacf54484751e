package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.util.Map;

/**
 * How an operation that makes or updates a stack is to go on when something fails.
 *
 * @param onFailure ROLLBACK, DO_NOTHING or DELETE
 * @param retainExceptOnCreate whether new resources are deleted in a rollback even if their policy is to retain them
 * @param token the ClientRequestToken; {@code null} for none
 * @param imports the physical ids of existing resources that become the stack's, by logical id
 */
public record DeploymentOptions(
        String onFailure, boolean retainExceptOnCreate, String token, Map<String, String> imports) {

    public static final DeploymentOptions ROLLBACK = new DeploymentOptions("ROLLBACK", false, null, Map.of());
}
