/**
 * CodeDeploy: what a step is asked for and returns, and what a deployment and its targets are at one moment. All rooms below know
 * it; it knows none of them.
 */
package io.jenkins.plugins.awscicd.engine.codedeploy;
