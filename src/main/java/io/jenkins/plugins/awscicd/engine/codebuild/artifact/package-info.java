/** What a build has put into S3, fetched to where the step's files are. */
package io.jenkins.plugins.awscicd.engine.codebuild.artifact;
