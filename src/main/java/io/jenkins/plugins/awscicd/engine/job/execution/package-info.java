/**
 * A step with a job at AWS, from its first line to its outcome, whoever runs it. Services of AWS prepare their jobs for it, and hosts such
 * as Pipeline run it; it knows no service and no host.
 */
package io.jenkins.plugins.awscicd.engine.job.execution;
