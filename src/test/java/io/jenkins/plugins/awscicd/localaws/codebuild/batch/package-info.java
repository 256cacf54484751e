/** Batches of builds: read from the buildspec's batch section, started in order, retried and stopped. */
package io.jenkins.plugins.awscicd.localaws.codebuild.batch;
