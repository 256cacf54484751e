/**
 * What the events of a stack tell of an operation on it and on the stacks that are nested in it. Whoever follows an operation comes
 * here; it knows nothing of steps.
 */
package io.jenkins.plugins.awscicd.engine.cloudformation.event;
