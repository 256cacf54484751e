/** What a remote job is, whichever service runs it: started once, observed in batches, narrated, stopped. */
package io.jenkins.plugins.awscicd.engine.job;
