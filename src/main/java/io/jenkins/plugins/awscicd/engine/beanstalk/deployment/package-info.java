/**
 * Puts a step's parts together: {@code Beanstalk} is the door for all from outside. It knows all rooms beside it; none knows it.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk.deployment;
