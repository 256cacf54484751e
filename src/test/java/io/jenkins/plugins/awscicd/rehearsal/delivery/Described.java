package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.util.Map;

/**
 * A value that a Jenkinsfile describes with a call, such as {@code string(name: 'STAGE')} in a list of parameters.
 *
 * @param symbol the call's name
 * @param arguments the call's arguments
 */
public record Described(String symbol, Map<String, Object> arguments) {}
