/** Artifacts in S3, read and written on the agent: without credentials, and with nothing of them outside of their directory. */
package io.jenkins.plugins.awscicd.engine.artifact;
