/** {@code cloudFormationDeploy} and {@code cloudFormationOutputs}: steps for stacks of CloudFormation. */
package io.jenkins.plugins.awscicd.step.cloudformation;
