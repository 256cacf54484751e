/** CodeBuild, CodeDeploy and Elastic Beanstalk as steps of freestyle jobs: the Pipeline steps, run by a build that waits for them. */
package io.jenkins.plugins.awscicd.freestyle;
