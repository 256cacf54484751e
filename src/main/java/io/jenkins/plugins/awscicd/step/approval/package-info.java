/**
 * {@code awsApproval}: the step, and Jenkins' input behind it. What was answered is kept in {@code delivery.approval}, by which the
 * guards of stages go.
 */
package io.jenkins.plugins.awscicd.step.approval;
