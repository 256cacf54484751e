/** Batches of CodeBuild's builds as remote jobs. */
package io.jenkins.plugins.awscicd.engine.codebuild.batch;
