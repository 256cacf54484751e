/** What {@code cloudFormationStackSet} is asked for and returns, and operations on stack sets as remote jobs. */
package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;
