package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

/**
 * An output of a stack.
 *
 * @param description {@code null} if it has none
 * @param export the name by which other stacks import it; {@code null} if they cannot
 */
public record Output(String key, String value, String description, String export) {}
