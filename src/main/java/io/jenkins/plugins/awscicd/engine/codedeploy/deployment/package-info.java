/**
 * A deployment is created when its group is free, or taken up, watched, told, continued and stopped: {@code CodeDeploy} is the door
 * for all from outside. It knows the rooms beside it; none knows it.
 */
package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;
