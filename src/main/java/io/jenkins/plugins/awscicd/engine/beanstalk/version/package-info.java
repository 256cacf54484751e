/**
 * Application versions: from a bundle of the workspace or of S3 to a label that is ready to be deployed. Comes before any
 * environment, of which it knows nothing.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk.version;
