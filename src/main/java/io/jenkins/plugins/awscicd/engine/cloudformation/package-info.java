/**
 * What {@code cloudFormationDeploy} is asked for and returns; what a stack is at one moment. The change sets are in
 * {@code changeset}, what is done with them in {@code deployment}.
 */
package io.jenkins.plugins.awscicd.engine.cloudformation;
