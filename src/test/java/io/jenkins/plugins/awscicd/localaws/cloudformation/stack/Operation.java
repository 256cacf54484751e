package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

/**
 * Something that is done to a stack as a whole.
 *
 * @param type such as UPDATE_STACK
 * @param token the ClientRequestToken of who asked for it; {@code null} if he had none
 */
public record Operation(String id, String type, String token) {}
