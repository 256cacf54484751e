/**
 * AWS CodeCommit as a place that code comes from: its repositories, and who git is to them. Knows who we are to AWS and nothing of how
 * git is run.
 */
package io.jenkins.plugins.awscicd.engine.codecommit;
