/**
 * An environment is updated when its turn has come: asked for exactly once, followed to its end, and taken back if it fails. What
 * updates environments in place or beside each other comes in; it knows nothing of blue/green.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk.update;
