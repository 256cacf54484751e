/** CodeDeploy: deployments as remote jobs, one at a time for each deployment group. */
package io.jenkins.plugins.awscicd.engine.codedeploy;
