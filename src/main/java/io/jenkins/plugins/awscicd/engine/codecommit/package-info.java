/**
 * AWS CodeCommit as a place that code comes from: its repositories, branches, files and pull requests, and who git is to it. Knows who we
 * are to AWS and nothing of how git is run.
 */
package io.jenkins.plugins.awscicd.engine.codecommit;
