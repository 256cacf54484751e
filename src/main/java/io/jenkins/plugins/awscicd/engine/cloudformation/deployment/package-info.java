/** Operations on stacks as remote jobs: begun in their turn, exactly once, and followed: {@code CloudFormation} is the door. */
package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;
