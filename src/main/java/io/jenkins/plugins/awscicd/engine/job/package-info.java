/** What a remote job is, whichever service runs it: started once, observed in batches, reported, stopped. */
package io.jenkins.plugins.awscicd.engine.job;
