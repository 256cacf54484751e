/** A directory as a zip in S3, sent from where it is. */
package io.jenkins.plugins.awscicd.engine.bundle;
