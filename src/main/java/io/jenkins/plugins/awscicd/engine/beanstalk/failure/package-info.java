/**
 * What is behind a failed update: health, its causes, and the end of the instances' logs. Those that follow an update come in; it
 * knows the environment and its events, and decides nothing.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk.failure;
