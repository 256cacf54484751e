/**
 * Who deploys next to a place that takes one deployment at a time, among those of this controller. It knows accounts, and neither jobs nor
 * what a place is.
 */
package io.jenkins.plugins.awscicd.engine.queue;
