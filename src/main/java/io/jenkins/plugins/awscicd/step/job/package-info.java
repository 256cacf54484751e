/**
 * A job at AWS in the life of a Pipeline: started, followed over restarts, aborted and concluded by {@link
 * io.jenkins.plugins.awscicd.step.job.RemoteJobExecution}. The steps with such a job come in; no step is known here.
 */
package io.jenkins.plugins.awscicd.step.job;
