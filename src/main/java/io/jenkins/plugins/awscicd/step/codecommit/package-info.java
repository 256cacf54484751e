/** {@code codeCommitStatus}: what a run tells a pull request. */
package io.jenkins.plugins.awscicd.step.codecommit;
