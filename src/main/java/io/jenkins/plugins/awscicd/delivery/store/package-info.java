/**
 * What was deployed where, by which run: the controller's memory, on disk. Everybody in {@code delivery} comes in; it knows none of
 * them, and restricts nothing to what a user may see.
 */
package io.jenkins.plugins.awscicd.delivery.store;
