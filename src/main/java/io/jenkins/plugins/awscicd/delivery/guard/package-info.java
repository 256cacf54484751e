/**
 * What lets a run into a stage, or not, and how an administrator lets one run pass. Steps ask {@link
 * io.jenkins.plugins.awscicd.delivery.guard.Admission} immediately before each change; it goes by the store and by approvals.
 */
package io.jenkins.plugins.awscicd.delivery.guard;
